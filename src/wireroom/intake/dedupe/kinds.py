"""What kind of copy is it, and what proves it?

Rules on measures and credits; each with the observation behind its number. It must not look for candidates.
"""

import re

from msgspec import Struct

from wireroom.intake.dedupe.cabinet import Filed, site
from wireroom.intake.dedupe.credit import is_release, licence_line
from wireroom.intake.dedupe.likeness import LONGEST, Likeness
from wireroom.intake.dedupe.passage import as_written
from wireroom.records.copies import CopyKind
from wireroom.records.ids import ArticleId
from wireroom.text.similarity import jaccard
from wireroom.text.tokens import words

SAME = 0.9
"""Common runs from which two texts are one: below, something a reader would notice differs."""
NEAR = 0.75
"""An edited copy keeps three quarters of its runs of four words …"""
REWRITTEN = 0.5
"""… or half of them under the same headline; a rewriter writes a headline of his own."""
WHOLE = 0.95
"""A shortened copy stands in its original as it is."""
_NOBODY = re.compile(
    r"(?:web|news|site)?\s*(?:staff|admin|administrator|editor|editors|team|desk|webmaster|newsroom)", re.IGNORECASE
)
"""Bylines without a person."""


class Finding(Struct, frozen=True, kw_only=True):
    """A kind of copy, of which article, and the proof."""

    kind: CopyKind
    original: ArticleId | None = None
    proof: str = ""


NOTHING = Finding(kind=CopyKind.ORIGINAL)


def name_copy(copy: Filed, original: Filed, likeness: Likeness, *, root: Filed, habitual: bool) -> Finding:
    """Name the kind of a copy; `root` is the first of its text, `habitual`: the site takes texts without credit."""
    kind, because = _kind(copy, original, likeness, habitual=habitual)
    if any(is_release(one.article, one.credit) for one in (copy, root)):
        kind, because = CopyKind.PRESS_RELEASE, "repeats a press release"
    passage = f"“{as_written(copy.article.text[:LONGEST], likeness.proof)}”" if likeness.proof else ""
    proof = ": ".join(part for part in (because, passage) if part)
    return Finding(kind=kind, original=original.root, proof=proof)


def _kind(copy: Filed, original: Filed, likeness: Likeness, *, habitual: bool) -> tuple[CopyKind, str]:
    """Return the kind and what besides the passage proves it."""
    elsewhere = site(copy.article) != site(original.article)
    faithful = likeness.inside >= WHOLE
    licence = licence_line(copy.article.text)
    if elsewhere and faithful and ((copy.credit and not copy.credit.own) or licence):
        return CopyKind.SYNDICATED, copy.credit.proof if copy.credit else licence or ""
    if not faithful and likeness.same < (REWRITTEN if _same_headline(copy, original) else NEAR):
        return CopyKind.REWRITTEN, f"{likeness.runs} passages in the same order"
    if elsewhere and faithful and (habitual or _signed_by_nobody(copy)):
        return CopyKind.SCRAPER, "taken whole, without credit" + (", as from other publishers" if habitual else "")
    return (CopyKind.EXACT if likeness.same >= SAME else CopyKind.NEAR), ""


def _same_headline(one: Filed, other: Filed) -> bool:
    """Tell whether two headlines share most of their words."""
    return jaccard(words(one.article.title), words(other.article.title)) > 0.5


def _signed_by_nobody(copy: Filed) -> bool:
    """Tell whether a byline is given and names no person."""
    authors = copy.article.authors
    return bool(authors) and all(_NOBODY.fullmatch(author.strip()) for author in authors)
