"""On which line of a file does something stand? For messages that say what to change, and where."""

import re
from difflib import get_close_matches


def line_of(text: str, *wanted: str) -> int | None:
    """Return the number of the first line that holds the first of these that stands anywhere; comments come last."""
    lines = text.splitlines()
    plain = [line.partition("#")[0] for line in lines]
    for searched in (plain, lines):
        for one in wanted:
            if one and (number := next((i for i, line in enumerate(searched, 1) if one in line), None)):
                return number
    return None


def at_line(where: object, number: int | None) -> str:
    """Return a place as messages name it: `topics/00-ai.yaml, line 7`."""
    return f"{where}, line {number}" if number else str(where)


def not_toml(where: object, text: str, error: Exception) -> str:
    """Say what is wrong with a TOML file and on which line; a file that ends too early is wrong on its last one."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    if found is None:
        return f"{where}: not TOML: {error}"
    number = int(found[1]) if found[1] else len(text.splitlines())
    return f"{at_line(where, number)}: not TOML: {str(error)[: found.start()]}"


def closest(name: str, known: list[str]) -> str:
    """Return the second half of a message about an unknown name."""
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
