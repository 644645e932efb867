"""How common is a word in English? Make the table of text/lexicon.py from SymSpell's frequency dictionary (MIT).

python bench/make_word_shares.py frequency_dictionary_en_82_765.txt > src/wireroom/text/word_shares.txt
"""

import math
import sys
from pathlib import Path

WORDS = 24_000
"""The rest is rarer than one word in ten million and gets the cap anyway."""


def main(source: str) -> None:
    counts = [line.split() for line in Path(source).read_text(encoding="utf-8-sig").splitlines()]
    total = sum(int(count) for _, count in counts)
    rows: dict[int, list[str]] = {}
    for word, count in counts[:WORDS]:
        rows.setdefault(round(-4 * math.log2(int(count) / total)), []).append(word)
    print("# Rarity of English words: 4 × −log2 of the share among all words, then the words. 2026-11.")
    print("# From SymSpell's frequency dictionary (MIT), which joins Google Books n-grams (CC BY 3.0) and SCOWL.")
    for rarity in sorted(rows):
        print(rarity, *sorted(rows[rarity]))


if __name__ == "__main__":
    main(sys.argv[1])
