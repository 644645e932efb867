"""How do articles come by their judgements? The steps that only read and append: dedupe, classify, appraise, link.

Copies and stories are judged in order of publication, with what is already known around them in time at hand.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from wireroom.intake.appraise import appraise as judge_quality
from wireroom.intake.classify import Tagger
from wireroom.intake.dedupe import CopyDesk
from wireroom.intake.lineup import judges
from wireroom.intake.link import Linker, Merged, carried, placements, relinked
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.ids import ArticleId
from wireroom.records.stories import StoryLink
from wireroom.runner.room import Room

JUDGE_AT_ONCE = 500
COPY_WINDOW = timedelta(days=30)
"""How far back a copied text is looked for: syndicated features are reprinted for weeks."""
FEW_REPORTS, MEMORY = 300, timedelta(days=30)
"""Reports around up to which those of weeks before are read too: a word is nobody else's only among many reports.
Judged day by day, B-cubed of the newsstand is .994 instead of .972, as when all is judged at once."""


def dedupe(room: Room) -> int:
    """Judge which articles repeat others; return how many were judged."""
    desk: CopyDesk | None = None
    count, beat = 0, room.policy.beat
    for articles in _pending(room, "copies", judges(room.policy).dedupe):
        desk = desk or CopyDesk(_known_copies(room, articles), room.policy.standing)
        now = room.clock.now()
        judged = {article.id: desk.judge(article, beat=beat, now=now) for article in articles}
        judged |= {one.article: one for one in desk.remade(beat=beat, now=now)}
        room.archive.record_copies(list(judged.values()))
        count = _advance(room, count, articles)
    return count


def _known_copies(room: Room, pending: Sequence[Article]) -> list[tuple[Article, CopyJudgement | None]]:
    beat, first = room.policy.beat, _when(pending[0])
    around = room.archive.recent(beat, first - COPY_WINDOW, room.clock.now() + COPY_WINDOW)
    judged = room.archive.copies_of(beat, [article.id for article in around])
    return [(article, judged[article.id]) for article in around if article.id in judged]


def classify(room: Room) -> int:
    """Judge what articles are about; return how many were judged."""
    tagger, count = Tagger(room.policy), 0
    for articles in _pending(room, "topics", judges(room.policy).classify):
        dedicated = room.archive.dedicated(room.policy.beat, [article.id for article in articles])
        now = room.clock.now()
        judgements = [tagger.judge(one, dedicated=one.id in dedicated, now=now) for one in articles]
        room.archive.record_topics(judgements)
        count = _advance(room, count, articles)
    return count


def appraise(room: Room) -> int:
    """Judge what articles are worth by themselves; return how many were judged."""
    count, beat = 0, room.policy.beat
    for articles in _pending(room, "quality", judges(room.policy).appraise):
        ids, now = [article.id for article in articles], room.clock.now()
        topics, copies = room.archive.topics_of(beat, ids), room.archive.copies_of(beat, ids)
        pictures = room.archive.pictures([image.url for article in articles for image in article.images])
        measured = [article.measured(pictures) for article in articles]
        room.archive.record_qualities(
            [judge_quality(one, room.policy, topics.get(one.id), copies.get(one.id), now) for one in measured],
        )
        count = _advance(room, count, articles)
    return count


def link(room: Room) -> int:
    """Judge which happening each article tells; return how many were judged."""
    linker: Linker | None = None
    count = 0
    for articles in _pending(room, "links", judges(room.policy).link):
        linker = linker or _linker(room, articles)
        copies = room.archive.copies_of(room.policy.beat, [article.id for article in articles])
        now = room.clock.now()
        links = {one.id: linker.assign(one, copies.get(one.id), now=now) for one in articles}
        room.archive.record_links(_followed(room, links, linker.merged(), now))
        count = _advance(room, count, articles)
    return count


def _followed(
    room: Room, links: dict[ArticleId, StoryLink], merges: Sequence[Merged], now: datetime
) -> list[StoryLink]:
    """Return new links, and those of reports whose story changed: what they were part of before leads there."""
    beat = room.policy.beat
    earlier = room.archive.links_of(beat, [*links, *(article for one in merges for article in one.moved)])
    links = {name: carried(link, earlier.get(name)) for name, link in links.items()}
    for one in merges:
        for name in one.moved:
            if old := links.get(name) or earlier.get(name):
                links[name] = relinked(old, one, now)
    return list(links.values())


def _linker(room: Room, pending: Sequence[Article]) -> Linker:
    """Make a linker that knows the stories around; links of another judge are not taken over but judged again."""
    beat, window, judge = room.policy.beat, room.policy.windows.story_h, judges(room.policy).link
    since = _when(pending[0]) - timedelta(hours=window)
    links = {one.article: one for one in room.archive.links_since(beat, since) if one.judge == judge}
    if len(links) <= FEW_REPORTS and (earlier := _when(pending[0]) - MEMORY) < since:
        since = earlier
        links = {one.article: one for one in room.archive.links_since(beat, since) if one.judge == judge}
    around = room.archive.recent(beat, since, room.clock.now() + timedelta(hours=window))
    return Linker(
        beat,
        window,
        [(article, links[article.id]) for article in around if article.id in links],
        rulings=placements(room.archive.story_rulings(beat)),
        gazetteer=room.policy.gazetteer,
    )


def _when(article: Article) -> datetime:
    return article.published_at or article.read_at


def _pending(room: Room, kind: str, judge: str) -> Iterator[tuple[Article, ...]]:
    """Yield batches of articles that this judge has not judged, until none is left; record each before the next."""
    while articles := room.archive.unjudged(kind, room.policy.beat, judge, JUDGE_AT_ONCE):
        yield articles


def _advance(room: Room, count: int, articles: Sequence[Article]) -> int:
    room.report.advance(count + len(articles))
    return count + len(articles)
