"""How does an editor put reports into other stories? Split, merge and undo are rulings on each report concerned.

A ruling is appended and the report's link re-made; when links are judged again the ruling still stands.
"""

from collections.abc import Iterable, Sequence

from msgspec import structs

from wireroom.desk.review import Words
from wireroom.edition.gather import Happening
from wireroom.errors import UsageError
from wireroom.ports.archive import Archive
from wireroom.records.editions import Candidate
from wireroom.records.ids import ArticleId, BeatId, RulingId, StoryId, digest
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.stories import StoryLink

JUDGE = "desk"


def split(archive: Archive, story: Happening, articles: Sequence[ArticleId], words: Words) -> StoryId:
    """Rule that these reports tell a happening of their own; copies go along with their originals."""
    chosen = set(articles)
    moving = [one for one in story.members if one.article.id in chosen or (one.copy and one.copy.copy_of in chosen)]
    if not moving or len(moving) == len(story.members):
        raise UsageError("a split takes some reports of a story and leaves some: name those that tell something else")
    own = StoryId(digest("split", story.id, *(one.article.id for one in moving))[:16])
    _place(archive, moving, RulingKind.SPLIT, own, words)
    return own


def merge(archive: Archive, kept: Happening, gone: Happening, words: Words) -> None:
    """Rule that all reports of one story tell the happening of another; the id of the one that is gone leads there."""
    if kept.id == gone.id:
        raise UsageError(f"both are story {kept.id} already")
    _place(archive, gone.members, RulingKind.MERGE, kept.id, words)


def undo(archive: Archive, beat: BeatId, story: StoryId, words: Words) -> int:
    """Take the newest standing split or merge that concerns a story back; return how many reports go back."""
    standing = _standing(archive.story_rulings(beat))
    mine = [ruling for ruling in standing if story in {ruling.story, ruling.was}]
    if not mine:
        raise UsageError(f"no ruling on story {story} stands. See: wireroom stories show {story}")
    last = mine[-1]
    back = [one for one in mine if (one.at, one.by, one.kind, one.story) == (last.at, last.by, last.kind, last.story)]
    links = archive.links_of(beat, [ruling.article for ruling in back])
    archive.record_rulings([_ruling(links[one.article], RulingKind.UNDO, one.was or story, words) for one in back])
    archive.record_links(
        [
            structs.replace(
                links[one.article],
                story=one.was or story,
                judge=JUDGE,
                judged_at=words.at,
                because=f"{words.by} took a {one.kind} back: {words.reason}",
                formerly=tuple(name for name in links[one.article].formerly if name != one.was),
            )
            for one in back
        ]
    )
    return len(back)


def _standing(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the rulings on stories that were not taken back, oldest first."""
    standing: list[Ruling] = []
    for ruling in rulings:
        if ruling.kind is not RulingKind.UNDO:
            standing.append(ruling)
            continue
        newest = next((one for one in reversed(standing) if one.article == ruling.article), None)
        if newest is not None:
            standing.remove(newest)
    return standing


def _place(archive: Archive, members: Sequence[Candidate], kind: RulingKind, to: StoryId, words: Words) -> None:
    """Append a ruling for each report and re-make its link."""
    links = [one.link for one in members if one.link is not None]
    archive.record_rulings([_ruling(link, kind, to, words) for link in links])
    archive.record_links(
        [
            structs.replace(
                link,
                story=to,
                judge=JUDGE,
                judged_at=words.at,
                because=f"{words.by} ruled {kind}: {words.reason}",
                near=(),
                formerly=tuple(dict.fromkeys((*link.formerly, link.story))),
            )
            for link in links
        ]
    )


def _ruling(link: StoryLink, kind: RulingKind, to: StoryId, words: Words) -> Ruling:
    return Ruling(
        id=RulingId(digest("ruling", link.beat, link.article, kind, to, words.at.isoformat(), words.by, words.reason)),
        beat=link.beat,
        article=link.article,
        kind=kind,
        reason=words.reason,
        by=words.by,
        at=words.at,
        story=to,
        was=link.story,
    )
