"""Is `modern` better than `classic` at what an editor would publish? On the newsstand, whose truth is data."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import Struct, structs

from wireroom.app.beat import load_beat
from wireroom.intake.appraise import quality_of
from wireroom.intake.classify import Tagger
from wireroom.newsstand.pieces import Piece, pieces
from wireroom.newsstand.truth import TrueArticle, truth
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import article_id
from wireroom.records.policy import Policy
from wireroom.records.sources import Provider
from wireroom.scoring.presets import shipped

BEAT = Path(__file__).resolve().parents[2] / "beats/ai-watch"


class Labelled(Struct, frozen=True):
    """The quality of an article under a preset, and what an editor would do with it."""

    quality: float
    label: TrueArticle


@pytest.fixture(scope="module")
def scored() -> Callable[[str], list[Labelled]]:
    base = load_beat(BEAT).policy
    facts = {true.key: true for true in truth().articles}

    def score(preset: str) -> list[Labelled]:
        policy = structs.replace(base, preset=shipped(preset))
        tagger = Tagger(policy)
        return [_labelled(piece, facts[key], policy, tagger) for key, piece in pieces().items()]

    return score


def _labelled(piece: Piece, label: TrueArticle, policy: Policy, tagger: Tagger) -> Labelled:
    article, copy = _article(piece, label), _copy(piece, label, policy)
    return Labelled(quality_of(article, policy, tagger.match(article, dedicated=False), copy).value, label)


def _article(piece: Piece, label: TrueArticle) -> Article:
    picture = piece.picture
    return Article(
        id=article_id(piece.url),
        extractor="truth",
        read_at=piece.published + timedelta(hours=1),
        canonical_url=piece.url,
        original_url=piece.url,
        amp_url=piece.amp_url,
        title=piece.title,
        excerpt=piece.excerpt[:300],
        text="\n\n".join(piece.paragraphs),
        published_at=piece.published,
        authors=piece.authors,
        provider=Provider(name=piece.outlet.name, domain=piece.outlet.host),
        images=(Image(url=picture.url, width=picture.width, height=picture.height),) if picture else (),
        type=label.type,
        paywalled=label.paywalled,
    )


def _copy(piece: Piece, label: TrueArticle, policy: Policy) -> CopyJudgement:
    return CopyJudgement(
        beat=policy.beat,
        article=article_id(piece.url),
        judge="truth",
        judged_at=piece.published,
        kind=CopyKind(label.copy_kind),
        copy_of=article_id(label.copy_of) if label.copy_of else None,
    )


def _auc(found: list[Labelled]) -> float:
    """Return the share of pairs in which what an editor publishes is rated above what is left out."""
    good = [one.quality for one in found if one.label.publish]
    bad = [one.quality for one in found if not one.label.publish]
    return sum((a > b) + 0.5 * (a == b) for a in good for b in bad) / (len(good) * len(bad))


def _precision(found: list[Labelled], volume: int) -> float:
    best = sorted(found, key=lambda one: -one.quality)[:volume]
    return sum(one.label.publish for one in best) / volume


def test_modern_beats_classic_clearly(scored: Callable[[str], list[Labelled]]) -> None:
    classic, modern = scored("classic"), scored("modern")
    assert _auc(modern) >= 0.95
    assert _auc(modern) >= _auc(classic) + 0.2
    passing = sum(one.quality >= 70 for one in modern)
    assert _precision(modern, passing) >= 0.98
    assert _precision(modern, passing) >= _precision(classic, passing) + 0.2


def test_promotion_never_passes(scored: Callable[[str], list[Labelled]]) -> None:
    promoted = [one for one in scored("modern") if one.label.promotional]
    assert promoted
    assert max(one.quality for one in promoted) < 70


def test_copies_never_pass_by_themselves(scored: Callable[[str], list[Labelled]]) -> None:
    kinds = {"exact", "near", "syndicated", "scraper"}
    assert max(one.quality for one in scored("modern") if one.label.copy_kind in kinds) < 70
