"""Every verdict of the newsstand's edition is explained, and the change said to flip it does."""

from msgspec import structs
from tests.acceptance.conftest import Newsroom

from wireroom.desk.inquiries import inquire
from wireroom.edition.compose import Judged
from wireroom.edition.lineup import judge
from wireroom.edition.verdict import Flip, Lever, changed, decide, smallest_flip
from wireroom.newsstand import NEWSSTAND_NOW
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import RulingId
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Ruling, RulingKind
from wireroom.records.topics import TopicMatch


def judged(newsroom: Newsroom, snapshot: Snapshot) -> dict[str, Judged]:
    found = judge(snapshot, newsroom.beat.policy, NEWSSTAND_NOW)
    return {item.candidate.article.canonical_url: item for item in found}


def published(item: Judged) -> bool:
    return item.verdict.decision is Decision.PUBLISH


def snapshot(newsroom: Newsroom) -> Snapshot:
    """What the archive held after the first run, whatever other tests ran since."""
    return Snapshot(
        beat=newsroom.beat.policy.beat,
        taken_at=NEWSSTAND_NOW,
        candidates=tuple(sorted(newsroom.candidates.values(), key=lambda c: c.article.id)),
    )


def test_the_stated_change_flips_every_case(newsroom: Newsroom) -> None:
    preset = newsroom.beat.policy.preset
    cases = [item.case for item in judged(newsroom, snapshot(newsroom)).values()]
    assert len(cases) > 200
    for case in cases:
        flip = smallest_flip(case, preset)
        was, now = (decide(one, preset).decision is Decision.PUBLISH for one in (case, changed(case, flip)))
        assert was != now, (case.article, flip.text)
        if flip.lever is Lever.QUALITY:
            nearly = structs.replace(flip, by=flip.by - (1 if flip.by > 0 else -1))
            assert (decide(changed(case, nearly), preset).decision is Decision.PUBLISH) == was, (
                "a smaller change would do"
            )


def test_the_stated_change_flips_the_record_itself(newsroom: Newsroom) -> None:
    """The change is made to the facts, and the whole edition is judged again: once for every record."""
    whole = snapshot(newsroom)
    before = judged(newsroom, whole)
    assert {published(item) for item in before.values()} == {True, False}
    for url, item in before.items():
        flip = smallest_flip(item.case, newsroom.beat.policy.preset)
        other = _with(item.candidate, flip, newsroom)
        table = structs.replace(
            whole, candidates=tuple(other if c.article.id == other.article.id else c for c in whole.candidates)
        )
        assert published(judged(newsroom, table)[url]) != published(item), (url, flip.text)


def test_every_record_is_answered_for(newsroom: Newsroom) -> None:
    for url in sorted(newsroom.candidates)[::20]:
        answer = inquire(newsroom.archive, newsroom.beat.policy, url, NEWSSTAND_NOW)
        assert answer is not None
        assert answer.verdict is not None
        assert answer.change is not None
        assert answer.verdict.flip == answer.change.text != ""
        stages = [event.stage for event in answer.history]
        assert {"poll", "fetch", "extract", "dedupe", "classify", "appraise", "link"} <= set(stages)
        for score in (answer.quality, answer.heat):
            assert score is not None
            assert sum(term.points for term in score.terms) == score.value
            assert all(term.because for term in score.terms)


def _with(candidate: Candidate, flip: Flip, newsroom: Newsroom) -> Candidate:
    """Make a change to the facts of a record."""
    if flip.lever is Lever.QUALITY:
        return structs.replace(candidate, quality=_more(candidate.quality, flip.by))
    if flip.lever is Lever.TOPIC:
        match = TopicMatch(topic=newsroom.beat.policy.topics[0].id, score=1.0, because="an editor says so")
        return structs.replace(candidate, topics=(match,))
    if flip.lever is Lever.COPY:
        named = {row.name for row in newsroom.beat.policy.preset.quality if row.signal == "copy"}
        was = candidate.quality
        assert was is not None
        terms = tuple(term for term in was.terms if term.name not in named)
        score = structs.replace(was, terms=terms, value=sum(term.points for term in terms))
        return structs.replace(candidate, copy=None, quality=score)
    assert flip.ruling is not None, "nobody has ruled here, so there is nothing to undo"
    return structs.replace(candidate, ruling=_ruling(candidate, flip.ruling, newsroom))


def _more(score: Score | None, points: float) -> Score:
    assert score is not None
    term = Term(name="editor", points=points, because="an editor says so")
    return structs.replace(score, value=score.value + points, terms=(*score.terms, term))


def _ruling(candidate: Candidate, kind: RulingKind, newsroom: Newsroom) -> Ruling:
    return Ruling(
        id=RulingId("r"),
        beat=newsroom.beat.policy.beat,
        article=candidate.article.id,
        kind=kind,
        reason="an editor says so",
        by="Ada",
        at=NEWSSTAND_NOW,
    )
