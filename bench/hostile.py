"""How much memory and CPU time do documents take that were made to hurt? At most 64 MB and 1 s each, or exit code 1.

Every document is read in a process of its own, forked when all is imported and the document lies ready, so that what is
measured is the reading alone: parsing, telling entries apart, decoding a body, sanitising. `--json` is for the tests.
"""

import argparse
import gzip
import os
import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import msgspec
from msgspec import Struct

from wireroom.adapters.web.bodies import Intake, Limits, TooLarge
from wireroom.intake.poll.absorb import absorb
from wireroom.intake.poll.discover import find_feeds
from wireroom.intake.poll.opml import read_opml
from wireroom.intake.poll.parse import parse_feed
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.outcomes import Fetched
from wireroom.records.sources import Feed, FeedState
from wireroom.text.sanitize import sanitize

MOST_MB, MOST_S = 64.0, 1.0
NOW = datetime(2026, 11, 20, tzinfo=UTC)
URL = "https://hostile.example/feed"
FEED = Feed(id=feed_id(BeatId("b"), URL), beat=BeatId("b"), url=URL)
MB = 1_000_000
ENOUGH = 5 * MB
"""Decoded bytes of a body that the gateway reads."""


class Cost(Struct, frozen=True, kw_only=True):
    """What one document cost."""

    name: str
    mb: float
    seconds: float


def rss(inner: bytes, head: bytes = b"") -> bytes:
    return head + b"<rss version='2.0'><channel>" + inner + b"</channel></rss>"


def filled(piece: bytes) -> bytes:
    return piece * (ENOUGH // len(piece))


def entity_bomb() -> bytes:
    nested = b"".join(b'<!ENTITY e%d "%b">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 10))
    return rss(b"<item><title>&e9;</title></item>", b'<!DOCTYPE r [<!ENTITY e0 "ha">' + nested + b"]>")


def quadratic_bomb() -> bytes:
    head = b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 90 + b'">]>'
    return rss(b"<item><title>" + b"&a;" * 1_500_000 + b"</title></item>", head)


def documents() -> dict[str, bytes]:
    """Return feeds that hurt, as large as the gateway lets through."""
    return {
        "many entries with links": rss(filled(b"<item><link>https://a.example/1</link></item>")),
        "many Atom entries": b"<feed xmlns='http://www.w3.org/2005/Atom'>" + filled(b"<entry><id>x</id></entry>"),
        "entity bomb": entity_bomb(),
        "quadratic entity bomb": quadratic_bomb(),
        "external entity": rss(b"<item><title>&x;</title></item>", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc">]>'),
        "nested elements": rss(filled(b"<a>")),
        "nested channels": filled(b"<channel>"),
        "nested items": rss(filled(b"<item>")),
        "many attributes": rss(b"<item " + b" ".join(b'a%d=""' % n for n in range(600_000)) + b"/>"),
        "many name spaces": rss(b"".join(b"<a xmlns:n%d='u%d'>" % (n, n) for n in range(200_000))),
        "one long text": rss(b"<item><title>" + b"x" * ENOUGH + b"</title></item>"),
        "stray ampersands": rss(b"<item><title>" + filled(b"& ") + b"</title></item>"),
        "control characters": rss(b"<item><title>" + filled(b"\x01\x02a") + b"</title></item>"),
        "unclosed sections": rss(filled(b"<![CDATA[")),
        "open brackets": filled(b"<"),
        "a long document type": b"<!DOCTYPE a [" + filled(b"'<!--") + b"]>" + rss(b""),
        "nested JSON": b'{"items":' + filled(b"["),
        "many JSON items": b'{"version":"https://jsonfeed.org/version/1.1","items":[' + filled(b"{},") + b"{}]}",
        "wide JSON numbers": b'{"items":[{"id":' + b"9" * ENOUGH + b"}]}",
        "text sitemap": filled(b"https://a.example/1\n"),
        "sitemap": b"<urlset>" + filled(b"<url><loc>https://a.example/1</loc></url>"),
        "bases in bases": rss(b"".join(b"<item xml:base='%d/'>" % n for n in range(50_000))),
        "half an encoding": "<rss><channel>".encode("utf-16") + b"\xd8" * ENOUGH,
        "markup in one title": rss(b"<item><title><![CDATA[" + filled(b"<b>") + b"]]></title></item>"),
        "dates": rss(filled(b"<item><pubDate>" + b"1" * 119 + b"</pubDate></item>")),
        "bylines": rss(filled(b"<item><author>" + b"a@" * 200 + b"</author></item>")),
    }


def markup() -> dict[str, str]:
    """Return texts of items that hurt when they are shown."""
    styled = "".join(f"<b id={n}>" for n in range(2600))
    return {
        "emphasis opened again": f"<p>{styled}</p>" + "<p>x</p>" * 2600,
        "nested elements": "<div>" * 160_000,
        "nested quotations": "<blockquote>" * 40_000,
        "tables": "<table><tr><td>" * 30_000,
        "unclosed paragraphs": "<p>" * 160_000,
        "links in links": "<a href=https://a.example/>" * 20_000,
        "forms of brackets": "<" * 500_000,
        "references": "&amp" * 125_000,
        "attributes": "<p " + "a=b " * 120_000 + ">",
        "comments": "<!--" * 125_000,
        "almost tidy": "<p>" + "<b>x</b> " * 20_000 + "<p>",
        "almost links": '<p><a href="https://a.example/' + "&amp;" * 90_000,
    }


def chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


def endless(_: bytes) -> Iterator[bytes]:
    while True:
        yield b"<item>news</item>" * 1000


def bodies() -> dict[str, Callable[[], object]]:
    zeros = b"\0" * (50 * MB)
    bomb = gzip.compress(zeros, 9) * 20
    inner = zlib.compress(bytes(300 * MB), 9)

    def reading(body: bytes, encoding: str, source: Callable[[bytes], Iterator[bytes]] = chunks) -> object:
        try:
            all(map(Intake(encoding, Limits(most=ENOUGH)).take, source(body)))
        except TooLarge:
            return None
        raise AssertionError("a bomb went through")

    return {
        "a gzip bomb of 1 GB": lambda: reading(bomb, "gzip"),
        "a deflate bomb of 300 MB": lambda: reading(inner, "deflate"),
        "an endless body": lambda: reading(b"", "", endless),
    }


def take_in(body: bytes) -> object:
    outcome = Fetched(url=URL, final_url=URL, status=200, body=body)
    return absorb(FEED, FeedState(feed=FEED.id, next_due_at=NOW), outcome, {}, NOW)


def works() -> dict[str, Callable[[], object]]:
    feeds: dict[str, Callable[[], object]] = {
        f"feed: {name}": partial(take_in, body) for name, body in documents().items()
    }
    shown = {f"markup: {name}": partial(sanitize, text) for name, text in markup().items()}
    endless_feed = rss(b"<item/>" * 10_000_000)  # larger than the gateway lets through: only a file can be like this
    feeds["feed: ten million entries"] = partial(parse_feed, endless_feed, url=URL)
    sent = {f"body: {name}": work for name, work in bodies().items()}
    page = b"<html>" + filled(b"<link rel=alternate type=application/rss+xml href=/a>")
    opml = b"<opml><body>" + filled(b"<outline xmlUrl='https://a.example/'>")
    lists = {"page: many feeds": lambda: find_feeds(page, URL), "list: nested outlines": lambda: read_opml(opml)}
    return {**feeds, **shown, **sent, **lists}


def measured(name: str, work: Callable[[], object]) -> Cost:
    """Do the work in a child, and let it say what that cost."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        before, start = peak_mb(), time.process_time()
        work()
        cost = Cost(name=name, mb=peak_mb() - before, seconds=time.process_time() - start)
        os.write(write, msgspec.json.encode(cost))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return msgspec.json.decode(told, type=Cost) if told else Cost(name=f"{name}: CRASHED", mb=1e9, seconds=1e9)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    sanitize("<p>x")  # what is made once is not the documents' cost
    take_in(rss(b"<item/>"))
    costs = [measured(name, work) for name, work in works().items()]
    for cost in costs:
        held = cost.mb <= MOST_MB and cost.seconds <= MOST_S
        line = f"{cost.name:36} {cost.mb:7.1f} MB {cost.seconds:7.3f} s{'' if held else '  MISSED'}"
        print(msgspec.json.encode(cost).decode() if chosen.json else line)
    return int(any(cost.mb > MOST_MB or cost.seconds > MOST_S for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
