"""Which marks give prose away? The package's dated table of phrases and hosts, compiled once."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from wireroom.records.ids import digest


class Mark(Struct, frozen=True, kw_only=True):
    """One mark of promotion: where it must stand (`title`, `opening`, `text`), and how much it counts."""

    name: str
    pattern: re.Pattern[str]
    where: str
    counts: float
    triggers: frozenset[str]
    """Lower-case pieces of text without one of which the pattern cannot match."""


class Triggered(Struct, frozen=True, kw_only=True):
    """Patterns that are only looked for in texts that hold one of their triggers: nine texts in ten hold none."""

    pattern: re.Pattern[str]
    finder: AhoCorasick

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        return self.pattern.search(text) if self.finder.find_matches_as_indexes(text.lower()) else None

    def all(self, text: str) -> list[re.Match[str]]:
        """Return all matches."""
        found = self.search(text)
        return list(self.pattern.finditer(text, found.start())) if found else []


class Marks(Struct, frozen=True, kw_only=True):
    """The compiled table."""

    promotion: tuple[Mark, ...]
    clickbait: Triggered
    notice: re.Pattern[str]
    saying: tuple[str, ...]
    document: re.Pattern[str]
    card: Triggered
    pieces: tuple[str, ...]
    finder: AhoCorasick

    def scan(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Find triggers and words of saying, with start and end, in one pass; most texts then need no pattern.

        Places are those of the text in lower case: off by a little where that is longer, as with a dotted capital I.
        """
        found: dict[str, list[tuple[int, int]]] = {}
        for number, start, end in self.finder.find_matches_as_indexes(text.lower(), overlapping=True):
            found.setdefault(self.pieces[number], []).append((start, end))
        return found


TABLES = ((__package__, "marks.toml"), ("wireroom.text", "paid.toml"))
"""What of the package, besides its code, decides what is measured."""


@cache
def tables_version() -> str:
    """Name the exact content of the tables: an upgrade that changes them is another judge."""
    return digest(*(files(package).joinpath(name).read_text("utf-8") for package, name in TABLES))[:8]


@cache
def marks() -> Marks:
    """Return the table that ships with the package."""
    table = tomllib.loads(files(__package__).joinpath("marks.toml").read_text("utf-8"))
    promotion = tuple(
        Mark(
            name=row["name"],
            pattern=_any(row["patterns"]),
            where=row["where"],
            counts=float(row["counts"]),
            triggers=frozenset(row["triggers"]),
        )
        for row in table["promotion"]
    )
    saying = tuple(table["attribution"]["saying"])
    pieces = tuple(sorted({piece for mark in promotion for piece in mark.triggers}.union(saying)))
    return Marks(
        promotion=promotion,
        clickbait=_triggered(table["clickbait"]),
        notice=_any(table["notice"]["patterns"]),
        saying=saying,
        document=_any(table["document"]["patterns"]),
        card=_triggered(table["card"]),
        pieces=pieces,
        finder=AhoCorasick(pieces),
    )


def _triggered(row: dict[str, list[str]]) -> Triggered:
    return Triggered(pattern=_any(row["patterns"]), finder=AhoCorasick(row["triggers"]))


def _any(patterns: list[str]) -> re.Pattern[str]:
    """Compile alternatives; an apostrophe in the table stands for both shapes of it."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace("’", "['’]"), re.IGNORECASE)
