"""How long does it take to read and sanitise feeds, against feedparser and against fastfeedparser with nh3?

Every round runs all three on the same generated documents, one after the other, and the median of the rounds counts.
Three sets: *tidy* bodies, as most publishing software writes them; *untidy* ones with capital tags, which the short cut
past the sanitiser takes only after rewriting; *foreign* ones with a tag that it never takes (shown, not judged).
Exits with 1 when we are less than 10 times as fast as feedparser, or take more than 1.3 times as long as
fastfeedparser + nh3, the least work that gives the same fields unresolved and unrepaired.
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from html import escape

import fastfeedparser
import feedparser
import nh3

from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.text.sanitize import sanitize

FEEDS, ITEMS, ROUNDS = 16, 50, 5
TIMES_FEEDPARSER, TIMES_FAST = 10.0, 1.3

WORDS = (
    *("council", "camera", "police", "school", "face", "match", "warrant", "ban", "vote", "bill", "audit", "vendor"),
    *("error", "rate", "consent", "record", "privacy", "officer", "judge", "ruling", "appeal", "city", "state"),
    *("hearing", "report", "study", "sample", "bias", "accuracy", "pilot", "contract", "budget"),
)


def sentence(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(8, 18))).capitalize() + "."


def article(dice: random.Random, feed: int, number: int) -> str:
    """Write an invented article as HTML, about 2.4 kB; in every fourth feed the image's address is relative."""
    site = "" if feed % 4 == 0 else f"https://outlet{feed}.example"
    parts = [f'<p><img src="{site}/images/{number}.jpg" alt="A scene" width="800" height="450"></p>']
    for _ in range(5):
        text = " ".join(sentence(dice) for _ in range(4))
        parts.append(f'<p>{text} <a href="https://news.example/topic/{dice.randint(1, 99)}">More</a> &amp; so on.</p>')
    return "".join(parts)


def rss(dice: random.Random, feed: int) -> bytes:
    items = []
    for number in range(ITEMS):
        link = f"https://outlet{feed}.example/story/{number}"
        items.append(
            f"<item><title>{escape(sentence(dice))}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>Fri, 20 Nov 2026 {number % 24:02}:15:00 GMT</pubDate><dc:creator>Ada Example</dc:creator>"
            f"<category>Cameras</category><description>{sentence(dice)}</description>"
            f"<content:encoded><![CDATA[{article(dice, feed, number)}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Outlet</title>'
        f"<link>https://outlet{feed}.example/</link><description>News</description>{''.join(items)}</channel></rss>"
    ).encode()


def atom(dice: random.Random, feed: int) -> bytes:
    entries = []
    for number in range(ITEMS):
        link = f"https://outlet{feed}.example/story/{number}"
        entries.append(
            f'<entry><title>{escape(sentence(dice))}</title><link href="{link}"/><id>{link}</id>'
            f"<published>2026-11-20T{number % 24:02}:15:00Z</published><updated>2026-11-20T23:15:00Z</updated>"
            f'<author><name>Ada Example</name></author><category term="cameras"/><summary>{sentence(dice)}</summary>'
            f'<content type="html">{escape(article(dice, feed, number))}</content></entry>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Outlet</title>'
        f'<link href="https://outlet{feed}.example/"/><id>urn:outlet{feed}</id>{"".join(entries)}</feed>'
    ).encode()


def ours(documents: list[bytes]) -> int:
    shown = 0
    for body in documents:
        feed = parse_feed(body, url="https://outlet.example/feed")
        assert not isinstance(feed, Unreadable)
        for item in feed.items:
            sanitize(item.summary or "")  # the reader has made addresses absolute: no base is needed
            sanitize(item.content or "")
            shown += 1
    return shown


def fast(documents: list[bytes]) -> int:
    shown = 0
    for body in documents:
        for entry in fastfeedparser.parse(body).entries:
            nh3.clean(entry.get("description") or "")
            for content in entry.get("content") or ():
                nh3.clean(content.get("value") or "")
            shown += 1
    return shown


def peer(documents: list[bytes]) -> int:
    return sum(len(feedparser.parse(body).entries) for body in documents)


def with_tags(documents: list[bytes], name: bytes) -> list[bytes]:
    """Give all paragraphs another tag."""
    for opening in (b"<%b>", b"&lt;%b&gt;", b"</%b>", b"&lt;/%b&gt;"):
        documents = [body.replace(opening % b"p", opening % name) for body in documents]
    return documents


def seconds(work: Callable[[list[bytes]], int], documents: list[bytes]) -> float:
    gc.collect()  # of what the one before left behind
    start = time.process_time()
    assert work(documents) == FEEDS * ITEMS
    return time.process_time() - start


def compare(name: str, documents: list[bytes]) -> tuple[float, float]:
    """Print one comparison; return how many times feedparser's speed and fastfeedparser's time we have."""
    size = sum(map(len, documents)) / 1e6
    rounds = [tuple(seconds(work, documents) for work in (ours, fast, peer)) for _ in range(ROUNDS)]
    print(f"{name}: {FEEDS} feeds, {ITEMS} items each, {size:.1f} MB, {ROUNDS} rounds, CPU time")
    for who, taken in zip(("wireroom", "fastfeedparser + nh3", "feedparser"), zip(*rounds, strict=True), strict=True):
        middle = statistics.median(taken)
        print(f"  {who:22}{middle * 1000:8.1f} ms {size / middle:6.1f} MB/s {FEEDS / middle:6.0f} feeds/s")
    to_old = statistics.median(row[2] / row[0] for row in rounds)
    to_fast = statistics.median(row[0] / row[1] for row in rounds)
    print(f"  {to_old:.1f} times feedparser's speed, {to_fast:.2f} times the time of fastfeedparser + nh3")
    return to_old, to_fast


def main() -> int:
    dice = random.Random(4)
    documents = [(rss if feed % 2 else atom)(dice, feed) for feed in range(FEEDS)]
    judged = [compare("tidy articles", documents), compare("untidy articles", with_tags(documents, b"P"))]
    compare("articles with foreign tags (shown, not judged)", with_tags(documents, b"div"))
    missed = any(to_old < TIMES_FEEDPARSER or to_fast > TIMES_FAST for to_old, to_fast in judged)
    print(f"targets: at least {TIMES_FEEDPARSER} times, at most {TIMES_FAST}: {'missed' if missed else 'met'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
