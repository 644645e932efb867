"""What is one piece of journalism, as read from its page?"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct, structs

from wireroom.records.entries import Entry
from wireroom.records.ids import ArticleId, Digest, EntryId, PageId
from wireroom.records.pages import Page
from wireroom.records.sources import Provider

FIGURE = re.compile(r"\d")


class Rendition(Struct, frozen=True, kw_only=True):
    """Our own copy of an image in one size; the bytes, a JPEG, lie in the blob store under `body`."""

    body: Digest
    width: int
    height: int


class Image(Struct, frozen=True, kw_only=True):
    """An image of an article; width and height in pixels are measured from its bytes, None until then."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str | None = None
    is_cached: bool = False
    renditions: tuple[Rendition, ...] = ()
    """Our own copies, smallest first; none when we keep no copy."""


class Picture(Struct, frozen=True, kw_only=True):
    """What measuring an image address gave; width None = not an image we can use, `reason` says why."""

    url: str
    measured_at: datetime
    width: int | None = None
    height: int | None = None
    reason: str | None = None
    copied_at: datetime | None = None
    """When we last tried to keep a copy of it."""
    renditions: tuple[Rendition, ...] = ()
    copy_problem: str | None = None
    """Why there is no copy."""

    def of(self, image: Image) -> Image:
        """Return an image of this address with its true size and the copies that are kept of it."""
        return structs.replace(
            image,
            width=self.width,
            height=self.height,
            is_cached=image.is_cached or bool(self.renditions),
            renditions=self.renditions,
        )


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """One candidate value for a field, where it came from, and how far we trust it (0–1)."""

    field: str
    value: str
    source: str
    """`json-ld`, `open-graph`, `twitter`, `meta`, `link`, `time`, `byline`, `url`, `heading`, `text`, `feed`, …"""
    confidence: float
    chosen: bool = False


class Article(Struct, frozen=True, kw_only=True):
    """One reading of the piece at a canonical address. A changed piece is a new reading with the next `version`."""

    id: ArticleId
    version: int = 1
    page: PageId | None = None
    extractor: str
    """Who read it, e.g. `extract/1`."""
    read_at: datetime
    """When this version was first read."""
    canonical_url: str
    original_url: str
    """The address under which we found it."""
    amp_url: str | None = None
    cdn_amp_url: str | None = None
    title: str
    excerpt: str = ""
    text: str = ""
    """Body text, for judging only; never republished."""
    published_at: datetime | None = None
    date_method: str | None = None
    date_confidence: float = 0.0
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    """Agencies credited in byline or dateline."""
    provider: Provider
    images: tuple[Image, ...] = ()
    language: str | None = None
    type: str = "article"
    """`article`, `video`, `gallery`, `liveblog`, `opinion`, `press-release`."""
    featured_content: str | None = None
    paywalled: bool = False
    section: str | None = None
    keywords: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Absolute addresses that the body links to."""
    evidence: tuple[Evidence, ...] = ()
    text_hash: str = ""
    """Fingerprint of the normalised text; empty when there is too little text to compare."""

    @property
    def figured(self) -> bool:
        """Tell whether there are figures in the excerpt."""
        return FIGURE.search(self.excerpt) is not None

    @property
    def pictured(self) -> bool:
        """Tell whether copies of a picture of it are kept."""
        return any(image.renditions for image in self.images)

    def without_text(self, why: str) -> "Article":
        """Return title, date and link of it, for a publisher who reserves its analysis; evidence says why."""
        reserved = Evidence(field="reservation", value=why, source="terms", confidence=1.0, chosen=True)
        return structs.replace(self, excerpt="", text="", text_hash="", links=(), evidence=(*self.evidence, reserved))

    def measured(self, pictures: Mapping[str, Picture]) -> "Article":
        """Return it with measured image sizes; what measuring showed to be no image is left out."""
        known = ((image, pictures.get(image.url)) for image in self.images)
        images = tuple(
            picture.of(image) if picture else image
            for image, picture in known
            if picture is None or picture.width is not None
        )
        return structs.replace(self, images=images)


class Dated(Protocol):
    """What says when an article came out."""

    @property
    def read_at(self) -> datetime:
        """Return when it was read."""
        ...

    @property
    def published_at(self) -> datetime | None:
        """Return its publication, when that is known."""
        ...


def out_at(article: Dated) -> datetime:
    """Return when an article came out: its publication, else when it was read."""
    return article.published_at or article.read_at


class Reading(Struct, frozen=True, kw_only=True):
    """What one extractor version made of one page: an article, or the reason why there is none."""

    page: PageId
    extractor: str
    read_at: datetime
    article: Article | None = None
    problem: str | None = None
    entries: tuple[EntryId, ...] = ()
    """The entries whose link led to the page."""


class Unread(Struct, frozen=True, kw_only=True):
    """A fetched page that the current extractor has not read, and the entries that link to it."""

    page: Page
    entries: tuple[Entry, ...]
    previous: Article | None = None
    """The newest reading made from the same requested address, when there is one."""
