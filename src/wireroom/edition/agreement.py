"""How far do machine and editors agree? Rulings are held against what the machine would have done by itself."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from wireroom.edition.compose import Judged
from wireroom.edition.verdict import RULED
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId
from wireroom.records.rulings import Decision, RulingKind


class Agreement(Struct, frozen=True, kw_only=True):
    """The machine measured against rulings; `publish` is a wish to publish, all others are a wish not to."""

    rulings: int = 0
    wanted: int = 0
    """Rulings to publish."""
    chosen: int = 0
    """What the machine would publish of the ruled articles."""
    right: int = 0
    """Both."""
    agreed: int = 0
    """Rulings that the machine would have made itself, either way."""

    def plus(self, other: "Agreement") -> "Agreement":
        """Return both together."""
        return Agreement(
            rulings=self.rulings + other.rulings,
            wanted=self.wanted + other.wanted,
            chosen=self.chosen + other.chosen,
            right=self.right + other.right,
            agreed=self.agreed + other.agreed,
        )

    @property
    def precision(self) -> float | None:
        """Return the share of what the machine would publish that editors published."""
        return self.right / self.chosen if self.chosen else None

    @property
    def recall(self) -> float | None:
        """Return the share of what editors published that the machine would publish."""
        return self.right / self.wanted if self.wanted else None

    @property
    def disagreement(self) -> float | None:
        """Return the share of rulings that the machine would have made otherwise."""
        return 1 - self.agreed / self.rulings if self.rulings else None


def ruled(snapshot: Snapshot) -> dict[ArticleId, RulingKind]:
    """Return the rulings in force that decide; a boost decides nothing."""
    rulings = ((one.article.id, one.ruling.kind) for one in snapshot.candidates if one.ruling)
    return {name: kind for name, kind in rulings if kind in RULED}


def unruled(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot as if nobody had ruled: what the machine sees by itself, killed articles among it."""
    return structs.replace(snapshot, candidates=tuple(_free(one) for one in snapshot.candidates))


def chosen_of(judged: Iterable[Judged]) -> dict[ArticleId, bool]:
    """Tell of each article whether it would be published."""
    return {item.candidate.article.id: item.verdict.decision is Decision.PUBLISH for item in judged}


def agreement(chosen: Mapping[ArticleId, bool], rulings: Mapping[ArticleId, RulingKind]) -> Agreement:
    """Hold rulings against what would be published if nobody had ruled."""
    chosen = {name: publish for name, publish in chosen.items() if name in rulings}
    wanted = {name: rulings[name] is RulingKind.PUBLISH for name in chosen}
    return Agreement(
        rulings=len(chosen),
        wanted=sum(wanted.values()),
        chosen=sum(chosen.values()),
        right=sum(chosen[name] and wanted[name] for name in chosen),
        agreed=sum(chosen[name] == wanted[name] for name in chosen),
    )


def _free(candidate: Candidate) -> Candidate:
    return structs.replace(candidate, ruling=None) if candidate.ruling else candidate
