"""What is a report about, seen with its story? Its own topics stand; the others only add what it did not say itself."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from msgspec import Struct, structs

from wireroom.edition.affairs import Affairs
from wireroom.edition.gather import Happening
from wireroom.records.editions import Candidate
from wireroom.records.ids import StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.topics import TopicMatch

AGREED = 2
"""Independent reports that must name a topic before it is the story's."""

SHARE = 0.5
"""And the share of them. Measured on the newsstand: recall of topics .76 → .88 at the same precision (.94)."""


class Origin(Struct, frozen=True, kw_only=True):
    """The story that one without topics of its own goes on from."""

    title: str
    """Of its first report."""
    topics: tuple[TopicMatch, ...]
    """What is taken over from it."""


def shared(happening: Happening, policy: Policy) -> tuple[TopicMatch, ...]:
    """Return the topics that at least half of a story's independent reports name."""
    reports = happening.independent
    if not policy.preset.topics.story or len(reports) < AGREED:
        return ()
    named = Counter(match.topic for report in reports for match in report.topics)
    return tuple(
        TopicMatch(
            topic=topic, score=count / len(reports), because=f"{count} of {len(reports)} reports of its story name it"
        )
        for topic, count in sorted(named.items())
        if count >= AGREED and count >= SHARE * len(reports)
    )


def earlier(story: StoryId, named: Container[StoryId], affairs: Affairs) -> StoryId | None:
    """Return the story of the same affair that a story goes on from, where its own reports name no topic at all.

    `named` are the stories in which some report names one.
    """
    at: StoryId | None = story
    while at is not None and at not in named:
        at = affairs.continues.get(at)
    return None if at == story else at


def names_topic(happening: Happening) -> bool:
    """Tell whether any report of a story names a topic."""
    return any(member.topics for member in happening.members)


def origin(before: Happening) -> Origin:
    """Return what a story takes over from the one that it goes on from, which has a topic."""
    first = next(member for member in before.members if member.topics)
    because = f"the affair that it continues is about it: “{first.article.title}”"
    topics = tuple(structs.replace(match, because=because) for match in first.topics)
    return Origin(title=before.members[0].article.title, topics=topics)


def told(
    candidate: Candidate, happening: Happening, common: Iterable[TopicMatch], order: Mapping[TopicId, int]
) -> tuple[TopicMatch, ...]:
    """Return all topics of a report, in the beat's order."""
    matches = {match.topic: match for match in (*common, *(candidate.topics or _borrowed(happening)))}
    return tuple(sorted(matches.values(), key=lambda match: order.get(match.topic, len(order))))


def order_of(policy: Policy) -> dict[TopicId, int]:
    """Return the place of each topic: main topic first, then as in the taxonomy."""
    main_first = sorted(policy.topics, key=lambda topic: policy.main_topic not in (topic.id, topic.name))
    return {topic.id: place for place, topic in enumerate(main_first)}


def _borrowed(happening: Happening) -> tuple[TopicMatch, ...]:
    """Return what a report without any topic takes over: the topics of its story's first report with some."""
    first = next((member for member in happening.members if member.topics), None)
    if first is None:
        return ()
    because = f"its story is about it: “{first.article.title}”"
    return tuple(structs.replace(match, because=because) for match in first.topics)
