"""What did the publisher change since the reading before, that a reader would notice?

Counters, related links, spacing and punctuation are noise; the body counts when its sentences change.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from wireroom.records.articles import Article
from wireroom.records.versions import Change, Version
from wireroom.text.tokens import sentences, words

LEAST_CHANGE = 0.02
"""Share of the body's words that must differ: below it stand view counters, clocks and "x minutes ago"."""
_MOST_SENTENCES = 400
_NUMBERS = re.compile(r"\d+")


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
    if (
        old is not None
        and new is not None
        and old.replace(second=0, microsecond=0) != new.replace(second=0, microsecond=0)
    ):
        yield Change(field="published_at", before=old.isoformat(), after=new.isoformat())


def _body(before: Article, after: Article) -> Iterator[Change]:
    if not before.text or not after.text or before.text_hash == after.text_hash != "":
        return
    old, new = sentences(before.text)[:_MOST_SENTENCES], sentences(after.text)[:_MOST_SENTENCES]
    keys = [[_key(sentence) for sentence in side] for side in (old, new)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    spans = [step for step in steps if step[0] != "equal"]
    gone = [sentence for _, start, end, _, _ in spans for sentence in old[start:end]]
    came = [sentence for _, _, _, start, end in spans for sentence in new[start:end]]
    changed = max(sum(map(len, gone)), sum(map(len, came)))
    if changed >= LEAST_CHANGE * max(len(before.text), len(after.text)):
        yield Change(field="text", before=" ".join(gone), after=" ".join(came))


def _key(sentence: str) -> tuple[str, ...]:
    """Return a sentence's words without its numbers, which tick."""
    return words(_NUMBERS.sub("#", sentence))
