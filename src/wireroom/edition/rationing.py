"""Which of what would be published has to wait? Quotas of topics and shares of providers, a day's page at a time.

A page is what came out on one UTC day, so that no post comes or goes because the clock moved on. The hottest stay; what
an editor ruled stands and takes its place first. What has to wait, and what could be pushed out, is told by how much.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from math import inf

from msgspec import Struct, structs

from wireroom.edition.compose import Judged
from wireroom.edition.gather import moment
from wireroom.edition.heat import deciding, source_of
from wireroom.edition.verdict import decide
from wireroom.records.ids import ArticleId
from wireroom.records.policy import Policy
from wireroom.records.rulings import Decision


class _Seat(Struct, frozen=True):
    """A report that would be published."""

    item: Judged
    value: float
    fixed: bool
    """Nobody may push it out: a ruling or an imported post."""
    groups: tuple[str, ...]

    @property
    def name(self) -> ArticleId:
        return self.item.candidate.article.id

    @property
    def tie(self) -> tuple[datetime, ArticleId]:
        return moment(self.item.candidate), self.name

    @property
    def rank(self) -> tuple[bool, float, datetime, ArticleId]:
        return not self.fixed, -self.value, *self.tie


class _Bar(Struct, frozen=True):
    """What a report has to reach beside the threshold, and why."""

    value: float
    because: str


Bars = dict[ArticleId, _Bar]


def rationed(judged: tuple[Judged, ...], policy: Policy) -> tuple[Judged, ...]:
    """Return the judged with those held that have to wait for room."""
    if not short(policy):
        return judged
    bars: Bars = {}
    pages: dict[str, list[Judged]] = {}
    for item in judged:
        if item.verdict.decision is Decision.PUBLISH:
            pages.setdefault(moment(item.candidate).date().isoformat(), []).append(item)
    for day, items in pages.items():
        _fill(day, items, policy, bars)
    return tuple(_told(item, bars, policy) for item in judged)


def short(policy: Policy) -> bool:
    """Tell whether places are short at all, so that a report's verdict hangs on the others of its day."""
    return bool(policy.desk.quotas) or policy.desk.provider_share < 1


def _fill(day: str, items: Sequence[Judged], policy: Policy, bars: Bars) -> None:
    """Give a day's places away: by the quotas of topics, then among those left by the shares of providers."""
    quotas: dict[str, int] = dict(policy.desk.quotas)
    left = _seated(
        [_seat(item, policy, lambda one: tuple(m.topic for m in one.topics if m.topic in quotas)) for item in items],
        quotas,
        lambda group, limit: f"{group} has its {limit} hottest of {day}",
        bars,
    )
    seats = [_seat(seat.item, policy, lambda one: (source_of(one.candidate),)) for seat in left]
    caps = shares((seat.groups[0] for seat in seats), policy.desk.provider_share)
    _seated(seats, caps, lambda group, limit: f"{group} has its share of {day}, {limit}", bars)


def shares(providers: Iterable[str], share: float) -> dict[str, int]:
    """Return how many places each provider gets, so that none has more than its share of those that are taken.

    Everybody gets one. Where there are too few providers for the share to hold, they share alike.
    """
    wanted = Counter(providers)
    share = max(share, 1 / len(wanted)) if wanted else share
    caps = dict(wanted)
    while True:
        most = max(1, int(share * sum(caps.values()) + 1e-9))
        if all(count <= most for count in caps.values()):
            return caps
        caps = {name: min(count, most) for name, count in caps.items()}


def _seat(item: Judged, policy: Policy, groups: Callable[[Judged], tuple[str, ...]]) -> _Seat:
    fixed = item.case.ruled is not None or item.candidate.imported
    return _Seat(item, deciding(item.heat, policy.preset), fixed, groups(item))


def _seated(
    seats: Sequence[_Seat], limits: Mapping[str, int], say: Callable[[str, int], str], bars: Bars
) -> list[_Seat]:
    """Seat the hottest while their groups have room; note for each what decides about it."""
    taken: dict[str, list[_Seat]] = {}
    waiting: list[tuple[_Seat, list[str]]] = []
    for seat in sorted(seats, key=lambda one: one.rank):
        full = [group for group in seat.groups if len(taken.get(group, ())) >= limits[group]]
        if full and not seat.fixed:
            waiting.append((seat, full))
            continue
        for group in seat.groups:
            taken.setdefault(group, []).append(seat)
    for seat, full in waiting:
        last = max((_weakest(taken.get(group, ())), group) for group in full)
        _raise(bars, seat.name, last[0] + 1, say(last[1], limits[last[1]]))
        for group in full:
            for rival in taken.get(group, ()):
                if not rival.fixed:
                    value = seat.value + (seat.tie < rival.tie)
                    _raise(bars, rival.name, value, f"“{seat.item.candidate.article.title}” waits for its place")
    out = {seat.name for seat, _ in waiting}
    return [seat for seat in seats if seat.name not in out]


def _weakest(seats: Sequence[_Seat]) -> float:
    """Return the least value that holds a place that can be taken from it."""
    return min((seat.value for seat in seats if not seat.fixed), default=inf)


def _raise(bars: Bars, name: ArticleId, value: float, because: str) -> None:
    if name not in bars or bars[name].value < value:
        bars[name] = _Bar(value, because)


def _told(item: Judged, bars: Bars, policy: Policy) -> Judged:
    bar = bars.get(item.candidate.article.id)
    if bar is None or item.candidate.imported:
        return item
    case = structs.replace(item.case, bar=bar.value, bar_because=bar.because)
    return structs.replace(item, case=case, verdict=decide(case, policy.preset))
