"""What should a newsroom find out about the newsstand? The right answers, from the same data that is served."""

from datetime import datetime
from functools import cache

from msgspec import Struct

from wireroom.newsstand.feeds import feed_url, with_query
from wireroom.newsstand.pieces import Piece, in_feed, pieces
from wireroom.newsstand.world import PageHazard, world


class TrueArticle(Struct, frozen=True, kw_only=True):
    """What is true of one article."""

    key: str
    url: str
    """Canonical."""
    provider: str
    host: str
    titles: tuple[str, ...]
    """In the order in which visitors saw them; more than one = edited."""
    story: str
    topics: tuple[str, ...]
    published: datetime
    authors: tuple[str, ...]
    language: str
    type: str
    copy_of: str | None
    """Canonical address of the piece it repeats."""
    copy_kind: str
    """`original`, `exact`, `near`, `syndicated`, `rewritten`, `press-release` or `scraper`."""
    agency: str | None
    promotional: bool
    publish: bool
    """An editor of the beat would publish it."""
    lead_image: tuple[int, int] | None
    """Width and height in pixels; None when there is none, or only a logo or the outlet's default card."""
    paywalled: bool
    amp_url: str | None
    feeds: tuple[str, ...]
    """Addresses of the feeds that carry it."""
    links: tuple[str, ...]
    """Every address under which feeds link to it."""


class TrueStory(Struct, frozen=True, kw_only=True):
    """A happening, its reports oldest first, and how many providers reported for themselves."""

    id: str
    topics: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int


class Expected(Struct, frozen=True, kw_only=True):
    """How reading an address that cannot be read should end."""

    url: str
    outcome: str
    feed: str
    """The feed that links to it; empty for feeds themselves and for hops."""


class Truth(Struct, frozen=True, kw_only=True):
    """Everything that is true of the newsstand."""

    articles: tuple[TrueArticle, ...]
    """Oldest first."""
    stories: tuple[TrueStory, ...]
    pages: tuple[Expected, ...]
    """Addresses in feeds that give no article."""
    feeds: tuple[Expected, ...]
    """Every subscribed feed; `ok` for those that work."""


@cache
def truth() -> Truth:
    """Return the right answers."""
    hazards = world().hazards
    good = [
        Expected(url=feed_url(outlet, feed), outcome="ok", feed="")
        for outlet in world().outlets
        for feed in outlet.feeds
    ]
    return Truth(
        articles=tuple(_article(piece) for piece in pieces().values()),
        stories=tuple(_story(story.story) for story in world().stories),
        pages=tuple(_expected(hazard) for hazard in hazards.pages),
        feeds=(*good, *(_expected(hazard) for hazard in hazards.feeds)),
    )


def _expected(hazard: PageHazard) -> Expected:
    return Expected(url=hazard.url, outcome=hazard.expect, feed=hazard.feed)


def _article(piece: Piece) -> TrueArticle:
    feeds = [feed for feed in piece.outlet.feeds if piece in in_feed(piece.outlet, feed)]
    hops = [hop for chain in world().hazards.chains if chain.article == piece.key for hop in chain.hops]
    picture = piece.picture if piece.real_picture else None
    return TrueArticle(
        key=piece.key,
        url=piece.url,
        provider=piece.outlet.name,
        host=piece.outlet.host,
        titles=(piece.title, piece.later_title) if piece.later_title else (piece.title,),
        story=piece.story.story,
        topics=piece.topics,
        published=piece.published,
        authors=piece.authors,
        language=piece.language,
        type=piece.report.type,
        copy_of=pieces()[piece.copy_of].url if piece.copy_of else None,
        copy_kind=piece.report.kind or "original",
        agency=piece.agency,
        promotional=piece.story.promotional,
        publish=_publish(piece),
        lead_image=(picture.width, picture.height) if picture else None,
        paywalled=piece.report.paywalled,
        amp_url=piece.amp_url,
        feeds=tuple(feed_url(piece.outlet, feed) for feed in feeds),
        links=(*hops, *(with_query(piece.url, feed.query) for feed in feeds)),
    )


def _publish(piece: Piece) -> bool:
    """Say what an editor would do: on the beat, not an advertisement, not said before; the data may overrule it."""
    if piece.report.publish is not None:
        return piece.report.publish
    return bool(piece.topics) and not piece.story.promotional and piece.copy_of is None


def _story(story_id: str) -> TrueStory:
    told = [piece for piece in pieces().values() if piece.story.story == story_id]
    own = {piece.outlet.id for piece in told if piece.copy_of is None}
    return TrueStory(
        id=story_id,
        topics=told[0].topics,
        articles=tuple(piece.url for piece in told),
        independent=len(own),
    )
