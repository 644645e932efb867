"""An edition in two files: what lies on its shelf, and all the rest."""

import os
from pathlib import Path

from msgspec import Struct, msgpack, structs

from wireroom.edition.shelf import Filled, packed
from wireroom.records.editions import Edition


class Kept(Struct, frozen=True):
    """The smaller of the two files."""

    edition: Edition
    """Without posts."""
    posts: list[tuple[int, list[int]]]
    """Bytes of each post, and the numbers of its topics."""


class _Opened:
    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDONLY)

    def look(self, start: int, end: int) -> bytes:
        return os.pread(self._handle, end - start, start)


def write(edition: Edition, file: Path) -> Path:
    bodies = [packed(post) or b"" for post in edition.posts]
    numbers = {topic.id: number for number, topic in enumerate(edition.topics)}
    topics = [[numbers[topic.id] for topic in post.topics] for post in edition.posts]
    kept = Kept(structs.replace(edition, posts=()), list(zip(map(len, bodies), topics, strict=True)))
    file.write_bytes(msgpack.encode(kept))
    file.with_suffix(".posts").write_bytes(b"".join(bodies))
    return file


def read(file: Path) -> Edition:
    kept = msgpack.decode(file.read_bytes(), type=Kept)
    topics, shelf = kept.edition.topics, Filled(_Opened(file.with_suffix(".posts")))
    posts = tuple(shelf.find(size, tuple(topics[number] for number in about)) for size, about in kept.posts)
    return structs.replace(kept.edition, posts=posts)
