"""Which topics does a beat know? Reads topics/ and refuses, by line, what would match nothing or everything."""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import yaml
from msgspec import Struct

from wireroom.app.complaints import checked
from wireroom.app.settings import TopicFile
from wireroom.errors import BeatError
from wireroom.intake.classify.combine import OF_TOPIC
from wireroom.intake.classify.keywords import parts
from wireroom.records.ids import TopicId
from wireroom.records.topics import Topic
from wireroom.text.lines import at_line, closest, line_of
from wireroom.text.tokens import fold

SHORTEST = 2
SHORTEST_STEM = 4
"""Letters before a `*`: `ban*` would take the banks and the bandages."""
FARTHEST = 20

FILLERS = frozenset(
    "a about after all also an and are as at be been but by can could did do for from had has have he her his how i "
    "if in into is it its just may more new no not now of on one or other our out said say she should so some than "
    "that the their them then there they this to up was we were what when which who will with would you your "
    "der die das und ist le la les et est el los que de un una il e".split()
)
"""Words that stand in nearly every text: a keyword made of nothing else would match everything."""

_PAGE = re.compile(r"page[0-9]+")
"""`api/news/page2/` is the second page of everything and would be the first page of a topic of that id."""
_NEAR = re.compile(r"\bnear\b", re.IGNORECASE)


class _File(Struct, frozen=True):
    """A topic file as it was read."""

    path: Path
    text: str
    topic: TopicFile

    def wrong(self, found: str, message: str) -> BeatError:
        return BeatError(f"{at_line(self.path, self._entry(found) or line_of(self.text, found))}: {message}")

    def _entry(self, found: str) -> int | None:
        """Return the line that is this list entry and nothing else."""
        entries = (line.strip().removeprefix("- ").strip("'\"") for line in self.text.splitlines())
        return next((number for number, entry in enumerate(entries, 1) if entry.strip() == found), None)


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """Read topics in file order; a parent may be named by id or by name."""
    files = [_read(path) for path in sorted(folder.glob("*.y*ml"))]
    ids = {file.topic.name: file.topic.id for file in files} | {file.topic.id: file.topic.id for file in files}
    _check_ids(files)
    for file in files:
        if (above := file.topic.parent) is not None and above not in ids:
            raise file.wrong(f"parent: {above}", f"parent {above!r} is no topic{closest(above, sorted(ids))}")
        _check_words(file, set(ids.values()))
    _check_cycles(files, ids)
    return tuple(_topic(file.topic, ids) for file in files)


def version_of(topics: tuple[Topic, ...]) -> str:
    """Name the taxonomy's content: a changed keyword makes a new judge, so that articles are judged again."""
    return blake2b(repr(topics).encode(), digest_size=5).hexdigest()


def read_yaml(path: Path) -> object:
    """Read a YAML file of a beat."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader either way
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BeatError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None


def _read(path: Path) -> _File:
    topic = checked(TopicFile, read_yaml(path), path)
    return _File(path, path.read_text(encoding="utf-8"), topic)


def _check_ids(files: list[_File]) -> None:
    seen: dict[str, Path] = {}
    for file in files:
        if _PAGE.fullmatch(file.topic.id):
            raise file.wrong("_id:", f"'_id: {file.topic.id}' is the address of a page of the API; give it another")
        if (first := seen.setdefault(file.topic.id, file.path)) != file.path:
            raise file.wrong("_id:", f"'_id: {file.topic.id}' is already used by {first.name}")


def _check_words(file: _File, known: set[str]) -> None:
    topic = file.topic
    for tag in topic.hashtags:
        if len(tag.strip().lstrip("#")) < SHORTEST:
            raise file.wrong(tag or "hashtags", f"hashtag {tag!r} is too short; write the whole tag or delete it")
    for word in topic.must:
        if word.startswith(OF_TOPIC) and (name := word.removeprefix(OF_TOPIC).strip()) not in known:
            raise file.wrong(word, f"{name!r} is no topic{closest(name, sorted(known))}")
    for word in (*topic.keywords, *topic.must, *topic.without):
        if complaint := next(_complaints(word, may_refer=word in topic.must), None):
            raise file.wrong(word.strip(), f"keyword {word!r} {complaint}")


def is_keyword(word: str) -> bool:
    """Tell whether a word can be a keyword."""
    return next(_complaints(word, may_refer=False), None) is None


def _complaints(word: str, *, may_refer: bool) -> Iterator[str]:
    """Say what is wrong with a keyword, and what to write instead."""
    if word.startswith(OF_TOPIC):
        if not may_refer:
            yield "names a topic; that goes into `must` only"
        return
    pieces = parts(word)
    if _NEAR.search(word) and not _is_near(word, pieces):
        yield f"is no search for two words near each other; write it like face NEAR/6 camera*, up to NEAR/{FARTHEST}"
    for piece in pieces:
        stem = piece.removesuffix("*")
        if "*" in stem or (piece.endswith("*") and len(stem.strip()) < SHORTEST_STEM):
            yield f"needs at least {SHORTEST_STEM} letters before one final *; write the forms that you mean"
        elif len(stem.strip()) < SHORTEST:
            yield "is too short; it would match almost everything: write the phrase that it belongs to, or delete it"
        elif FILLERS.issuperset(fold(stem).split()):
            yield "stands in nearly every text; it would match almost everything: write the phrase that you mean"


def _is_near(word: str, pieces: list[str]) -> bool:
    """Tell whether a keyword with `near` in it is a sound search, or a phrase that only has the word in it."""
    if len(pieces) == 1:
        return "NEAR" not in word and "near/" not in word.lower()
    distance = re.search(r"NEAR/(\d+)", word)
    return len(pieces) == 2 and distance is not None and 1 <= int(distance[1]) <= FARTHEST


def _check_cycles(files: list[_File], ids: Mapping[str, str]) -> None:
    by_id = {file.topic.id: file for file in files}
    parents = {file.topic.id: ids[file.topic.parent] for file in files if file.topic.parent}
    for start in parents:
        chain = [start]
        while (above := parents.get(chain[-1])) is not None:
            if above in chain:
                circle = " → ".join([*chain, above])
                raise by_id[chain[-1]].wrong(
                    "parent:", f"topics are their own parents: {circle}; take one of these parents away"
                )
            chain.append(above)


def _topic(file: TopicFile, ids: Mapping[str, str]) -> Topic:
    return Topic(
        id=TopicId(file.id),
        name=file.name,
        shortname=file.shortname,
        parent=TopicId(ids[file.parent]) if file.parent else None,
        description=file.description or "",
        keywords=tuple(file.keywords),
        must=tuple(file.must),
        without=tuple(file.without),
        hashtags=tuple(file.hashtags),
        images=tuple(file.images),
        services=tuple(file.services),
    )
