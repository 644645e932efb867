"""What has a beat decided beforehand? The settings that pure stages read; app.config makes them from its files."""

from functools import cached_property

from msgspec import Struct

from wireroom.records.ids import BeatId, TopicId
from wireroom.records.learned import Learned
from wireroom.records.sources import Provider
from wireroom.records.stories import Named
from wireroom.records.topics import Topic


class Standing(Struct, frozen=True, kw_only=True, dict=True):
    """Points that a host earns by being who it is; hosts are lower case, a leading `www.` is ignored."""

    points: tuple[tuple[str, float], ...] = ()

    def of(self, host: str) -> float:
        """Return the points of a host, 0 when it is not listed."""
        return self._table.get(host.lower().removeprefix("www."), 0.0)

    @cached_property
    def _table(self) -> dict[str, float]:
        return dict(reversed(self.points))


class PresetTerm(Struct, frozen=True, kw_only=True):
    """One row of a preset: which signal, times which weight, within which bounds."""

    name: str
    signal: str
    weight: float = 1.0
    floor: float | None = None
    cap: float | None = None
    """Bounds of the term's points."""
    share: bool = False
    """The points are a share of the sum of the terms before this one: signal −0.25 takes a quarter away."""
    why: str = ""


class TopicRule(Struct, frozen=True, kw_only=True):
    """How keywords make a topic: what a keyword is worth by where it stands, and how much is enough."""

    title: float = 1.0
    lead: float = 0.0
    """In the excerpt."""
    body: float = 0.0
    """In the text; each further occurrence there counts again, up to three."""
    enough: float = 1.0
    inherit: bool = False
    """A sub-topic brings its parents along."""
    story: bool = False
    """A report is also about what half of the independent reports of its story are about."""
    open_dashes: bool = False
    """`facial-recognition` is found by the keyword `facial recognition` and the other way round."""
    acronyms: bool = False
    """A keyword in capitals is found in capitals only: `AI` is not the painter Ai."""


class Preset(Struct, frozen=True, kw_only=True):
    """A scoring preset: data for the one additive engine."""

    name: str
    quality: tuple[PresetTerm, ...]
    heat: tuple[PresetTerm, ...]
    topics: TopicRule = TopicRule()
    threshold: float = 70.0
    quality_floor: float | None = None
    """Quality never falls below this; None = no such bound."""
    least_quality: float | None = None
    """Below this nothing is published without a ruling, however hot its story; None = no such bound."""
    decides: str = "heat"
    """What the threshold is held against: `heat`, or `peak` (heat before it cooled)."""
    leads_only: bool = False
    """`classic`: a record that does not lead its related ones gets heat −1."""
    half_life_h: float | None = None
    """Hours in which heat loses half; None = heat does not cool."""


class Windows(Struct, frozen=True, kw_only=True):
    """Spans of time, in hours."""

    story_h: float = 120
    """How far apart two reports of one happening may be."""
    front_h: float = 72
    """How old a front-page story may be."""
    revisit_h: float = 48
    """How long a page is looked at again for changes."""


class Desk(Struct, frozen=True, kw_only=True):
    """What a beat's editors have decided for every edition."""

    quotas: tuple[tuple[TopicId, int], ...] = ()
    """Most posts of a topic that came out on one UTC day."""
    provider_share: float = 1.0
    """Most of a day's posts that may be one provider's; 1 = no bound."""
    embargoes: tuple[tuple[str, float], ...] = ()
    """Hours for which reports of a host are held after they came out."""
    boosts: tuple[tuple[str, float], ...] = ()
    """Topics and hosts that are pushed, in steps of the preset's `boost`; below 0 they are pushed back."""


class Policy(Struct, frozen=True, kw_only=True):
    """A beat, ready to be used by the stages."""

    beat: BeatId
    main_topic: str
    topics: tuple[Topic, ...]
    providers: tuple[Provider, ...] = ()
    standing: Standing = Standing()
    preset: Preset
    windows: Windows = Windows()
    desk: Desk = Desk()
    learned: Learned = Learned()
    gazetteer: tuple[Named, ...] = ()
    """People, organisations, places and laws that the beat knows by name."""
    judge_topics: str = "keywords/1"
    """Names the taxonomy's version: a changed keyword is a new judge."""
