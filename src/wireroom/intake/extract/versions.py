"""What did the publisher change since the reading before, that a reader would notice?

Counters, clocks, related links, spacing and punctuation are noise; the body counts when its sentences change, with the
figures in them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from wireroom.records.articles import Article
from wireroom.records.versions import Change, Version
from wireroom.text.tokens import sentences, words

LEAST_CHANGE = 0.02
"""Share of the body that must differ: below it stand corrected typos."""
ENOUGH_CHANGE = 40
"""Characters that are a change in a body of any length: a short sentence with another figure in it."""
_FEWEST_WORDS = 8
_LONGEST_LINE = 80
"""Characters; a line without a full stop is a counter, a clock or a label until it is as long as this."""
_PROSE_END = tuple(".!?…。\uff01\uff1f।؟\u06d4\"”»“'’」")
_ASIDE = re.compile(r"\([^()]*\)")
_NUMBERS = re.compile(r"\d+")
_Keyed = tuple[tuple[str, ...], str]
"""A sentence, and before it what it has in common with those that say the same."""


def compare(before: Article, after: Article) -> Version | None:
    """Return the new version that the later reading makes, None when nothing noticeable changed."""
    changes = (*_title(before, after), *_date(before, after), *_body(before, after))
    if not changes:
        return None
    return Version(article=after.id, number=before.version + 1, seen_at=after.read_at, changes=changes)


def _title(before: Article, after: Article) -> Iterator[Change]:
    if words(before.title) != words(after.title):
        yield Change(field="title", before=before.title, after=after.title)


def _date(before: Article, after: Article) -> Iterator[Change]:
    old, new = before.published_at, after.published_at
    if old is not None and new is not None and not _is_same(old, new, before, after):
        yield Change(field="published_at", before=old.isoformat(), after=new.isoformat())


def _is_same(old: datetime, new: datetime, before: Article, after: Article) -> bool:
    """Tell whether two stamps can be one moment: to the minute, or but for what one statement leaves out."""
    apart = abs(old.replace(second=0, microsecond=0) - new.replace(second=0, microsecond=0))
    if not apart or (old.date() == new.date() and _MIDNIGHT in {old.time(), new.time()}):
        return True
    no_zone = any((article.date_method or "").endswith("/no-zone") for article in (before, after))
    return no_zone and apart <= _FARTHEST_ZONE and apart % timedelta(minutes=30) == timedelta(0)


_MIDNIGHT, _FARTHEST_ZONE = time(), timedelta(hours=14)


def _body(before: Article, after: Article) -> Iterator[Change]:
    if not before.text or not after.text or before.text_hash == after.text_hash != "":
        return
    old, new = ([(_key(sentence), sentence) for sentence in sentences(side.text)] for side in (before, after))
    gone, came = list(_only(old, new)), list(_only(new, old))
    changed = max(sum(map(len, gone)), sum(map(len, came)))
    if changed and changed >= min(ENOUGH_CHANGE, LEAST_CHANGE * max(len(before.text), len(after.text))):
        yield Change(field="text", before=" ".join(gone), after=" ".join(came))


def _only(these: Sequence[_Keyed], others: Sequence[_Keyed]) -> Iterator[str]:
    """Yield the prose that the others lack, wherever it stands: what only moved did not change."""
    left = Counter(key for key, _ in others)
    for key, sentence in these:
        left[key] -= 1
        if left[key] < 0 and _is_prose(sentence):
            yield sentence


def _is_prose(sentence: str) -> bool:
    return sentence.endswith(_PROSE_END) or len(sentence) >= _LONGEST_LINE


def _key(sentence: str) -> tuple[str, ...]:
    """Return a sentence's words; without the numbers where they tick: in short lines and in brackets, as quotes do."""
    told = words(_ASIDE.sub(" ", sentence))
    return told if len(told) >= _FEWEST_WORDS else words(_NUMBERS.sub("#", sentence))
