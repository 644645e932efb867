"""Does the intake find the newsstand's happenings and copies? Floors are what was reached, rounded down."""

from collections import Counter

import pytest
from msgspec import Struct

from wireroom.intake.dedupe import CopyDesk
from wireroom.intake.link import Linker
from wireroom.newsstand.pieces import Piece, pieces
from wireroom.newsstand.truth import truth
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.ids import ArticleId, BeatId, article_id
from wireroom.records.sources import Provider

BEAT = BeatId("newsstand")


class Line(Struct):
    """What the intake made of the newsstand, by article."""

    story: dict[ArticleId, str]
    copy: dict[ArticleId, CopyJudgement]
    true_story: dict[ArticleId, str]
    true_copy: dict[ArticleId, tuple[str, ArticleId | None]]


def article(piece: Piece) -> Article:
    """Return a piece as a perfect extractor would read it."""
    return Article(
        id=article_id(piece.url),
        extractor="test",
        read_at=piece.published,
        canonical_url=piece.url,
        original_url=piece.url,
        title=piece.title,
        excerpt=piece.excerpt,
        text="\n\n".join(piece.paragraphs),
        published_at=piece.published,
        authors=piece.authors,
        agencies=(piece.agency,) if piece.agency else (),
        provider=Provider(name=piece.outlet.name, domain=piece.outlet.host.removeprefix("www.")),
        language=piece.language,
        type=piece.report.type,
    )


@pytest.fixture(scope="module")
def line() -> Line:
    """Take every piece through copies and stories, in order of publication."""
    desk, linker, made = CopyDesk(()), Linker(BEAT, 120, ()), Line({}, {}, {}, {})
    for piece in sorted(pieces().values(), key=lambda piece: (piece.published, piece.url)):
        one = article(piece)
        made.copy[one.id] = desk.judge(one, beat=BEAT, now=piece.published)
        made.story[one.id] = linker.assign(one, made.copy[one.id], now=piece.published).story
        made.story |= {article: one.kept for one in linker.merged() for article in one.moved}
    for true in truth().articles:
        name = article_id(true.url)
        made.true_story[name] = true.story
        made.true_copy[name] = (true.copy_kind, article_id(true.copy_of) if true.copy_of else None)
    return made


def test_copies_and_their_originals_are_found(line: Line) -> None:
    wrong = [name for name, judged in line.copy.items() if judged.copy_of != line.true_copy[name][1]]
    assert len(wrong) <= 0.02 * len(line.copy), wrong


def test_copies_are_named_by_kind(line: Line) -> None:
    wrong = [name for name, judged in line.copy.items() if judged.kind != line.true_copy[name][0]]
    assert len(wrong) <= 0.04 * len(line.copy), wrong


def test_stories_hold_together(line: Line) -> None:
    made, true = Counter(line.story.values()), Counter(line.true_story.values())
    both = Counter((line.true_story[name], line.story[name]) for name in line.story)
    precision = sum(n * n / made[story] for (_, story), n in both.items()) / len(line.story)
    recall = sum(n * n / true[story] for (story, _), n in both.items()) / len(line.story)
    assert precision >= 0.93, precision
    assert recall >= 0.82, recall


def test_every_copy_lies_in_the_story_of_its_original(line: Line) -> None:
    apart = [
        one.article for one in line.copy.values() if one.copy_of and line.story[one.article] != line.story[one.copy_of]
    ]
    assert apart == []
