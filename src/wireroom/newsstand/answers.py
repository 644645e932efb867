"""How does the newsstand answer an address? A table from address to answer; nothing here knows of sockets."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from hashlib import blake2b

from msgspec import Struct

from wireroom.newsstand.feeds import feed_document, feed_url
from wireroom.newsstand.images import draw
from wireroom.newsstand.pages import MIME, amp_page, article_page, front_page
from wireroom.newsstand.pieces import Picture, Piece, in_feed, pictures, pieces
from wireroom.newsstand.world import NEWSSTAND_NOW, FeedSpec, Outlet, PageHazard, world

DRAWN = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
ROBOTS = b"User-agent: *\nDisallow: /subscribers/\nDisallow: /embed/\n"
NOT_FOUND = b"<!doctype html><title>Not found</title><h1>Not found</h1><p>There is no such page.</p>"
MEMBERS = b"<!doctype html><title>Members</title><h1>The week in cameras</h1><p>For members only.</p>"


class Answer(Struct, frozen=True, kw_only=True):
    """What an address gives, before conditional requests and compression."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""
    retry_after_s: int = 0
    modified: datetime | None = None
    validators: str = "none"
    gzip: bool = False
    endless: bool = False
    dead: bool = False

    @property
    def etag(self) -> str:
        """Name the body."""
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'


Maker = Callable[[int], Answer]


def answer(url: str, stage: int) -> Answer:
    """Answer a complete address (https, host, path and query) as the world stands at a stage."""
    table = addresses()
    maker = table.get(url) or table.get(url.partition("?")[0])
    return maker(stage) if maker else Answer(status=404, body=NOT_FOUND)


@cache
def hosts() -> frozenset[str]:
    """Return every host that answers; dead ones are left out."""
    return frozenset(url.split("/")[2] for url in addresses()) - dead_hosts()


@cache
def dead_hosts() -> frozenset[str]:
    """Return hosts that are named in feeds, and where nobody listens."""
    hazards = world().hazards
    return frozenset(hazard.url.split("/")[2] for hazard in (*hazards.pages, *hazards.feeds) if hazard.act == "dead")


@cache
def addresses() -> Mapping[str, Maker]:
    """Return what makes the answer of every address."""
    table: dict[str, Maker] = {}
    for picture in pictures().values():
        table[picture.url] = _picture(picture)
    for piece in pieces().values():
        table[piece.url] = _article(piece)
        if piece.amp_url:
            table[piece.amp_url] = _amp(piece)
    for outlet in world().outlets:
        table[f"https://{outlet.host}/"] = _front(outlet)
        for feed in outlet.feeds:
            table[feed_url(outlet, feed)] = _feed(outlet, feed)
    for hazard in (*world().hazards.pages, *world().hazards.feeds):
        table[hazard.url] = _hazard(hazard, table)
    for chain in world().hazards.chains:
        onward = (*chain.hops[1:], pieces()[chain.article].url)
        for (hop, target), status in zip(zip(chain.hops, onward, strict=True), (301, 302, 307), strict=False):
            table[hop] = _redirect(status, target)
    for host in {url.split("/")[2] for url in table}:
        table[f"https://{host}/robots.txt"] = lambda _stage: Answer(type="text/plain", body=ROBOTS)
    return table


def _picture(picture: Picture) -> Maker:
    return lambda _stage: Answer(
        type=DRAWN[picture.format], body=draw(picture), validators="both", modified=NEWSSTAND_NOW
    )


def _article(piece: Piece) -> Maker:
    def make(stage: int) -> Answer:
        outlet = piece.outlet
        return Answer(
            type=f"text/html; charset={outlet.header_charset}",
            body=article_page(piece, stage).encode(outlet.charset, "xmlcharrefreplace"),
            modified=piece.published,
            validators=outlet.validators,
            gzip=outlet.gzip,
        )

    return make


def _amp(piece: Piece) -> Maker:
    return lambda stage: Answer(body=amp_page(piece, stage).encode(), modified=piece.published, validators="both")


def _front(outlet: Outlet) -> Maker:
    return lambda stage: Answer(body=front_page(outlet, stage).encode(), gzip=outlet.gzip)


def _feed(outlet: Outlet, feed: FeedSpec) -> Maker:
    def make(stage: int) -> Answer:
        carried = in_feed(outlet, feed)
        edited = stage > 1 and any(piece.later_title for piece in carried)
        return Answer(
            type=f"{MIME[feed.format]}; charset={feed.declared or 'utf-8'}",
            body=feed_document(outlet, feed, stage),
            modified=NEWSSTAND_NOW if edited or not carried else carried[0].published,
            validators=outlet.validators,
            gzip=outlet.gzip,
        )

    return make


def _hazard(hazard: PageHazard, table: Mapping[str, Maker]) -> Maker:
    """Make what an address that misbehaves answers."""
    acts: dict[str, Callable[[], Maker]] = {
        "status": lambda: _fixed(_error(hazard)),
        "redirect": lambda: _redirect(hazard.status, hazard.to),
        "forbidden": lambda: _fixed(Answer(body=MEMBERS)),
        "endless": lambda: _fixed(Answer(endless=True)),
        "dead": lambda: _fixed(Answer(dead=True)),
        "truncated": lambda: lambda stage: _half(table[hazard.source](stage)),
        "index": lambda: _front(next((o for o in world().outlets if o.host in hazard.url), world().outlets[0])),
    }
    return acts[hazard.act]()


def _fixed(always: Answer) -> Maker:
    return lambda _stage: always


def _error(hazard: PageHazard) -> Answer:
    body = f"<!doctype html><title>{hazard.status}</title><h1>Error {hazard.status}</h1>".encode()
    return Answer(status=hazard.status, body=body, retry_after_s=hazard.retry_after_s)


def _half(whole: Answer) -> Answer:
    """Cut a document in the middle of an item, as a broken generator does."""
    return Answer(type=whole.type, body=whole.body[: len(whole.body) // 2])


def _redirect(status: int, target: str) -> Maker:
    return _fixed(Answer(status=status, location=target))
