"""The finder agrees with the plain way of looking: word by word, without an automaton."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from wireroom.intake.classify.keywords import PhraseFinder

WORDS = st.sampled_from(["face", "faces", "scan", "scans", "scanner", "camera", "cameras", "a", "the", "surface"])
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
PARTS = st.sampled_from(["face", "scan", "scan*", "face*", "camera*", "face scan", "face scan*", "a camera"])
QUERIES = st.one_of(PARTS, st.builds(lambda one, two, n: f"{one} NEAR/{n} {two}", PARTS, PARTS, st.integers(1, 6)))


def places(part: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each place of a phrase."""
    wanted = part.removesuffix("*").split()
    for at in range(len(words) - len(wanted) + 1):
        *whole, last = words[at : at + len(wanted)]
        ends = last.startswith(wanted[-1]) if part.endswith("*") else last == wanted[-1]
        if whole == wanted[:-1] and ends:
            yield at, at + len(wanted) - 1


def count(query: str, text: str) -> int:
    """Count as the reference says: places of the first part that have the second within so many words."""
    words = text.split()
    first, _, rest = query.partition(" NEAR/")
    if not rest:
        return len(list(places(query, words)))
    distance, _, second = rest.partition(" ")
    return sum(any(_near(one, two, int(distance)) for two in places(second, words)) for one in places(first, words))


def _near(one: tuple[int, int], two: tuple[int, int], distance: int) -> bool:
    left, right = sorted((one, two))
    return left[1] < right[0] and right[0] - left[1] <= distance


@given(st.lists(QUERIES, max_size=6), TEXTS)
def test_the_finder_agrees_with_looking_word_by_word(queries: list[str], text: str) -> None:
    found = {key: len(spans) for key, spans in PhraseFinder(queries).find(text).items()}
    expected = {query: count(query, text) for query in queries}
    assert found == {query: number for query, number in expected.items() if number}
