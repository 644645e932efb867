"""Which happening does an article tell, and why do we think so?"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId, StoryId


class ThingKind(StrEnum):
    """What a name stands for; a name that no gazetteer of the beat lists is just a name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    LAW = "law"  # laws, bills, cases
    NAME = "name"


class Thing(Struct, frozen=True, kw_only=True):
    """Somebody or something with a name, as the beat's gazetteer spells it."""

    name: str
    kind: ThingKind = ThingKind.NAME
    wikidata: str | None = None
    """Its Wikidata id, such as `Q42`, where the gazetteer gives one."""


class Named(Struct, frozen=True, kw_only=True):
    """A line of a beat's gazetteer: a thing and the other ways in which people write its name."""

    thing: Thing
    also: tuple[str, ...] = ()


class Told(Struct, frozen=True, kw_only=True):
    """What a report names, counts and quotes: by this it is held against what was known."""

    things: tuple[Thing, ...] = ()
    """Those it names most, most first."""
    numbers: tuple[str, ...] = ()
    """Sums and counts as written; no years, no small numbers."""
    quotes: tuple[str, ...] = ()
    """The beginnings of what people say in it."""


class NearStory(Struct, frozen=True, kw_only=True):
    """A story that an article nearly joined: too much in common to ignore, too little to mix them."""

    story: StoryId
    score: float
    because: str


class StoryLink(Struct, frozen=True, kw_only=True):
    """An article belongs to a story; the latest link of an article by `judged_at` counts."""

    beat: BeatId
    article: ArticleId
    story: StoryId
    judge: str
    judged_at: datetime
    because: str
    """A sentence a person can read."""
    score: float = 1.0
    to: ArticleId | None = None
    """The member it was linked to; None for the article that opened the story."""
    told: Told = Told()
    copied: bool = False
    """It was put there as a copy of `to`, not for what it tells: one text that ten outlets carry is told once."""
    near: tuple[NearStory, ...] = ()
    """Ambiguous: the editor may merge them."""
    formerly: tuple[StoryId, ...] = ()
    """Stories that the article belonged to before; their pages lead here when nothing is left in them."""


class StepKind(StrEnum):
    """What a line of a timeline stands for."""

    FIRST = "first"  # the first report
    REPORT = "report"
    COPY = "copy"
    CORRECTION = "correction"  # a headline, text or date changed by its publisher


class Step(Struct, frozen=True, kw_only=True):
    """One line of a story's timeline."""

    at: datetime
    kind: StepKind
    article: ArticleId
    title: str
    provider: str
    url: str
    new: Told = Told()
    """What no earlier report said; empty for copies."""
    changed: str = ""
    """For a correction: what was changed."""
    independent: int = 0
    """Independent sources up to here."""


class Story(Struct, frozen=True, kw_only=True):
    """A happening, as seen in one snapshot: derived from links, copies and rulings, never stored by itself."""

    id: StoryId
    articles: tuple[ArticleId, ...]
    """All its reports in order of publication: also copies, and what is not published."""
    lead: ArticleId
    """The best of those that are published."""
    independent: int
    """Publishers that report it for themselves: never more than there are articles."""
    first_at: datetime
    last_at: datetime
    """When the first and the last of those that are published came out."""
    title: str
    copies: int = 0
    """Reports that repeat another report or an agency's text."""
    timeline: tuple[Step, ...] = ()
    """Oldest first."""
    things: tuple[Thing, ...] = ()
    """Named by most of its reports, most first."""
    thread: tuple[StoryId, ...] = ()
    """The published stories of one long affair, oldest first, this one among them; empty when it stands alone."""
    continues: StoryId | None = None
    """The story of the thread that it goes on from; two that continue the same one are branches."""
    near: tuple[StoryId, ...] = ()
    """Other published stories that may be the same or touch it."""
    formerly: tuple[StoryId, ...] = ()
    """Ids of stories that were merged into it: their addresses lead here."""
