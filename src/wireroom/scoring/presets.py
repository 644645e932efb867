"""Which presets are there, and is a preset table sound? It refuses what the engine could not add up, by line."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import cast

from msgspec import ValidationError, convert, structs

from wireroom.errors import BeatError
from wireroom.records.ids import digest
from wireroom.records.policy import Preset, PresetTerm, TopicRule
from wireroom.scoring.vocabulary import HEAT_SIGNALS, QUALITY_SIGNALS
from wireroom.text.lines import at_line, closest, line_of, not_toml

SHIPPED = ("classic", "modern")
DECIDES = ("heat", "peak")
NUMBERS = ("threshold", "quality_floor", "least_quality", "half_life_h", "weight", "floor", "cap")


@cache
def shipped(name: str) -> Preset:
    """Return a preset that travels with the package."""
    if name not in SHIPPED:
        raise BeatError(f"There is no preset {name!r}{_nearest(name, SHIPPED)}")
    text = files("wireroom.scoring").joinpath(f"presets/{name}.toml").read_text("utf-8")
    return read_preset(text, f"preset {name}")


def read_preset(text: str, where: str) -> Preset:
    """Read a preset from TOML; raise BeatError with the line and the nearest known name."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BeatError(not_toml(where, text, error)) from error
    lines = _Lines(text, where)
    _check_keys(table, structs.fields(Preset), lines)
    _check_numbers(table, lines)
    _check_keys(table.get("topics", {}), structs.fields(TopicRule), lines)
    _check_value(table.get("decides", "heat"), DECIDES, "decides", lines)
    for part, known in (("quality", QUALITY_SIGNALS), ("heat", HEAT_SIGNALS)):
        _check_terms(table.get(part, []), part, tuple(known), lines)
    try:
        return convert(table, Preset)
    except ValidationError as error:
        raise BeatError(f"{where}: {error}") from error


def changed(preset: Preset, changes: Mapping[str, object], where: object, text: str = "") -> Preset:
    """Return the preset with other weights for some of its terms, named as they are shown; `text` holds the changes."""
    names = tuple(dict.fromkeys(term.name for term in (*preset.quality, *preset.heat)))
    lines = _Lines(text, where)
    for name, weight in changes.items():
        if name not in names:
            raise lines.say(name, f"preset {preset.name} has no term {name!r}{_nearest(name, names)}")
        if not _is_number(weight):
            raise lines.say(name, f"the weight of {name!r} must be a number, not {weight!r}")
    return structs.replace(
        preset,
        quality=_reweighed(preset.quality, changes),
        heat=_reweighed(preset.heat, changes),
    )


def fingerprint(preset: Preset, *besides: object) -> str:
    """Name a preset and its exact content, and whatever else a score rests on: a changed weight is another judge."""
    return f"{preset.name}/{digest(repr(preset), *map(repr, besides))[:8]}"


def _reweighed(terms: Sequence[PresetTerm], changes: Mapping[str, object]) -> tuple[PresetTerm, ...]:
    return tuple(
        structs.replace(term, weight=float(cast(float, changes[term.name]))) if term.name in changes else term
        for term in terms
    )


class _Lines:
    """Find the line of a key or value, for messages."""

    def __init__(self, text: str, where: object) -> None:
        self._text = text
        self._where = where

    def say(self, found: object, message: str) -> BeatError:
        number = line_of(self._text, f'"{found}"', str(found))
        return BeatError(f"{at_line(self._where, number)}: {message}")


def _check_keys(table: Mapping[str, object], fields: Sequence[structs.FieldInfo], lines: _Lines) -> None:
    known = tuple(field.name for field in fields)
    for key in table:
        if key not in known:
            raise lines.say(key, f"unknown key {key!r}{_nearest(key, known)}")


def _check_numbers(table: Mapping[str, object], lines: _Lines) -> None:
    for key in NUMBERS:
        if key in table and not _is_number(table[key]):
            raise lines.say(table[key], f"{key} must be a number, not {table[key]!r}")


def _check_value(value: object, known: Sequence[str], key: str, lines: _Lines) -> None:
    if value not in known:
        raise lines.say(value, f"unknown {key} {value!r}{_nearest(str(value), known)}")


def _check_terms(rows: object, part: str, signals: Sequence[str], lines: _Lines) -> None:
    if not isinstance(rows, list) or not rows:
        raise lines.say(part, f"a preset needs at least one [[{part}]] term")
    seen: set[str] = set()
    for row in cast(list[dict[str, object]], rows):
        _check_keys(row, structs.fields(PresetTerm), lines)
        _check_numbers(row, lines)
        _check_value(row.get("signal"), signals, f"{part} signal", lines)
        name = str(row.get("name"))
        if name in seen:
            raise lines.say(name, f"the {part} term {name!r} is given twice")
        seen.add(name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _nearest(name: str, known: Sequence[str]) -> str:
    return closest(name, list(known))
