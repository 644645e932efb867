"""Which story does each article belong to, taken one by one in order of publication?

The same articles in the same order give the same stories. It must not read a clock or forget a link it was told.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from wireroom.intake.link.because import copied, joined
from wireroom.intake.link.beside import Asked, ahead, beside
from wireroom.intake.link.decide import likely, margin, merge_from, wanted
from wireroom.intake.link.evidence import Evidence, weigh
from wireroom.intake.link.measures import EVERYTHING
from wireroom.intake.link.merging import AGAIN, Merged, merge, unite
from wireroom.intake.link.profile import Profile, profile
from wireroom.intake.link.shelf import Near, Shelf
from wireroom.intake.link.told import Gazetteer
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.ids import ArticleId, BeatId, StoryId, story_id
from wireroom.records.rulings import Ruling
from wireroom.records.stories import Named, NearStory, StoryLink
from wireroom.text.paid import paid_for

JUDGE = "link/8"
"""Raise it when a change could move an article to another story."""

LARGEST = 1000
"""Reports in one story before nothing more joins by likeness: the largest of 47 stories of UCI's dev half has 317."""


PAID = "stands alone: it gives itself out as paid for"
"""How the reason of a link begins whose article reports nothing: no report joins it."""


class Choice(Struct, frozen=True, kw_only=True):
    """A story for an article, why, and through which member."""

    story: StoryId
    because: str
    score: float = 1.0
    to: ArticleId | None = None
    copied: bool = False
    near: tuple[NearStory, ...] = ()
    alone: int | None = None
    """The likeliest report that nothing has joined yet and that may tell the same: it is looked at again."""


BEHIND = 0.3
"""Likeness behind the most alike story from which none was ever joined on our sets."""
DOUBT = 0.5
"""Probability below that of a join from which a story is named as ambiguous …"""
MOST_NEAR = 3
"""… and how many such stories a link names, the likeliest first."""
AGAIN_FROM = 0.25
"""Probability that an article tells the story of a lone report from which that report, the likeliest, is looked at
again. From .05 on, and all of them, costs three times as much and joins hardly more."""


class Linker:
    """The stories of one beat under way; `rulings` are the standing ones on stories, by article."""

    def __init__(
        self,
        beat: BeatId,
        window_h: float,
        known: Iterable[tuple[Article, StoryLink]] = (),
        *,
        rulings: Mapping[ArticleId, Ruling] | None = None,
        gazetteer: Iterable[Named] = (),
    ) -> None:
        self._beat = beat
        self._shelf = Shelf(window_h)
        self._merged: list[Merged] = []
        self._rulings = rulings or {}
        self._gazetteer = Gazetteer(gazetteer)
        known = tuple(known)
        self._paid = {link.story for _, link in known if link.because.startswith(PAID)}
        for article, link in known:
            self._shelf.add(profile(article), link.story, hidden=link.story in self._paid, copied=link.copied)

    def assign(self, article: Article, copy: CopyJudgement | None = None, *, now: datetime) -> StoryLink:
        """Join the article to the story whose happening it tells, or open one; a ruling comes before both."""
        seen = profile(article)
        choice = self._ruled(seen) or self._kept(seen, copy) or self._alone(article) or self._choose(seen)
        if article.id not in self._shelf.number_of:
            self._shelf.add(seen, choice.story, hidden=choice.story in self._paid, copied=choice.copied)
            if choice.alone is not None:
                self._look_again(choice.alone)
        return StoryLink(
            beat=self._beat,
            article=article.id,
            story=choice.story,
            judge=JUDGE,
            judged_at=now,
            because=choice.because,
            score=round(choice.score, 4),
            to=choice.to,
            copied=choice.copied,
            told=self._gazetteer.told(article),
            near=choice.near,
        )

    def _ruled(self, seen: Profile) -> Choice | None:
        """Return the story that a person put the article into."""
        ruling = self._rulings.get(seen.article)
        if ruling is None or ruling.story is None:
            return None
        return Choice(story=ruling.story, because=f"{ruling.by} ruled {ruling.kind}: {ruling.reason}")

    def oversized(self, usual: int) -> tuple[tuple[StoryId, int], ...]:
        """Return stories with more reports than `usual`, the most this beat has ever seen, largest first."""
        large = {story.id: len(story.members) for story in self._shelf.home if len(story.members) > usual}
        return tuple(sorted(large.items(), key=lambda pair: (-pair[1], pair[0])))

    def merged(self) -> tuple[Merged, ...]:
        """Return the merges since this was last asked: every report of a story that is gone has a new link to get."""
        found, self._merged = self._merged, []
        return tuple(found)

    def _kept(self, seen: Profile, copy: CopyJudgement | None) -> Choice | None:
        """Keep the story, or follow the original."""
        shelf = self._shelf
        if (number := shelf.number_of.get(seen.article)) is not None:
            return Choice(story=shelf.home[number].id, because=AGAIN)
        if copy is None or copy.copy_of not in shelf.number_of:
            return None
        number = shelf.number_of[copy.copy_of]
        because = copied(copy, shelf.profiles[number])
        return Choice(story=shelf.home[number].id, because=because, to=copy.copy_of, copied=True)

    def _alone(self, article: Article) -> Choice | None:
        """Open a story that nothing but copies can join for what is no report."""
        words = paid_for(article)
        if words is None:
            return None
        opened = story_id(self._beat, article.id)
        self._paid.add(opened)
        return Choice(story=opened, because=f"{PAID} (“{words}”)")

    def _choose(self, seen: Profile) -> Choice:
        """Join or open."""
        shelf = self._shelf
        fits = self._fits(seen)
        alone = next((one.nearest for over, _, one in fits if self._is_again(over, one)), None)
        if not fits or fits[0][0] < 0:
            opened = story_id(self._beat, seen.article)
            because = "opens a story: no recent report tells this"
            return Choice(story=opened, because=because, near=self._doubtful(seen, fits, opened), alone=alone)
        over, _, best = fits[0]
        self._merged += merge(shelf, [one for over, _, one in fits if over >= 0], merge_from(best), self._rulings)
        nearest = shelf.profiles[best.nearest]
        story = shelf.home[best.nearest].id
        return Choice(
            story=story,
            because=joined(seen, nearest),
            score=min(1.0, 0.5 + over),
            to=nearest.article,
            near=self._doubtful(seen, fits, story),
            alone=alone,
        )

    def _fits(self, seen: Profile, itself: int | None = None) -> list[tuple[float, int, Evidence]]:
        """Hold an article against all stories near it, the likeliest first."""
        near = evidence(self._shelf, seen, wanted(), itself)
        roomy = [one for one in near if len(self._shelf.home[one.nearest].members) < LARGEST]
        return sorted(((margin(one), -one.nearest, one) for one in roomy), reverse=True)

    def _is_again(self, over: float, one: Evidence) -> bool:
        """Tell whether to look again at a lone report; two headlines say too little to be asked twice."""
        if not one.textual or likely(over, one) < AGAIN_FROM:
            return False
        return len(self._shelf.home[one.nearest].members) == 1

    def _look_again(self, number: int) -> None:
        """Join a report that stands alone to the story it turns out to tell, now that another has reported."""
        home = self._shelf.home[number]
        fits = self._fits(self._shelf.profiles[number], number) if len(home.members) == 1 else []
        if fits and fits[0][0] >= 0:
            self._merged += unite(self._shelf, (home, self._shelf.home[fits[0][2].nearest]), self._rulings)

    def _doubtful(self, seen: Profile, fits: list[tuple[float, int, Evidence]], own: StoryId) -> tuple[NearStory, ...]:
        """Name the stories that were nearly joined, for the editor to decide."""
        found: dict[StoryId, NearStory] = {}
        for over, _, one in fits:
            if over < -DOUBT or len(found) == MOST_NEAR:
                break
            story = self._shelf.home[one.nearest].id
            if story != own and story not in found:
                because = joined(seen, self._shelf.profiles[one.nearest])
                found[story] = NearStory(story=story, score=round(0.5 + over, 4), because=because)
        return tuple(found.values())


def evidence(
    shelf: Shelf, seen: Profile, wants: Mapping[bool, frozenset[str]] = EVERYTHING, itself: int | None = None
) -> list[Evidence]:
    """Measure an article against every story near it; what is far behind the most alike is not looked at.

    An article that is on the shelf already, alone in its story, is not held against `itself`.
    """
    rows: dict[int, list[Near]] = {}
    for one in shelf.near(seen):
        if one.number != itself:
            rows.setdefault(shelf.home[one.number].number, []).append(one)
    best = max((near[0].likeness for near in rows.values()), default=0.0)
    asked = Asked.of(seen, shelf, wants, counted=itself is not None)
    close = [beside(asked, near, shelf, wants) for near in rows.values() if near[0].likeness > best - BEHIND]
    # Names count half: those of a town or a firm stand in all that is told of it.
    lead = ahead(asked, [(one.cover + one.deeds) / 2 for one in close])
    return [weigh(asked, one, shelf, best, gap) for one, gap in zip(close, lead, strict=True)]
