"""Which names are forms of one: are "Quill" and "Councilwoman Mara Quill" Mara Quill?

By their words alone, within one story. What the beat's gazetteer knows is itself, whatever it is called beside.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from wireroom.records.stories import Thing, ThingKind
from wireroom.text.tokens import fold

FULL = 2
"""Words of a name that stays the same behind a title and before "of Lockport"; one word may be a place or a house."""


class Names:
    """The names that a story has used so far."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._short: set[str] = set()
        """What they begin and end with: by these they are called the second time."""

    def add(self, things: Iterable[Thing]) -> None:
        """Take names in."""
        for thing in things:
            name = fold(thing.name)
            words = name.split()
            self._whole.add(name)
            for at in range(1, len(words)):
                self._short |= {" ".join(words[:at]), " ".join(words[at:])}

    def has(self, thing: Thing) -> bool:
        """Tell whether a name was used before, in this form or another; "Lockport Stadium" is not Lockport."""
        name = fold(thing.name)
        if name in self._whole or _is_known(thing):
            return name in self._whole
        return name in self._short or not self._whole.isdisjoint(_bare(name))


def gathered(reports: Sequence[Collection[Thing]]) -> list[tuple[Thing, int]]:
    """Return the names that reports tell, each in one form, with how many tell it; in order of appearance."""
    forms: dict[str, Counter[Thing]] = {}
    tellers: dict[str, set[int]] = {}
    for number, told in enumerate(reports):
        for thing in told:
            name = fold(thing.name)
            forms.setdefault(name, Counter())[thing] += 1
            tellers.setdefault(name, set()).add(number)
    # Titles go first, so that a surname finds one full name.
    for name in sorted(forms, key=lambda name: -len(name.split())):
        into = None if any(map(_is_known, forms[name])) else _fuller(name, tellers) or _barer(name, tellers)
        if into is not None:
            forms[into] += forms.pop(name)
            tellers[into] |= tellers.pop(name)
    return [(_told(forms[name]), len(tellers[name])) for name in forms]


def _is_known(thing: Thing) -> bool:
    return thing.kind is not ThingKind.NAME


def _barer(name: str, names: Collection[str]) -> str | None:
    """Return the name without its title or its "of Lockport", if that is among the names."""
    return next((bare for bare in _bare(name) if bare in names), None)


def _bare(name: str) -> Iterator[str]:
    words = name.split()
    yield from (" ".join(words[at:]) for at in range(1, len(words) - FULL + 1))
    head, _, place = name.partition(" of ")
    if place and len(head.split()) >= FULL:
        yield head


def _fuller(name: str, tellers: dict[str, set[int]]) -> str | None:
    """Return the only name that begins or ends with a single word, if as many tell it.

    All tell of Lockport and some of Lockport Stadium: these are two.
    """
    if " " in name:
        return None
    fuller = [other for other in tellers if other.startswith(f"{name} ") or other.endswith(f" {name}")]
    return fuller[0] if len(fuller) == 1 and len(tellers[fuller[0]]) >= len(tellers[name]) else None


def _told(forms: Counter[Thing]) -> Thing:
    """Return the form to show: the gazetteer's, else of the full ones what most reports use, capitals last."""
    return max(
        forms,
        key=lambda thing: (_is_known(thing), " " in thing.name, not thing.name.isupper(), forms[thing]),
    )
