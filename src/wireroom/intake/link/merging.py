"""When are two stories one, and what becomes of the links of the one that is gone?"""

from collections.abc import Container, Iterable
from datetime import datetime

from msgspec import Struct, structs

from wireroom.intake.link.evidence import Evidence
from wireroom.intake.link.shelf import Shelf
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
    free = [home for _, home in homes if not any(shelf.profiles[number].article in ruled for number in home.members)]
    merged = []
    for gone in free[1:]:
        if free[0].resemblance(gone) >= least:
            moved = tuple(shelf.profiles[number].article for number in gone.members)
            merged.append(Merged(kept=free[0].id, gone=gone.id, moved=moved))
            shelf.merge(free[0], gone)
    return merged


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
