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


class Seat(Struct, frozen=True):
    """A report that would be published, as far as its place goes."""

    name: ArticleId
    at: datetime
    title: str
    value: float
    fixed: bool
    """Nobody may push it out: a ruling or an imported post."""
    topics: tuple[str, ...]
    """Those of its topics that have a quota."""
    provider: str

    @property
    def day(self) -> str:
        """Return the page that it stands on."""
        return self.at.date().isoformat()

    @property
    def tie(self) -> tuple[datetime, ArticleId]:
        """Return what decides between equals."""
        return self.at, self.name

    @property
    def rank(self) -> tuple[bool, float, datetime, ArticleId]:
        """Return what seats are given away by."""
        return not self.fixed, -self.value, *self.tie


class Bar(Struct, frozen=True):
    """What a report has to reach beside the threshold, and why."""

    value: float
    because: str


Bars = dict[ArticleId, Bar]


def rationed(judged: tuple[Judged, ...], policy: Policy) -> tuple[Judged, ...]:
    """Return the judged with those held that have to wait for room."""
    if not short(policy):
        return judged
    barred = bars(filter(None, (seat(item, policy) for item in judged)), policy)
    return tuple(told(item, barred, policy) for item in judged)


def short(policy: Policy) -> bool:
    """Tell whether places are short at all, so that a report's verdict hangs on the others of its day."""
    return bool(policy.desk.quotas) or policy.desk.provider_share < 1


def seat(item: Judged, policy: Policy) -> Seat | None:
    """Return the seat of a report; None when it would not be published anyway."""
    if item.verdict.decision is not Decision.PUBLISH:
        return None
    quotas = dict(policy.desk.quotas)
    return Seat(
        name=item.candidate.article.id,
        at=moment(item.candidate),
        title=item.candidate.article.title,
        value=deciding(item.heat, policy.preset),
        fixed=item.case.ruled is not None or item.candidate.imported,
        topics=tuple(match.topic for match in item.topics if match.topic in quotas),
        provider=source_of(item.candidate),
    )


def bars(seats: Iterable[Seat], policy: Policy) -> Bars:
    """Give the places of all days away; return what each report has to reach that wants one, or could lose one."""
    found: Bars = {}
    pages: dict[str, list[Seat]] = {}
    for one in seats:
        pages.setdefault(one.day, []).append(one)
    for day, page in pages.items():
        _fill(day, page, policy, found)
    return found


def waits(seat: Seat, barred: Bars) -> bool:
    """Tell whether there is no place for a report."""
    return not seat.fixed and seat.name in barred and barred[seat.name].value > seat.value


def told(item: Judged, barred: Bars, policy: Policy) -> Judged:
    """Return a report with what it has to reach, and the verdict on it."""
    bar = barred.get(item.candidate.article.id)
    if bar is None or item.candidate.imported:
        return item
    case = structs.replace(item.case, bar=bar.value, bar_because=bar.because)
    return structs.replace(item, case=case, verdict=decide(case, policy.preset))


def _fill(day: str, page: Sequence[Seat], policy: Policy, found: Bars) -> None:
    """Give a day's places away: by the quotas of topics, then among those left by the shares of providers."""
    quotas: dict[str, int] = dict(policy.desk.quotas)
    by_topic = [(one, one.topics) for one in page]
    left = _seated(by_topic, quotas, lambda group, limit: f"{group} has its {limit} hottest of {day}", found)
    caps = shares((one.provider for one in left), policy.desk.provider_share)
    by_provider = [(one, (one.provider,)) for one in left]
    _seated(by_provider, caps, lambda group, limit: f"{group} has its share of {day}, {limit}", found)


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


def _seated(
    seats: Sequence[tuple[Seat, tuple[str, ...]]],
    limits: Mapping[str, int],
    say: Callable[[str, int], str],
    found: Bars,
) -> list[Seat]:
    """Seat the hottest while their groups have room; note for each what decides about it."""
    taken: dict[str, list[Seat]] = {}
    waiting: list[tuple[Seat, list[str]]] = []
    for seat, groups in sorted(seats, key=lambda one: one[0].rank):
        full = [group for group in groups if len(taken.get(group, ())) >= limits[group]]
        if full and not seat.fixed:
            waiting.append((seat, full))
            continue
        for group in groups:
            taken.setdefault(group, []).append(seat)
    for seat, full in waiting:
        last = max((_weakest(taken.get(group, ())), group) for group in full)
        _raise(found, seat.name, last[0] + 1, say(last[1], limits[last[1]]))
        for group in full:
            for rival in taken.get(group, ()):
                if not rival.fixed:
                    value = seat.value + (seat.tie < rival.tie)
                    _raise(found, rival.name, value, f"“{seat.title}” waits for its place")
    out = {seat.name for seat, _ in waiting}
    return [seat for seat, _ in seats if seat.name not in out]


def _weakest(seats: Sequence[Seat]) -> float:
    """Return the least value that holds a place that can be taken from it."""
    return min((seat.value for seat in seats if not seat.fixed), default=inf)


def _raise(found: Bars, name: ArticleId, value: float, because: str) -> None:
    if name not in found or found[name].value < value:
        found[name] = Bar(value, because)
