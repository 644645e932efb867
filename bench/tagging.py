"""How fast are topics found, against one compiled regular-expression alternation in the same run?

    python bench/tagging.py

200 topics of five keywords each, over texts made of the same vocabulary; both sides look for whole words without
regard to case, and must find the same keywords. Memory is that of finding the topics of a thousand other texts, and of
three times as many.
"""

import re
import sys
import time
from collections.abc import Callable
from random import Random

from apart import GROWTH, apart
from wireroom.intake.classify.keywords import PhraseFinder

TOPICS, KEYWORDS, TEXTS, WORDS = 200, 5, 300, 400
FLOOR, OTHERS = 12, 1000


def vocabulary(dice: Random) -> list[str]:
    parts = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va"]
    return ["".join(dice.choices(parts, k=dice.randint(2, 4))) for _ in range(6000)]


def taxonomy(dice: Random) -> tuple[list[str], list[str]]:
    """Return words, and keywords made of them."""
    words = vocabulary(dice)
    phrases = {" ".join(dice.choices(words, k=dice.choice((1, 1, 2, 3)))) for _ in range(TOPICS * KEYWORDS)}
    return words, sorted(phrases)


def found_in(number: int) -> int:
    """Return how many keywords are found in so many texts, each made when its turn comes."""
    dice = Random(7)
    words, phrases = taxonomy(dice)
    finder = PhraseFinder(phrases)
    return sum(len(finder.find(text(dice, words, phrases))) for _ in range(number))


def main() -> int:
    dice = Random(7)
    words, phrases = taxonomy(dice)
    texts = [text(dice, words, phrases) for _ in range(TEXTS)]
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})\b", re.IGNORECASE)
    finder = PhraseFinder(phrases)

    ours, found = timed(lambda body: set(finder.find(body)), texts)
    theirs, expected = timed(lambda body: {hit.lower() for hit in pattern.findall(body)}, texts)
    if not all(less <= more for less, more in zip(expected, found, strict=True)):
        raise SystemExit("the two sides disagree")
    size = sum(map(len, texts)) / 1e6
    print(f"{len(phrases)} keywords of {TOPICS} topics over {TEXTS} texts, {size:.1f} million characters")
    print(f"regular expression  {theirs:8.3f} s  {size / theirs:8.2f} M characters/s")
    print(f"phrase finder       {ours:8.3f} s  {size / ours:8.2f} M characters/s")
    print(f"ratio               {theirs / ours:8.1f}  (floor {FLOOR})")
    (_, small), (_, peak) = apart(found_in, OTHERS), apart(found_in, 3 * OTHERS)
    print(f"memory              {peak:8.0f} MB, for three times the texts × {peak / small:.2f} (limit {GROWTH})")
    return 1 if theirs / ours < FLOOR or peak / small > GROWTH else 0


def text(dice: Random, words: list[str], phrases: list[str]) -> str:
    body = dice.choices(words, k=WORDS)
    for _ in range(8):
        body.insert(dice.randrange(len(body)), dice.choice(phrases))
    return " ".join(word.title() if dice.random() < 0.1 else word for word in body)


def timed(find: Callable[[str], set[str]], texts: list[str]) -> tuple[float, list[set[str]]]:
    """Return the best of three runs in seconds, and what was found."""
    best, found = float("inf"), []
    for _ in range(3):
        start = time.perf_counter()
        found = [find(body) for body in texts]
        best = min(best, time.perf_counter() - start)
    return best, found


if __name__ == "__main__":
    sys.exit(main())
