"""Whom and what does a beat know by name? Reads `names/*.yaml`: people, organisations, places, laws."""

import re
from pathlib import Path

from pydantic import Field

from wireroom.app.complaints import checked
from wireroom.app.settings import Strict, Text
from wireroom.app.taxonomy import read_yaml
from wireroom.errors import BeatError
from wireroom.records.stories import Named, Thing, ThingKind

_WIKIDATA = re.compile(r"Q[1-9]\d*")


class NameEntry(Strict):
    """One line of a gazetteer file."""

    name: Text
    also: list[Text] = Field(default_factory=list)
    wikidata: Text | None = None


class NamesFile(Strict):
    """`names/*.yaml`: lists by kind."""

    person: list[NameEntry] = Field(default_factory=list)
    organisation: list[NameEntry] = Field(default_factory=list)
    place: list[NameEntry] = Field(default_factory=list)
    law: list[NameEntry] = Field(default_factory=list)


def read_gazetteer(folder: Path) -> tuple[Named, ...]:
    """Return all names in file order; a Wikidata id that is none is refused."""
    return tuple(named for path in sorted(folder.glob("*.y*ml")) for named in _read(path))


def _read(path: Path) -> list[Named]:
    file = checked(NamesFile, read_yaml(path), path)
    kinds = {kind: getattr(file, kind) for kind in ThingKind if kind is not ThingKind.NAME}
    return [_named(entry, kind, path) for kind, entries in kinds.items() for entry in entries]


def _named(entry: NameEntry, kind: ThingKind, path: Path) -> Named:
    if entry.wikidata is not None and not _WIKIDATA.fullmatch(entry.wikidata):
        raise BeatError(f"{path}: {entry.name}: {entry.wikidata!r} is no Wikidata id; they look like Q42")
    return Named(thing=Thing(name=entry.name, kind=kind, wikidata=entry.wikidata), also=tuple(entry.also))
