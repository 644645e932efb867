"""When are two stories one, and what becomes of the links of the one that is gone?"""

from collections.abc import Container, Iterable
from datetime import datetime
from operator import attrgetter

from msgspec import Struct, structs

from wireroom.intake.link.evidence import Evidence
from wireroom.intake.link.shelf import Shelf, StoryShelf
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.stories import StoryLink

BECAUSE = "a later report showed that two stories are one"
AGAIN = "a new reading of a report of this story"


class Merged(Struct, frozen=True, kw_only=True):
    """Two stories proved to be one: every report of `gone` that moved, and the story that stays."""

    kept: StoryId
    gone: StoryId
    moved: tuple[ArticleId, ...]


def merge(shelf: Shelf, fits: Iterable[Evidence], least: float, ruled: Container[ArticleId] = ()) -> list[Merged]:
    """Make one of the stories that a report fits, where their centres are alike too; the oldest stays.

    A story with a report that a person placed is left as it is.
    """
    homes = sorted({shelf.home[one.nearest].number: shelf.home[one.nearest] for one in fits}.items())
    free = [home for _, home in homes if not _is_ruled(shelf, home, ruled)]
    return [_one(shelf, free[0], gone) for gone in free[1:] if free[0].resemblance(gone) >= least]


def unite(shelf: Shelf, homes: Iterable[StoryShelf], ruled: Container[ArticleId] = ()) -> list[Merged]:
    """Make one of two stories, as `merge` does, whatever their centres."""
    kept, gone = sorted(homes, key=attrgetter("number"))
    return [] if _is_ruled(shelf, kept, ruled) or _is_ruled(shelf, gone, ruled) else [_one(shelf, kept, gone)]


def _is_ruled(shelf: Shelf, home: StoryShelf, ruled: Container[ArticleId]) -> bool:
    return any(shelf.profiles[number].article in ruled for number in home.all())


def _one(shelf: Shelf, kept: StoryShelf, gone: StoryShelf) -> Merged:
    moved = tuple(shelf.profiles[number].article for number in gone.all())
    shelf.merge(kept, gone)
    return Merged(kept=kept.id, gone=gone.id, moved=moved)


def relinked(link: StoryLink, one: Merged, now: datetime) -> StoryLink:
    """Return the link of a report whose story is gone; it outdates the earlier one."""
    formerly = tuple(dict.fromkeys((*link.formerly, one.gone)))
    because = link.because if BECAUSE in link.because else f"{link.because}; {BECAUSE}"
    return structs.replace(link, story=one.kept, judged_at=now, because=because, formerly=formerly)


def carried(link: StoryLink, earlier: StoryLink | None) -> StoryLink:
    """Return a new link that remembers the stories its article was in before; a new reading keeps its reasons."""
    if earlier is None:
        return link
    if link.because == AGAIN and earlier.story == link.story:
        return structs.replace(earlier, judge=link.judge, judged_at=link.judged_at, told=link.told)
    before = (*earlier.formerly, earlier.story)
    return structs.replace(link, formerly=tuple(dict.fromkeys(name for name in before if name != link.story)))


def placements(rulings: Iterable[Ruling]) -> dict[ArticleId, Ruling]:
    """Return the ruling in force for each article that a person placed, given all of them oldest first."""
    standing: dict[ArticleId, list[Ruling]] = {}
    for ruling in rulings:
        mine = standing.setdefault(ruling.article, [])
        if ruling.kind is not RulingKind.UNDO:
            mine.append(ruling)
        elif mine:
            mine.pop()
    return {article: mine[-1] for article, mine in standing.items() if mine}
