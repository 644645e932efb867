"""What becomes of a document: a feed, a page, a piece of HTML?"""

import gzip
import io
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from msgspec import Struct

from wireroom.app.beat import Beat
from wireroom.app.trials import Unusable
from wireroom.intake.classify import Tagger
from wireroom.intake.extract import Conflict, find_conflicts
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.records.articles import Article, Image, Unread
from wireroom.records.entries import Enclosure, FeedItem, Person
from wireroom.records.ids import page_id
from wireroom.records.pages import Page
from wireroom.runner.reading import LIMIT_S, Job, PageReaders
from wireroom.text.encodings import decode
from wireroom.text.sanitize import sanitize

UNPACKED_MOST = 60_000_000
"""Bytes a .gz may unpack to."""
NOWHERE = "http://localhost.invalid/"
"""Base of relative links where no address was given; reserved, so it can never be visited."""


class EntryLine(Struct, frozen=True, kw_only=True):
    """An item in the line of `try parse`; dates are UTC."""

    id: str
    title: str | None
    link: str | None
    published: datetime | None
    updated: datetime | None
    authors: tuple[Person, ...]
    summary: str | None
    content: str | None
    tags: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    language: str | None


class ParseLine(Struct, frozen=True, kw_only=True):
    """The line of `try parse`."""

    input: str
    format: str
    encoding: str
    title: str | None
    link: str | None
    entries: tuple[EntryLine, ...]
    repairs: tuple[str, ...]


class ProviderLine(Struct, frozen=True, kw_only=True):
    """A provider in the line of `try extract`."""

    name: str
    domain: str | None


class ImageLine(Struct, frozen=True, kw_only=True):
    """An image in the line of `try extract`."""

    url: str
    width: int | None
    height: int | None


class ExtractLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """The line of `try extract`."""

    input: str
    url: str
    canonical_url: str
    amp_url: str | None
    cdn_amp_url: str | None
    title: str
    excerpt: str
    published_date_time: datetime | None
    date_method: str | None
    date_confidence: float
    updated_date_time: datetime | None
    authors: tuple[str, ...]
    provider: ProviderLine
    images: tuple[ImageLine, ...]
    language: str | None
    type: str
    paywalled: bool
    topics: tuple[str, ...]
    text: str
    section: str | None
    keywords: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    """What the page states in more than one way, the statement that we took first."""


class SanitizeLine(Struct, frozen=True, kw_only=True):
    """The line of `try sanitize`."""

    input: str
    html: str


def unpacked(name: str, body: bytes) -> bytes:
    """Unpack a .gz file; refuse one that unpacks to more than we would ever fetch."""
    if not name.endswith(".gz"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            plain = stream.read(UNPACKED_MOST + 1)
    except (OSError, EOFError) as error:
        raise Unusable(f"not a gzip file: {error}") from None
    if len(plain) > UNPACKED_MOST:
        raise Unusable(f"unpacks to more than {UNPACKED_MOST:,} bytes")
    return plain


def read_headers(path: Path) -> dict[str, str]:
    """Read `Name: value` lines; names become lower case."""
    pairs = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def try_parse(name: str, body: bytes, url: str | None, headers: Mapping[str, str]) -> ParseLine:
    """Parse a feed document."""
    base = url or headers.get("content-location") or NOWHERE
    feed = parse_feed(unpacked(name, body), url=base, content_type=headers.get("content-type"))
    if isinstance(feed, Unreadable):
        raise Unusable(feed.reason)
    return ParseLine(
        input=name,
        format=feed.format,
        encoding=feed.encoding,
        title=feed.title,
        link=feed.link,
        entries=tuple(_entry(item, item.link or feed.link or base) for item in feed.items),
        repairs=feed.repairs,
    )


def _entry(item: FeedItem, base: str) -> EntryLine:
    return EntryLine(
        id=item.key,
        title=item.title,
        link=item.link,
        published=item.published,
        updated=item.updated,
        authors=item.authors,
        summary=None if item.summary is None else sanitize(item.summary, base),
        content=None if item.content is None else sanitize(item.content, base),
        tags=item.tags,
        enclosures=item.enclosures,
        language=item.language,
    )


def try_sanitize(name: str, body: bytes) -> SanitizeLine:
    """Sanitise a piece of HTML."""
    return SanitizeLine(input=name, html=sanitize(decode(unpacked(name, body)).text))


def manifest_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a manifest; files in it are found from its own folder."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.dumps({"folder": str(path.parent), **json.loads(line)}, ensure_ascii=False)


class PageTrial:
    """Reads pages as the intake would, with the providers and topics of a beat when one is given.

    A helper process reads them, within the limits of time and memory that a run has; `with` lets it go.
    """

    def __init__(self, beat: Beat | None, now: datetime, *, limit_s: float = LIMIT_S) -> None:
        self._providers = beat.policy.providers if beat else ()
        self._tagger = Tagger(beat.policy) if beat else None
        self._now = now
        self._readers = PageReaders(1, limit_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._readers.close()

    def try_line(self, line: str) -> ExtractLine:
        """Read the page that a manifest line names."""
        wanted = json.loads(line)
        file = Path(wanted["folder"], wanted["file"])
        return self.try_page(wanted["file"], file.read_bytes(), wanted["url"])

    def try_page(self, name: str, body: bytes, url: str | None) -> ExtractLine:
        """Read one page."""
        if url is None:
            raise Unusable("no address given; add --url URL, or use --manifest FILE")
        page = Page(id=page_id(url, ""), url=url, final_url=url, fetched_at=self._now, outcome="fetched")
        job = Job(
            unread=Unread(page=page, entries=()),
            body=unpacked(name, body),
            providers=self._providers,
            now=self._now,
        )
        (reading, _), *_ = self._readers.read([job])
        if reading.article is None:
            raise Unusable(reading.problem or "no article in it")
        return self._line(name, url, reading.article)

    def _line(self, name: str, url: str, article: Article) -> ExtractLine:
        return ExtractLine(
            input=name,
            url=url,
            canonical_url=article.canonical_url,
            amp_url=article.amp_url,
            cdn_amp_url=article.cdn_amp_url,
            title=article.title,
            excerpt=article.excerpt,
            published_date_time=article.published_at,
            date_method=article.date_method,
            date_confidence=article.date_confidence,
            updated_date_time=article.updated_at,
            authors=article.authors,
            provider=ProviderLine(name=article.provider.name, domain=article.provider.domain),
            images=tuple(_image(image) for image in article.images),
            language=article.language,
            type=article.type,
            paywalled=article.paywalled,
            topics=self._topics(article),
            text=article.text,
            section=article.section,
            keywords=article.keywords,
            conflicts=find_conflicts(article.evidence),
        )

    def _topics(self, article: Article) -> tuple[str, ...]:
        if self._tagger is None:
            return ()
        judged = self._tagger.judge(article, dedicated=False, now=self._now)
        return tuple(match.topic for match in judged.matches)


def _image(image: Image) -> ImageLine:
    return ImageLine(url=image.url, width=image.width, height=image.height)
