import random

from wireroom.intake.link.index import Index
from wireroom.intake.link.profile import HEAD_TERMS, Bag

WORDS = [f"word{number}" for number in range(300)]


def heads(count: int) -> list[Bag]:
    """Invent heads of every length; many of their weights are the same."""
    rng = random.Random(1)
    sizes = [rng.randrange(HEAD_TERMS + 1) for _ in range(count)]
    return [bag(rng.sample(WORDS, size), rng.choices([0.1, 0.2, 0.3], k=size)) for size in sizes]


def bag(words: list[str], weights: list[float]) -> Bag:
    return Bag.of(tuple(words), weights)


def test_all_candidates_at_once_are_as_alike_as_one_by_one() -> None:
    index, told = Index(), heads(600)  # more than the first rows
    for head in told:
        index.add(head, head.terms)
    asked = bag(["unheard", *WORDS[7:40]], [0.17] * 34)
    numbers = [599, 3, 0, 311]
    assert index.likeness(asked, numbers) == [told[number].likeness(asked.mapping()) for number in numbers]
    assert index.likeness(asked, []) == []


def test_who_shares_most_is_found_under_each_words_newest_and_of_equals_the_newest_comes_first() -> None:
    index, told = Index(), heads(600)
    for number, head in enumerate(told):
        index.add(head, () if number % 5 == 0 else head.terms)
    asked = {"unheard": 1.0} | {word: 0.1 + at % 3 / 10 for at, word in enumerate(WORDS[:24])}
    shared: dict[int, float] = {}
    for word, weight in asked.items():
        for number in [number for number, head in enumerate(told) if number % 5 and word in head.terms][-40:]:
            shared[number] = shared.get(number, 0.0) + weight
    expected = sorted(shared, key=lambda number: (shared[number], number), reverse=True)
    for most in (1, 32, 10_000):
        assert index.sharing(asked, 40, most) == expected[:most]
    assert index.sharing({"unheard": 1.0}, 40, 32) == []
    assert index.frequencies(["unheard", "word1"]) == [
        0,
        sum("word1" in head.terms for at, head in enumerate(told) if at % 5),
    ]
