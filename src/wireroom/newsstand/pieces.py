"""What does each article say, where does it live, and what does it repeat? Resolves the data; renders nothing."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zlib import crc32

from msgspec import Struct, structs

from wireroom.newsstand.world import FeedSpec, Outlet, Report, StoryFile, world


class Picture(Struct, frozen=True, kw_only=True):
    """An image of the newsstand: address, size in pixels, format, and what it shows."""

    url: str
    width: int
    height: int
    format: str
    motif: str


class Piece(Struct, frozen=True, kw_only=True):
    """One article, ready to be rendered."""

    key: str
    """`story/report`."""
    outlet: Outlet
    story: StoryFile
    report: Report
    url: str
    amp_url: str | None
    title: str
    later_title: str
    paragraphs: tuple[str, ...]
    published: datetime
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    picture: Picture | None
    """The lead image; None for none. May be a logo or the outlet's default card: see `real_picture`."""
    real_picture: bool
    copy_of: str | None
    agency: str | None

    @property
    def excerpt(self) -> str:
        """Return the first paragraph."""
        return self.paragraphs[0]

    def headline(self, stage: int) -> str:
        """Return the title as it stands on the first or on a later visit."""
        return self.later_title if stage > 1 and self.later_title else self.title


def number(text: str, below: int) -> int:
    """Derive a stable number from a text."""
    return crc32(text.encode()) % below


@cache
def pieces() -> Mapping[str, Piece]:
    """Return every article by key, oldest first."""
    outlets = {outlet.id: outlet for outlet in world().outlets}
    made = [piece for story in world().stories for piece in _of_story(story, outlets)]
    return {piece.key: piece for piece in sorted(made, key=lambda piece: (piece.published, piece.key))}


@cache
def of_outlet(outlet_id: str) -> tuple[Piece, ...]:
    """Return an outlet's articles, newest first."""
    return tuple(piece for piece in reversed(pieces().values()) if piece.outlet.id == outlet_id)  # type: ignore[call-overload]  # dict views reverse; Mapping does not say so


def in_feed(outlet: Outlet, feed: FeedSpec) -> tuple[Piece, ...]:
    """Return the articles a feed of the outlet carries, newest first."""
    wanted = set(feed.topics)
    return tuple(piece for piece in of_outlet(outlet.id) if not wanted or wanted & set(piece.topics))


def _of_story(story: StoryFile, outlets: Mapping[str, Outlet]) -> Iterable[Piece]:
    known: dict[str, Piece] = {}
    for report in story.reports:
        key = report.key or report.outlet
        if key in known:
            raise ValueError(f"newsstand story {story.story}: two reports are called {key}; give one a `key`")
        known[key] = _piece(story, report, outlets[report.outlet], known)
    return known.values()


def _piece(story: StoryFile, report: Report, outlet: Outlet, known: Mapping[str, Piece]) -> Piece:
    key = f"{story.story}/{report.key or report.outlet}"
    original = known[report.copy] if report.copy else None
    title = report.title or (original.title if original else "")
    published = datetime.strptime(f"2026-{report.at}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    path = _path(outlet, key, title, published)
    picture, real = _picture(outlet, story, report, key)
    return Piece(
        key=key,
        outlet=outlet,
        story=story,
        report=report,
        url=f"https://{outlet.host}{path}",
        amp_url=f"https://{outlet.amp_host}{path}" if outlet.amp_host else None,
        title=title,
        later_title=report.later_title,
        paragraphs=_paragraphs(report, original),
        published=published,
        authors=_authors(outlet, report, key, original),
        topics=_with_parent(story.topics if report.topics is None else report.topics),
        language=report.language or outlet.language,
        picture=picture,
        real_picture=real,
        copy_of=original.key if original else None,
        agency=report.agency or None,
    )


def _with_parent(topics: tuple[str, ...]) -> tuple[str, ...]:
    """Whatever is about faces in schools or at the police is about facial recognition."""
    about_faces = any(topic.startswith("fr-") for topic in topics) and "facial-recognition" not in topics
    return (*topics, "facial-recognition") if about_faces else topics


def _authors(outlet: Outlet, report: Report, key: str, original: Piece | None) -> tuple[str, ...]:
    if report.by is not None:
        return report.by
    if report.kind == "syndicated" and original:
        return original.authors
    return (outlet.staff[number(key, len(outlet.staff))],) if outlet.staff else ()


def _paragraphs(report: Report, original: Piece | None) -> tuple[str, ...]:
    own = tuple(_flow(part) for part in re.split(r"\n\s*\n", report.body.strip()) if part.strip())
    if original is None:
        return own
    copied = "\n".join(original.paragraphs[: report.keep or None])
    for old, new in report.swap:
        if old not in copied:
            raise ValueError(f"newsstand report {report.outlet} {report.at}: nothing to swap: {old!r}")
        copied = copied.replace(old, new)
    lead = (_flow(report.lead_in),) if report.lead_in else ()
    return (*lead, *copied.split("\n"), *own)


def _flow(text: str) -> str:
    return " ".join(text.split())


def _path(outlet: Outlet, key: str, title: str, at: datetime) -> str:
    local = at + timedelta(hours=outlet.zone_h)
    return outlet.path.format(
        y=f"{local:%Y}", m=f"{local:%m}", d=f"{local:%d}", slug=_slug(title, key), n=100_000 + number(key, 900_000)
    )


def _slug(title: str, key: str) -> str:
    """Spell a title for an address; titles in other scripts fall back to the key."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_title.replace("'", ""))[:9]
    return "-".join(words) if len(words) > 1 else key.replace("/", "-")


def _picture(outlet: Outlet, story: StoryFile, report: Report, key: str) -> tuple[Picture | None, bool]:
    choice = report.picture or outlet.pictures[number(key, len(outlet.pictures))]
    if choice == "none":
        return None, False
    if choice == "logo":
        return logo(outlet), False
    if choice == "card":
        return _spelled(outlet, "social-card", outlet.card or "1200x630.png", "card"), False
    return _spelled(outlet, f"{number(key, 10**8):08d}", choice, story.motif), True


def logo(outlet: Outlet) -> Picture:
    """Return the outlet's logo."""
    return _spelled(outlet, "logo", "320x80.png", "logo")


def _spelled(outlet: Outlet, name: str, size: str, motif: str) -> Picture:
    dimensions, ending = size.split(".")
    width, height = (int(part) for part in dimensions.split("x"))
    url = f"https://{outlet.host}/media/{name}.{ending}"
    return Picture(url=url, width=width, height=height, format=ending, motif=motif)


@cache
def pictures() -> Mapping[str, Picture]:
    """Return every picture by address: lead images, small versions of them, logos and portraits."""
    found: dict[str, Picture] = {}
    for piece in pieces().values():
        if piece.picture:
            found[piece.picture.url] = piece.picture
            small = thumbnail(piece.picture)
            found[small.url] = small
    for outlet in world().outlets:
        found[logo(outlet).url] = logo(outlet)
        found[thumbnail(logo(outlet)).url] = thumbnail(logo(outlet))
        found[f"https://{outlet.host}/media/portrait.jpg"] = _spelled(outlet, "portrait", "96x96.jpg", "people")
        found[f"https://{outlet.host}/media/pixel.gif"] = _spelled(outlet, "pixel", "1x1.gif", "plain")
        found[f"https://{outlet.host}/media/advert.gif"] = _spelled(outlet, "advert", "300x250.gif", "plain")
    return found


def thumbnail(picture: Picture) -> Picture:
    """Return the small version that lists show."""
    stem, _, ending = picture.url.rpartition(".")
    return structs.replace(picture, url=f"{stem}-thumb.{ending}", width=150, height=100)
