"""How much does an article matter now? Neighbours and the clock, weighed by the preset; it publishes nothing."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import log2

from msgspec import Struct

from wireroom.edition.gather import Happening, moment, repeats
from wireroom.records.editions import Candidate
from wireroom.records.policy import Preset, Standing
from wireroom.records.quality import Score
from wireroom.records.rulings import RulingKind
from wireroom.scoring.engine import Signal, add_up, moved_to, total_of
from wireroom.text.urls import host

DAY = timedelta(hours=24)
NOT_LEADING = -1.0
"""Heat of a record that does not lead its related ones (RECORDS §4)."""


class Room(Struct, frozen=True, kw_only=True):
    """What all articles of one edition are measured against."""

    now: datetime
    half_life_h: float | None = None
    cards: frozenset[str] = frozenset()
    """Pictures that stand for a house, not for a matter."""
    boosts: Mapping[str, float] = {}
    """Topics and hosts that the beat pushes, in steps."""
    usual_speed: float = 1.0
    """Independent reports within 24 hours that a story of this beat usually reaches."""


class Company(Struct, frozen=True, kw_only=True):
    """What all members of a happening share."""

    sources: tuple[str, ...]
    """Providers of its independent reports, in order of publication."""
    ranks: tuple[tuple[str, str, float], ...]
    """Provider, host and standing of those that have any, highest first."""
    busiest: int
    about: str | None
    """Title of the first report in which a topic was found."""


class Neighbours(Struct, frozen=True, kw_only=True):
    """An article's place among the others: qualities of its related ones and the signals measured there."""

    related: tuple[float, ...] = ()
    signals: Mapping[str, Signal] = {}


def heat_of(preset: Preset, quality: float, near: Neighbours) -> Score:
    """Return the heat of an article of this quality; the terms sum to it."""
    count = len(near.related)
    signals = {
        **near.signals,
        "quality": Signal(value=quality, because=f"quality {quality:g}"),
        "related": Signal(value=float(count), because=f"{count} related"),
    }
    score = add_up(preset.name, preset.heat, signals)
    if preset.leads_only and near.related and quality <= (best := max(near.related)):
        because = f"a related record has quality {best:g}, this one {quality:g}"
        return moved_to(score, NOT_LEADING, "does not lead", because)
    return score


def lasting(score: Score, preset: Preset) -> Score:
    """Return heat before it cooled, with the terms that sum to it."""
    shares = {row.name for row in preset.heat if row.share}
    terms = tuple(term for term in score.terms if term.name not in shares)
    return score if len(terms) == len(score.terms) else Score(preset=score.preset, value=total_of(terms), terms=terms)


def peak_of(score: Score, preset: Preset) -> float:
    """Return heat before it cooled: what decides where an edition keeps its archive."""
    shares = {row.name for row in preset.heat if row.share}
    return total_of(term for term in score.terms if term.name not in shares)


def deciding(score: Score, preset: Preset) -> float:
    """Return the value that the threshold is held against."""
    return peak_of(score, preset) if preset.decides == "peak" else score.value


def busiest(happening: Happening) -> int:
    """Return the most independent reports within any 24 hours."""
    times = [moment(member) for member in happening.independent]
    return max((bisect_left(times, start + DAY) - place for place, start in enumerate(times)), default=0)


def company(happening: Happening, standing: Standing) -> Company:
    """Measure once what all members of a happening share."""
    hosts = {source_of(member): host(member.article.original_url) for member in happening.independent}
    ranks = ((source, name, standing.of(name)) for source, name in hosts.items())
    return Company(
        sources=tuple(hosts),
        ranks=tuple(sorted((rank for rank in ranks if rank[2] > 0), key=lambda rank: (-rank[2], rank[1]))),
        busiest=busiest(happening),
        about=next((member.article.title for member in happening.members if member.topics), None),
    )


def source_of(candidate: Candidate) -> str:
    """Name the provider of a report."""
    provider = candidate.article.provider
    return provider.domain or provider.name


def neighbours(candidate: Candidate, met: Company, others: Sequence[float], room: Room) -> Neighbours:
    """Measure an article's place in its story and in time; `others` are the qualities of its related records."""
    signals = (
        _story(candidate, met, room) | _card(candidate, room) | _attention(candidate, room) | _age(candidate, room)
    )
    return Neighbours(related=tuple(others), signals=signals)


def _story(candidate: Candidate, met: Company, room: Room) -> dict[str, Signal]:
    out: dict[str, Signal] = {}
    if (count := len(met.sources)) > 1:
        because = f"{count} independent sources: {', '.join(met.sources[:5])}"
        out["independent"] = Signal(value=float(count - 1), because=because)
        out["independent_log"] = Signal(value=log2(count), because=because)
    own = source_of(candidate)
    if best := next((rank for rank in met.ranks if rank[0] != own), None):
        out["best_standing"] = Signal(value=best[2], because=f"{best[1]} reports it too")
    if met.busiest > room.usual_speed:
        because = f"{met.busiest} reports within 24 hours, {room.usual_speed:g} are usual"
        out["speed"] = Signal(value=met.busiest - room.usual_speed, because=because)
    if not candidate.topics and met.about is not None:
        out["story_on_topic"] = Signal(value=1.0, because=f"its story is on the beat: “{met.about}”")
    if repeats(candidate):
        out["copy"] = Signal(value=1.0, because=candidate.copy.proof if candidate.copy else "")
    return out


def _card(candidate: Candidate, room: Room) -> dict[str, Signal]:
    """Take note of a default card, where quality was judged by it: one record does not show that it repeats."""
    picture = next(iter(candidate.article.images), None)
    terms = candidate.quality.terms if candidate.quality else ()
    if picture is None or picture.url not in room.cards or not any(picture.url in t.because for t in terms):
        return {}
    return {"default_card": Signal(value=1.0, because=f"{picture.url} stands on other stories of this house too")}


def _attention(candidate: Candidate, room: Room) -> dict[str, Signal]:
    out: dict[str, Signal] = {}
    if candidate.clicks:
        out["clicks"] = Signal(value=float(candidate.clicks), because=f"{candidate.clicks} clicks")
    return out | _boost(candidate, room)


def _boost(candidate: Candidate, room: Room) -> dict[str, Signal]:
    """Add up what editors push: this report by a ruling, its topics and its host by the beat's settings."""
    names = (*(match.topic for match in candidate.topics), host(candidate.article.original_url).removeprefix("www."))
    pushes = {f"the beat boosts {name}": room.boosts[name] for name in names if name in room.boosts}
    ruling = candidate.ruling
    if ruling and ruling.kind in {RulingKind.PUBLISH, RulingKind.BOOST}:
        pushes[f"{ruling.by}: {ruling.reason}"] = 1.0
    return {"boost": Signal(value=sum(pushes.values()), because="; ".join(pushes))} if pushes else {}


def _age(candidate: Candidate, room: Room) -> dict[str, Signal]:
    """Return the share of heat lost to age: half after each half-life, nothing for what is dated ahead."""
    hours = max(0.0, (room.now - moment(candidate)) / timedelta(hours=1))
    if room.half_life_h is None or not hours:
        return {}
    lost = 2.0 ** (-hours / room.half_life_h) - 1.0
    return {"cooling": Signal(value=lost, because=f"{hours:.0f} hours old, half is lost every {room.half_life_h:g}")}
