"""What goes into the posts of an edition, and under which path? The verdicts stand already."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from wireroom.edition.affairs import Affairs
from wireroom.edition.gather import Happening, depends, moment
from wireroom.edition.tales import beside
from wireroom.edition.timeline import things, timeline
from wireroom.edition.verdict import Case
from wireroom.records.articles import out_at
from wireroom.records.editions import Candidate, Post, RelatedPost
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.quality import Score
from wireroom.records.rulings import Verdict
from wireroom.records.stories import Story
from wireroom.records.topics import Topic, TopicMatch
from wireroom.text.slugs import post_path

NOT_JUDGED = Score(preset="none", value=0.0, terms=())


class Judged(Struct, frozen=True, kw_only=True):
    """A candidate with everything an edition decided about it."""

    candidate: Candidate
    happening: Happening
    topics: tuple[TopicMatch, ...]
    """What it is about, seen with its story."""
    related: tuple[RelatedPost, ...]
    case: Case
    heat: Score
    lasting: Score
    """Heat before it cooled."""
    verdict: Verdict

    @property
    def peak(self) -> float:
        """Return the value of heat before it cooled."""
        return self.lasting.value


class Fresh(Struct, frozen=True, order=True):
    """An article that wants a path; whoever was seen first chooses first."""

    seen_at: datetime
    article: ArticleId
    path: str
    """The one that it would have by its title."""


def fresh(candidate: Candidate) -> Fresh:
    """Return what an article without a path wants."""
    article = candidate.article
    return Fresh(candidate.first_seen_at, article.id, post_path(moment(candidate), article.title))


def named_paths(wanting: Iterable[Fresh], granted: Iterable[str]) -> dict[ArticleId, str]:
    """Give a path to each that wants one: a new one steps aside for all others.

    `granted` are all paths that were given before: one is kept for life, also by what is left out of the edition.
    """
    given: dict[ArticleId, str] = {}
    taken = set(granted)
    for one in sorted(wanting):
        given[one.article] = _free(one.path, taken)
        taken.add(given[one.article])
    return given


def _free(path: str, taken: set[str]) -> str:
    """Return the path, or the first of `-2`, `-3`, … that nobody holds."""
    stem, number, free = path.removesuffix(".md"), 1, path
    while free in taken:
        number += 1
        free = f"{stem}-{number}.md"
    return free


def post(judged: Judged, path: str, topics: Iterable[Topic], story: Story | None) -> Post:
    """Compose one post."""
    candidate = judged.candidate
    by_id = {topic.id: topic for topic in topics}
    return Post(
        path=path,
        article=candidate.article,
        topics=tuple(by_id[match.topic] for match in judged.topics if match.topic in by_id),
        matches=judged.topics,
        quality=candidate.quality or NOT_JUDGED,
        heat=judged.lasting,
        verdict=judged.verdict,
        story=story,
        story_reason=candidate.link.because if candidate.link else "",
        copy=candidate.copy,
        related=judged.related,
        versions=candidate.versions,
        feeds=candidate.feeds,
        source=candidate.source,
        warmth=None if judged.heat.value == judged.peak else judged.heat.value,
    )


def story(published: Sequence[Judged]) -> Story:
    """Describe a happening: its reports are all that live, its lead and its times are of those that readers see."""
    happening = published[0].happening
    # By heat before cooling: the best report leads for as long as it is the best, not the latest one for an hour.
    lead = min(published, key=lambda j: (-j.peak, moment(j.candidate), j.candidate.article.id)).candidate
    times = [moment(j.candidate) for j in published]
    return Story(
        id=happening.id,
        articles=tuple(member.article.id for member in happening.members),
        lead=lead.article.id,
        independent=len(happening.independent),
        first_at=min(times),
        last_at=max(times),
        title=lead.article.title,
        copies=sum(map(depends, happening.members)),
        timeline=timeline(happening),
        things=things(happening),
    )


def placed(tale: Story, known: Affairs, shown: Container[StoryId]) -> Story:
    """Return a story with its place among those that readers can see."""
    name = tale.id
    affair = _of(shown, known.thread.get(name, ()))
    return beside(
        tale,
        thread=affair if len(affair) > 1 else (),
        continues=next(iter(_of(shown, (known.continues.get(name, name),), but=name)), None),
        near=_of(shown, sorted(known.near.get(name, ()))),
        formerly=known.formerly.get(name, ()),
    )


def _of(shown: Container[StoryId], names: Iterable[StoryId], *, but: StoryId | None = None) -> tuple[StoryId, ...]:
    """Return those stories that readers can see."""
    return tuple(name for name in names if name in shown and name != but)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Order posts by publication time, newest first, then path."""
    by_path = sorted(posts, key=lambda p: p.path)
    return tuple(sorted(by_path, key=lambda p: out_at(p.article), reverse=True))
