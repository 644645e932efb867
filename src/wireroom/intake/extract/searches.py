"""What is a page searched for? Only what holds a word that stands in one of its tags.

A search walks the tree, and each word that it looks for in every class costs as much again as the walk. Which words are
worth it is told from the markup, where most stand in few pages. It must not judge what is found.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, Tree, find


def search(tree: Tree, part: Tree | Node, what: str) -> list[Node]:
    """Return the elements of a part of the page that a search of the table may mean, in the order of the page.

    An element that fits several selectors is found as many times.
    """
    return find(part, _selector(what, frozenset(words_of(tree.raw_html, what))))


@lru_cache(maxsize=64)
def _selector(what: str, words: frozenset[str]) -> str:
    """Return the selector of all that a page with these words can hold."""
    known = table("selectors")["searches"][what]
    return ", ".join([*known["always"], *(selector for word, selector in known["words"].items() if word in words)])


def words_of(markup: bytes, what: str) -> set[str]:
    """Return the words of a search that stand in tags (0.02 ms for 186 KB)."""
    finder, words = _finder(what)
    found = set[str]()
    for at, start, end in islice(finder.find_matches_as_indexes(markup), _MOST_PLACES):
        if not found.issuperset(words[at]) and _is_in_tag(markup, start, end):
            found.update(words[at])
    return found


_MOST_PLACES = 20_000


def _is_in_tag(markup: bytes, start: int, end: int) -> bool:
    """Tell whether a word can stand in a tag, and not in text or a program: a "<" before it or a ">" behind it is next.

    One of them is enough, since values of attributes hold such signs too ("[&>p]:mt-4").
    """
    first = max(0, start - _LONGEST_TAG)
    if markup.rfind(b"<", first, start) > markup.rfind(b">", first, start):
        return True
    closing = markup.find(b">", end, end + _LONGEST_TAG)
    return closing >= 0 and markup.find(b"<", end, closing) < 0


_LONGEST_TAG = 1_000
"""Bytes."""


@cache
def _finder(what: str) -> tuple[BytesAhoCorasick, tuple[frozenset[str], ...]]:
    """Return what finds the words in the ways attributes are spelled, and the words that stand in each spelling."""
    known = table("selectors")["searches"][what]["words"].items()
    spelled = {form: word for word, selector in known for form in _spellings(word, selector)}
    within = tuple(frozenset(word for form, word in spelled.items() if form in longer) for longer in spelled)
    return BytesAhoCorasick([form.encode() for form in spelled], matchkind=MatchKind.LeftmostLongest), within


def _spellings(word: str, selector: str) -> Iterator[str]:
    """Yield "byline", "BYLINE", "Byline", "byLine" and "ByLine" for "by-line"; most words are meant as written."""
    if "-" not in word and " i]" not in selector:
        yield word
        return
    first, *more = word.split("-")
    rest = "".join(map(str.capitalize, more))
    bare = word.replace("-", "")
    yield from (bare, bare.upper(), bare.capitalize(), first + rest, first.capitalize() + rest)
