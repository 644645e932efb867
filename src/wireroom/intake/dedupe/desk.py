"""Is an article the first of its text, or whose copy is it?

Taken one by one in order of publication; every copy is judged with the passage or fact that proves it. It must not drop
an article: a copy is still a record.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import structs

from wireroom.intake.dedupe.cabinet import Cabinet, Filed, site
from wireroom.intake.dedupe.credit import find_credit, names
from wireroom.intake.dedupe.kinds import NOTHING, Finding, name_copy
from wireroom.intake.dedupe.likeness import Likeness, compare
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.policy import Standing

JUDGE = "dedupe/4"
"""Raise it when a change could alter a judgement."""
NO_STANDING = Standing()
MANY_COPIES = 3
"""Publishers from whom a site takes text without credit until it counts as a scraper."""


class CopyDesk:
    """The texts of one beat seen so far."""

    def __init__(
        self, known: Iterable[tuple[Article, CopyJudgement | None]] = (), standing: Standing = NO_STANDING
    ) -> None:
        self._cabinet = Cabinet()
        self._standing = standing
        self._taken: dict[str, set[str]] = {}
        self._overturned: dict[ArticleId, ArticleId] = {}
        """Copies and the true original that took them over, the last one only: each may have come before the other."""
        for article, judgement in known:
            root = judgement.copy_of if judgement is not None and judgement.copy_of else article.id
            self._cabinet.file(Filed(article=article, credit=find_credit(article), root=root))
            if judgement is not None and judgement.copy_of is not None:
                self._note(article, judgement)

    def judge(self, article: Article, *, beat: BeatId, now: datetime) -> CopyJudgement:
        """Judge one article against everything on file, then file it."""
        filed = Filed(article=article, credit=find_credit(article), root=article.id)
        finding = self._find(filed)
        earlier = self._cabinet.filed.get(finding.original) if finding.original else None
        if earlier is not None and self._came_first(filed, earlier):
            finding = self._overturn(filed, earlier)
        self._cabinet.file(structs.replace(filed, root=finding.original or article.id))
        judgement = _written(filed, finding, beat, now)
        self._note(article, judgement)
        return judgement

    def remade(self, *, beat: BeatId, now: datetime) -> tuple[CopyJudgement, ...]:
        """Return the judgements that true originals arriving late have overturned since this was last asked."""
        overturned, self._overturned = self._overturned, {}
        filed, found = self._cabinet.filed, dict[tuple[str, str], Likeness]()
        made = []
        for copy, first in ((filed[copy], filed[first]) for copy, first in overturned.items()):
            texts = copy.article.text, first.article.text
            if texts not in found:  # of hundreds of copies nearly all are the same text
                found[texts] = compare(*texts)
            finding = name_copy(copy, first, found[texts], root=first, habitual=False)
            made.append(_written(copy, structs.replace(finding, original=first.article.id), beat, now))
        return tuple(made)

    def _find(self, filed: Filed) -> Finding:
        """Compare with what is on file and name the likeliest copy."""
        again = self._cabinet.same_headline(filed.article)
        if again is not None:
            proof = f"same headline from the same publisher: {filed.article.title}"
            return Finding(kind=CopyKind.EXACT, original=again.root, proof=proof)
        best, likest = NOTHING, 0.0
        for other in self._cabinet.candidates(filed.article):
            likeness = compare(filed.article.text, other.article.text)
            if likeness.is_copy and likeness.same > likest:
                root, habitual = self._cabinet.filed.get(other.root, other), self._is_habitual(filed, other)
                best, likest = name_copy(filed, other, likeness, root=root, habitual=habitual), likeness.same
        return best

    def _overturn(self, first: Filed, once: Filed) -> Finding:
        """Make a late original the root of all that was taken for copies of another."""
        for other in self._cabinet.copies_of(once.root):
            self._cabinet.file(structs.replace(other, root=first.article.id))
            self._overturned[other.article.id] = first.article.id
        return NOTHING

    def _came_first(self, late: Filed, known: Filed) -> bool:
        """Tell whether the article just read is the original of what is on file: by credit, time, standing."""
        if (credited := _credited(late, known)) is not None:
            return credited
        ours, theirs = late.article.published_at, known.article.published_at
        if ours is None or theirs is None or ours == theirs:
            return self._standing.of(site(late.article)) > self._standing.of(site(known.article))
        return ours < theirs

    def _is_habitual(self, filed: Filed, other: Filed) -> bool:
        """Tell whether a site has taken text from several publishers without credit."""
        taken = self._taken.get(site(filed.article), set())
        return len(taken | {site(other.article)}) >= MANY_COPIES

    def _note(self, article: Article, judgement: CopyJudgement) -> None:
        """Remember from whom a site took text without credit."""
        original = self._cabinet.filed.get(judgement.copy_of) if judgement.copy_of else None
        uncredited = judgement.kind in {CopyKind.EXACT, CopyKind.NEAR, CopyKind.SCRAPER} and not judgement.agency
        if original is not None and uncredited and site(original.article) != site(article):
            self._taken.setdefault(site(article), set()).add(site(original.article))


def _credited(late: Filed, known: Filed) -> bool | None:
    """Tell whether credits make the article just read the original; None when they say nothing."""
    if known.credit is not None and known.credit.own:
        return False
    if late.credit is not None and late.credit.own:
        return True
    if names(known.article.text, late.article.provider.name):
        return True
    return False if late.credit is not None or names(late.article.text, known.article.provider.name) else None


def _written(filed: Filed, finding: Finding, beat: BeatId, now: datetime) -> CopyJudgement:
    """Put a finding on record."""
    credit = filed.credit
    proof = finding.proof or (credit.proof if credit is not None else "")
    return CopyJudgement(
        beat=beat,
        article=filed.article.id,
        judge=JUDGE,
        judged_at=now,
        kind=finding.kind,
        copy_of=finding.original,
        proof=proof,
        agency=credit.agency if credit is not None and credit.kind == "wire" else None,
    )
