"""What does a report name, count and quote?

Names come from the beat's gazetteer, from capitals in running text and from the page's own keywords. It must not decide
which story is told: that is what the names are evidence for.
"""

import re
from collections import Counter
from collections.abc import Iterable

from wireroom.intake.link.profile import is_telling_number
from wireroom.records.articles import Article
from wireroom.records.stories import Named, Thing, Told
from wireroom.text.names import names
from wireroom.text.tokens import fold, words

MOST_THINGS, MOST_NUMBERS, MOST_QUOTES = 10, 8, 4
"""What is kept of a report: it travels with its link through every snapshot, so it must stay small."""
QUOTED_WORDS = 4
QUOTE_CHARS = 90
LONGEST_NAME = 5
"""Words of a gazetteer's name that are looked for in headlines."""
LONGEST_INITIALS = 5
"""Letters of what may be an abbreviation; more in capitals are a name as datelines set it."""
IN_TITLE = 3
"""Mentions that a place in the headline is worth."""
READ = 12_000
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTE = re.compile(r"[\"“„]([^\"”“„\n]{12,400})[\"”“]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Gazetteer:
    """Known names of a beat; one thing may be spelled in many ways."""

    def __init__(self, known: Iterable[Named]) -> None:
        self._by_name = {fold(name): entry.thing for entry in known for name in (entry.thing.name, *entry.also)}

    def told(self, article: Article) -> Told:
        """Return what an article names, counts and quotes."""
        text = f"{article.excerpt}\n\n{article.text[:READ]}" if article.excerpt else article.text[:READ]
        return Told(things=self._things(article, text), numbers=_numbers(text), quotes=_quotes(text))

    def _things(self, article: Article, text: str) -> tuple[Thing, ...]:
        """Count known names wherever they stand; an unknown one must be said twice, be long, or be a keyword."""
        title = set(self._in_headline(article.title))
        counts: Counter[Thing] = Counter(dict.fromkeys(title, IN_TITLE))
        keywords = {fold(keyword) for keyword in article.keywords}
        headline = fold(article.title)
        outlet = fold(article.provider.name)
        hints = (*article.keywords, *filter(str.istitle, article.title.replace(":", " ").split()))
        for name, count in names(text, hints).items():
            thing = self._by_name.get(fold(name))
            if thing is not None:
                counts[thing] += count
            elif _is_of(fold(name), outlet):  # who reports is no news, be it in a dateline or a promise of more
                continue
            elif count > 1 or " " in name or fold(name) in keywords or fold(name) in headline:
                counts[Thing(name=_set(name))] += count + IN_TITLE * (fold(name) in headline)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
        return tuple(thing for thing, _ in ranked[:MOST_THINGS])

    def _in_headline(self, title: str) -> Iterable[Thing]:
        """Find known names in a headline, whose capitals tell nothing."""
        if not self._by_name:
            return
        told = words(title[:600])
        for size in range(1, LONGEST_NAME + 1):
            for at in range(len(told) - size + 1):
                if (thing := self._by_name.get(" ".join(told[at : at + size]))) is not None:
                    yield thing


def _is_of(name: str, outlet: str) -> bool:
    """Tell whether a name is that of the outlet, without its number, or its initials; both are folded."""
    return name in (outlet, outlet.rstrip("0123456789 "), "".join(word[0] for word in outlet.split()))


def _set(name: str) -> str:
    """Write a name that a dateline sets in capitals like everywhere else."""
    return (
        _SPOKEN.sub(lambda word: word[0].capitalize(), name)
        if name.isupper() and len(name) > LONGEST_INITIALS
        else name
    )


def _numbers(text: str) -> tuple[str, ...]:
    """Return sums and counts in the order of the text."""
    found = (number for number in _NUMBER.findall(text) if is_telling_number(number))
    return tuple(dict.fromkeys(found))[:MOST_NUMBERS]


def _quotes(text: str) -> tuple[str, ...]:
    """Return the beginnings of quoted sentences: enough to know them again, too little to republish them."""
    found = (" ".join(quote.split()).rstrip(" ,;") for quote in _QUOTE.findall(text))
    said = (quote if len(quote) <= QUOTE_CHARS else f"{_begun(quote)}…" for quote in found)
    return tuple(dict.fromkeys(quote for quote in said if quote.count(" ") >= QUOTED_WORDS - 1))[:MOST_QUOTES]


def _begun(quote: str) -> str:
    """Return the beginning of a long quote, cut at a word's end where there is one."""
    begin = quote[: QUOTE_CHARS - 1]
    return (begin.rpartition(" ")[0] or begin).rstrip(" ,;:.…")
