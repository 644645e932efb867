"""What does the static JSON API, version 1, serve?

The frozen shape of RECORDS §8: every key always there, `null` for what is missing, never an empty list where the
original had none. Items are made from the fields of a post file, so an imported file and a fresh post give equal items.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from wireroom.edition.render import front_matter, posts, wording
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.yaml_text import Value
from wireroom.edition.shelf import whole
from wireroom.errors import PostError
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File, Post
from wireroom.records.ids import digest
from wireroom.records.topics import Topic

PAGE = 25
"""Items on a page of a list."""

Json = dict[str, Any]
E = TypeVar("E")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Page(Struct, Generic[E], frozen=True):
    """A part of a list."""

    folder: str
    number: int
    following: int | None
    entries: Sequence[E]

    @property
    def place(self) -> tuple[str, str, str]:
        """Return what its file says besides its entries."""
        return self.folder, str(self.number), str(self.following)


def render(edition: Edition, marks: Marks | None = None) -> Iterator[File | Draft]:
    """Write the news lists, the same per topic, the list of topics, and that of newsletters."""
    marks = marks or marks_of(edition)
    published = [post for post in edition.posts if post.published]
    about: dict[str, list[Post]] = {topic.id: [] for topic in edition.topics if "news" in topic.services}
    for post in published:
        for topic in post.topics:
            if topic.id in about:
                about[topic.id].append(post)
    for folder, some in (("api/news", published), *((f"api/news/{name}", found) for name, found in about.items())):
        for page in _pages(folder, some):
            made = partial(_items, page.entries, edition.masthead.locale)
            yield from _drafts(page, marks.key("api", *page.place, marks.of(page.entries)), made)
    yield _file("api/topics/index.json", {"value": topics(edition.topics, edition.masthead.address)})
    for issues in _pages("api/newsletters", newsletters(edition.carried)):
        said = digest(msgspec.json.encode(issues.entries))
        yield from _drafts(issues, marks.key("api", *issues.place, said), partial(list[Json], issues.entries))


def _items(some: Iterable[Post], locale: str) -> list[Json]:
    return [item(post.path, posts.fields(whole(post)), locale) for post in some]


def newsletters(carried: Iterable[File]) -> list[Json]:
    """Return the issues among carried files, newest first, then by path; what has no front matter is none."""
    issues = []
    for file in carried:
        if file.path.startswith("_newsletters/") and (fields := _fields(file)) and fields.get("title"):
            at = _moment(fields.get("publishedDateTime")) or ""
            issues.append((at, {"title": _text(fields["title"]), "path": file.path}))
    issues.sort(key=lambda issue: str(issue[1]["path"]))
    return [item for _, item in sorted(issues, key=lambda issue: issue[0], reverse=True)]


def _fields(file: File) -> Mapping[str, Value]:
    try:
        return front_matter.read(file.body).fields
    except PostError:
        return {}


def item(path: str, fields: Mapping[str, Value], locale: str) -> Json:
    """Return the item of a post, from the fields of its file."""
    return {
        "path": path,
        "title": _text(fields.get("title")) or "",
        "excerpt": _text(fields.get("excerpt")) or "",
        "sourceUrl": None,
        "webUrl": _text(fields.get("webUrl")),
        "originalUrl": _text(fields.get("originalUrl")),
        "featuredContent": _text(fields.get("featuredContent")),
        "highlight": None,
        "heat": fields.get("heat") or 0,
        "tags": None,
        "images": _images(fields.get("images")),
        "content": "",
        "type": _text(fields.get("type")) or "article",
        "ampWebUrl": _text(fields.get("ampWebUrl")),
        "cdnAmpWebUrl": _text(fields.get("cdnAmpWebUrl")),
        "publishedDateTime": _moment(fields.get("publishedDateTime")) or _day_of(path),
        "updatedDateTime": _moment(fields.get("updatedDateTime")),
        "provider": _provider(fields.get("provider")),
        "locale": locale,
        "categories": [_text(fields.get("category")) or "news"],
        "topics": _texts(fields.get("topics")),
    }


def topics(known: Sequence[Topic], address: str) -> list[Json]:
    """Return the topics with the lists that exist for each; `parent` is a name, as in the original taxonomies."""
    names = {topic.id: topic.name for topic in known}
    return [_topic(topic, names.get(topic.parent) if topic.parent else None, address) for topic in known]


def _topic(topic: Topic, parent: str | None, address: str) -> Json:
    return {
        "name": topic.name,
        "shortname": topic.shortname,
        "id": topic.id,
        **({"parent": parent} if parent else {}),
        **({"images": list(topic.images)} if topic.images else {}),
        "services": [{"name": name, "endpoint": f"{address}api/{name}/{topic.id}/"} for name in topic.services],
    }


def _day_of(path: str) -> str:
    """Return the day a post file is named for: readers decode a time in every item, also in an undated one."""
    return f"{path.rpartition('/')[2][:10]}T00:00:00Z"


def _pages(folder: str, entries: Sequence[E]) -> "Iterator[_Page[E]]":
    """Cut a list into pages; an empty one has one."""
    last = max(1, -(-len(entries) // PAGE))
    for number in range(1, last + 1):
        yield _Page(folder, number, number + 1 if number < last else None, entries[(number - 1) * PAGE : number * PAGE])


def _drafts(page: "_Page[Any]", key: str, items: Callable[[], list[Json]]) -> Iterator[Draft]:
    """Plan one page of a list; the first is reached by three routes."""
    make = partial(_listed, page.number, page.following, items)
    if page.number == 1:
        yield Draft(path=f"{page.folder}/index.json", key=key, make=make)
        yield Draft(path=f"{page.folder}/page1/index.json", key=key, make=make)
    yield Draft(path=f"{page.folder}/page/{page.number}/index.json", key=key, make=make)


def _listed(number: int, following: int | None, items: Callable[[], list[Json]]) -> bytes:
    return _json({"page": number, "value": items(), "nextPage": following})


def _json(content: Json) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2)


def _file(path: str, content: Json) -> File:
    return File(path=path, body=_json(content))


def _provider(value: Value) -> Json:
    known = value if isinstance(value, dict) else {}
    return {
        "name": _text(known.get("name")) or "",
        "domain": _text(known.get("domain")),
        "images": _images(known.get("images")),
        "publishers": None,
        "authors": None,
    }


def _images(value: Value) -> list[Json] | None:
    return [_image(one) for one in value if isinstance(one, dict)] or None if isinstance(value, list) else None


def _image(image: Mapping[str, Value]) -> Json:
    return {
        "url": _text(image.get("url")),
        "width": image.get("width"),
        "height": image.get("height"),
        "title": _text(image.get("title")),
        "attribution": None,
        "isCached": image.get("isCached") is True,
    }


def _texts(value: Value) -> list[str]:
    return [text for one in value if (text := _text(one)) is not None] if isinstance(value, list) else []


def _text(value: Value) -> str | None:
    """Return a scalar as text; a lone surrogate, which JSON in UTF-8 cannot hold, becomes U+FFFD."""
    if type(value) is str:
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    return None if value is None or isinstance(value, list | dict) else str(value)


def _moment(value: Value) -> str | None:
    match value:
        case datetime():
            return wording.iso(value if value.tzinfo else value.replace(tzinfo=UTC))
        case date():
            return f"{value.isoformat()}T00:00:00Z"
        case _:
            return _text(value)
