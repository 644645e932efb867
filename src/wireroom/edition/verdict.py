"""Publish, hold or spike, and what would have to be otherwise? Rulings first, then the preset's threshold."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct, structs

from wireroom.edition.heat import Neighbours, deciding, heat_of
from wireroom.records.ids import ArticleId
from wireroom.records.policy import Preset
from wireroom.records.quality import Score
from wireroom.records.rulings import Decision, RulingKind, Verdict

REACH = 1 << 12
"""Points of quality beyond which no change is looked for: every preset's scale ends well before."""

RULED = {
    RulingKind.PUBLISH: Decision.PUBLISH,
    RulingKind.HOLD: Decision.HOLD,
    RulingKind.SPIKE: Decision.SPIKE,
    RulingKind.KILL: Decision.SPIKE,
}


class Case(Struct, frozen=True, kw_only=True):
    """Everything that a verdict rests on."""

    article: ArticleId
    quality: float | None
    """None = not judged yet."""
    near: Neighbours = Neighbours()
    on_topic: bool = True
    repeats: str | None = None
    """What it is a copy of, in words."""
    copy_points: float = 0.0
    """Points of the quality that are there because it is a copy."""
    embargo: str | None = None
    """Until when it is held and why, in words."""
    bar: float | None = None
    """What it has to reach where places are short, beside the threshold."""
    bar_because: str = ""
    ruled: RulingKind | None = None
    ruled_because: str = ""
    """Who ruled and why."""


class Lever(StrEnum):
    """What can be changed about a case."""

    QUALITY = "quality"
    TOPIC = "topic"
    COPY = "copy"
    EMBARGO = "embargo"
    RULING = "ruling"


class Flip(Struct, frozen=True, kw_only=True):
    """The smallest change that flips a verdict between published and not."""

    lever: Lever
    by: float = 0.0
    """Points of quality."""
    ruling: RulingKind | None = None
    """The ruling that would do it; None = undo the one in force."""
    text: str


def decide(case: Case, preset: Preset, *, brief: bool = False) -> Verdict:
    """Give the verdict on a case with its reason and, unless in brief, the smallest change that would flip it."""
    decision, because = _decide(case, preset)
    flip = "" if brief else _flip(case, preset, was=decision is Decision.PUBLISH).text
    return Verdict(article=case.article, decision=decision, because=because, flip=flip)


def heat_in(case: Case, preset: Preset) -> Score:
    """Return the heat of a case."""
    return heat_of(preset, case.quality or 0.0, case.near)


def _decide(case: Case, preset: Preset) -> tuple[Decision, str]:
    if case.ruled is not None and case.ruled in RULED:
        return RULED[case.ruled], case.ruled_because
    if case.quality is None:
        return Decision.SPIKE, "its quality has not been judged yet"
    if not case.on_topic:
        return Decision.SPIKE, "no topic of the beat applies"
    if case.repeats is not None:
        return Decision.HOLD, f"it repeats {case.repeats}"
    if case.embargo is not None:
        return Decision.HOLD, f"embargoed {case.embargo}"
    return _by_points(case, case.quality, preset)


def _by_points(case: Case, quality: float, preset: Preset) -> tuple[Decision, str]:
    least = preset.least_quality
    if least is not None and quality < least:
        return Decision.HOLD, f"quality {quality:g} is below {least:g}, the least for any story"
    value = deciding(heat_in(case, preset), preset)
    name = "heat" if preset.decides == "heat" else "heat before cooling"
    if value >= _needed(case, preset):
        return Decision.PUBLISH, f"{name} {value:g} reaches {preset.threshold:g}"
    if value >= preset.threshold:
        return Decision.HOLD, f"{name} {value:g} reaches {preset.threshold:g}, but {case.bar_because}"
    return Decision.HOLD, f"{name} {value:g} stays below {preset.threshold:g}"


def _needed(case: Case, preset: Preset) -> float:
    """Return what a case has to reach: the threshold, or more where places are short."""
    return preset.threshold if case.bar is None else max(preset.threshold, case.bar)


def smallest_flip(case: Case, preset: Preset) -> Flip:
    """Return the smallest change that turns published into not published, or the other way round."""
    return _flip(case, preset, was=_publishes(case, preset))


def _flip(case: Case, preset: Preset, *, was: bool) -> Flip:
    found = (make(case) for make in (_undo, _topic, _copy, _embargo))
    fitting = (flip for flip in found if flip and _publishes(changed(case, flip), preset) != was)
    return next(fitting, None) or _points(case, preset, was=was) or _ruling(was=was)


def changed(case: Case, flip: Flip) -> Case:
    """Return the case with a change made."""
    if flip.lever is Lever.QUALITY:
        return structs.replace(case, quality=(case.quality or 0.0) + flip.by)
    if flip.lever is Lever.TOPIC:
        return structs.replace(case, on_topic=True)
    if flip.lever is Lever.COPY:
        return _no_copy(case)
    if flip.lever is Lever.EMBARGO:
        return structs.replace(case, embargo=None)
    return structs.replace(case, ruled=flip.ruling, ruled_because="")


def _no_copy(case: Case) -> Case:
    """Return the case as if it were a report of its own."""
    kept = {name: signal for name, signal in case.near.signals.items() if name != "copy"}
    quality = None if case.quality is None else case.quality - case.copy_points
    return structs.replace(case, repeats=None, quality=quality, near=structs.replace(case.near, signals=kept))


def _publishes(case: Case, preset: Preset) -> bool:
    return _decide(case, preset)[0] is Decision.PUBLISH


def _undo(case: Case) -> Flip | None:
    return Flip(lever=Lever.RULING, text=f"undoing the ruling “{case.ruled}” would flip it") if case.ruled else None


def _topic(case: Case) -> Flip | None:
    return None if case.on_topic else Flip(lever=Lever.TOPIC, text="a topic of the beat would publish it")


def _copy(case: Case) -> Flip | None:
    if case.repeats is None:
        return None
    return Flip(lever=Lever.COPY, text=f"it would be published if it did not repeat {case.repeats}")


def _embargo(case: Case) -> Flip | None:
    if case.embargo is None:
        return None
    return Flip(lever=Lever.EMBARGO, text=f"it would be published without its embargo {case.embargo}")


def _points(case: Case, preset: Preset, *, was: bool) -> Flip | None:
    """Search for the fewest points of quality that flip a case; more quality never hurts, so halving finds them."""
    if case.quality is None or case.ruled is not None:
        return None
    sign = -1 if was else 1

    def flips(points: int) -> bool:
        more = structs.replace(case, quality=(case.quality or 0.0) + sign * points)
        return _publishes(more, preset) != was

    # What is missing is mostly what it takes; the search is for presets and neighbours that bend the line.
    value, needed = deciding(heat_in(case, preset), preset), _needed(case, preset)
    guess = max(1, round(min(REACH, abs(needed - value))) + was)
    if flips(guess) and not flips(guess - 1):
        points = guess
    elif flips(REACH):
        points = _first(flips, REACH)
    else:
        return None
    ends = "fewer would take it off" if was else "more would publish it"
    text = f"{_standing(case, preset, value)}: {points} {'point' if points == 1 else 'points'} of quality {ends}"
    return Flip(lever=Lever.QUALITY, by=float(sign * points), text=text)


def _standing(case: Case, preset: Preset, value: float) -> str:
    """Say where a case stands against the bound that decides it."""
    least, needed = preset.least_quality, _needed(case, preset)
    if least is not None and case.quality is not None and case.quality < least:
        return f"quality {case.quality:g} < {least:g}"
    return f"{preset.decides} {value:g} {'≥' if value >= needed else '<'} {needed:g}"


def _first(holds: Callable[[int], bool], high: int) -> int:
    """Return the smallest positive number that holds, where all above it hold too."""
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _ruling(*, was: bool) -> Flip:
    kind = RulingKind.HOLD if was else RulingKind.PUBLISH
    return Flip(lever=Lever.RULING, ruling=kind, text=f"only a ruling “{kind}” would flip it")
