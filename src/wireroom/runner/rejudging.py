"""What would other rules say of articles judged long ago? Topics and quality anew; the archive is only read.

Texts come from the archive a few hundred at a time, so memory stays flat however many articles there are.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import structs

from wireroom.intake.appraise import quality_of
from wireroom.intake.classify import Tagger
from wireroom.ports.moment import Moment
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId
from wireroom.records.policy import Policy

AT_ONCE = 250
"""Articles whose texts are held together: about 2 MB."""

T = TypeVar("T")


class Rejudge:
    """Judges by one policy."""

    def __init__(self, moment: Moment, policy: Policy) -> None:
        self._moment = moment
        self._policy = policy
        self._tagger = Tagger(policy)

    def __call__(self, snapshot: Snapshot, wanted: Collection[ArticleId]) -> Snapshot:
        """Return the snapshot with topics and quality of the wanted articles as this policy judges them.

        Copies and stories stay as they were found: they do not depend on topics or presets. Imported posts carry the
        scores of their files.
        """
        named = (one for one in snapshot.candidates if one.article.id in wanted and not one.imported)
        new = {one.article.id: one for some in _in_parts(named, AT_ONCE) for one in self._judged_anew(some)}
        return structs.replace(snapshot, candidates=tuple(new.get(one.article.id, one) for one in snapshot.candidates))

    def _judged_anew(self, some: Sequence[Candidate]) -> Iterator[Candidate]:
        dedicated = self._moment.dedicated([one.article.id for one in some])
        for one, article in zip(some, with_texts(self._moment, some), strict=True):
            topics = self._tagger.match(article, dedicated=article.id in dedicated)
            yield structs.replace(one, topics=topics, quality=quality_of(article, self._policy, topics, one.copy))


def with_texts(moment: Moment, candidates: Sequence[Candidate]) -> Iterator[Article]:
    """Yield the candidates' articles with the texts that candidates leave out."""
    texts = moment.texts([one.article.id for one in candidates])
    for one in candidates:
        yield structs.replace(one.article, text=texts.get(one.article.id, ""))


def _in_parts(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while part := list(islice(items, size)):
        yield part
