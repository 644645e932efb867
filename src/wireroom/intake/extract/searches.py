"""What is a page searched for? Only what holds a word that stands in such an attribute of its tags.

A search walks the tree, and each word that it looks for in every class costs as much again as the walk. Which words are
worth it is told from the markup, where most stand in few pages. It must not judge what is found.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, Tree


def search(tree: Tree, part: Tree | Node, what: str) -> list[Node]:
    """Return the elements of a part of the page that a search of the table may mean, in the order of the page.

    An element that fits several selectors is found as many times.
    """
    return part.css(_selector(what, frozenset(words_of(tree.raw_html, what))))


@lru_cache(maxsize=64)
def _selector(what: str, words: frozenset[str]) -> str:
    """Return the selector of all that a page with these words can hold."""
    known = table("selectors")["searches"][what]
    return ", ".join([*known["always"], *(selector for word, selector in known["words"].items() if word in words)])


def words_of(markup: bytes, what: str) -> set[str]:
    """Return the words of a search that stand in the attributes it asks for (0.02 ms for 186 KB)."""
    finder, words = _finder(what)
    found: set[str] = set()
    for at, start, _ in islice(finder.find_matches_as_indexes(markup), _MOST_PLACES):
        for word, attribute in words[at]:
            if word not in found and _is_in(attribute, markup, start):
                found.add(word)
    return found


_MOST_PLACES = 20_000


def _is_in(attribute: bytes, markup: bytes, start: int) -> bool:
    """Tell whether a word can stand in an attribute, and not in another, in text or a program.

    The attribute's name is just before the last quotation mark then, or behind it. Values may well hold "<" and ">".
    """
    opening = markup.rfind(b'"', max(0, start - _LONGEST_VALUE), start)
    return opening < _LONGEST_NAME or attribute in markup[opening - _LONGEST_NAME : start].lower()


_LONGEST_VALUE, _LONGEST_NAME = 1_000, 10
"""Bytes; a name with an equals sign and blanks."""


@cache
def _finder(what: str) -> tuple[BytesAhoCorasick, tuple[tuple[tuple[str, bytes], ...], ...]]:
    """Return what finds the words as attributes spell them, and the words in each spelling with their attributes."""
    known = table("selectors")["searches"][what]["words"]
    spelled = {form: word for word, selector in known.items() for form in _spellings(word, selector)}
    within = tuple(
        tuple((word, _attribute(known[word])) for form, word in spelled.items() if form in longer) for longer in spelled
    )
    return BytesAhoCorasick([form.encode() for form in spelled], matchkind=MatchKind.LeftmostLongest), within


def _attribute(selector: str) -> bytes:
    """Return the name of the attribute that a selector asks for, or how it begins: "data-testid" is told by itself."""
    return next(name.encode() for name in ("class", "href", "data-") if f"[{name}" in selector)


def _spellings(word: str, selector: str) -> Iterator[str]:
    """Yield "byline", "BYLINE", "Byline", "byLine" and "ByLine" for "by-line"; most words are meant as written."""
    if "-" not in word and " i]" not in selector:
        yield word
        return
    first, *more = word.split("-")
    rest = "".join(map(str.capitalize, more))
    bare = word.replace("-", "")
    yield from (bare, bare.upper(), bare.capitalize(), first + rest, first.capitalize() + rest)
