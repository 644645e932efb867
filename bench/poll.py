"""How long does a poll of 1,000 feeds take, from the socket to SQLite, against a bare fetch and other feed readers?

A loopback server offers 1,000 feeds of 30 entries, 54 KB each. In every round a bare aiohttp loop fetches them all,
then the real poll (gateway, robots.txt, reader, archive) takes them in, all new; then both ask again and get 304s.
As in the study that the limits come from, a run is a whole process, from its start to its end, and that is what is
judged, both sides with their bytecode compiled, as installed programs have it; the ratio of the times from the first
request to the last commit is shown beside it. The machine needs two free cores.

Sanitising: entries are stored as supplied and sanitised where they are shown, which a poll does not do. So that nobody
compares storing alone with readers that sanitise, every summary and content is sanitised here by whom reads it.

Peers are used where they are found and named where not: `reader` in $READER_PYTHON (this interpreter by default),
`newsboat` and `sfeed_update` on the path. Exits with 1 when a ratio that could be measured is missed.
"""

import argparse
import asyncio
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import msgspec
from msgspec import Struct

FEEDS, ITEMS, ROUNDS = 1_000, 30, 5
BARE = Path(__file__).parent / "peers" / "bare_fetch.py"
OURS = Path(__file__).parent / "peers" / "wireroom_poll.py"
AT_ONCE = 32
"""As a beat fetches by default; the bare fetch is no faster with 64."""
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TIMES_RAW, AIM_RAW, TIMES_RAW_304, TIMES_READER, PEAK_MB = 8.0, 6.0, 1.3, 9.0, 150
WORDS = (
    *("council", "camera", "police", "school", "face", "match", "warrant", "ban", "vote", "bill", "audit", "vendor"),
    *("error", "rate", "consent", "record", "privacy", "officer", "judge", "ruling", "appeal", "city", "state"),
)

# ---- the server -----------------------------------------------------------------------------------------------------


def feed_body(number: int, sentences: Sequence[str], dice: random.Random) -> bytes:
    """Write an invented RSS feed whose items differ from those of every other feed."""
    items = []
    for item in range(ITEMS):
        link = f"https://outlet{number}.example/story/{item}"
        told = dice.choices(sentences, k=12)
        content = "".join(
            f'<p>{told[part]} {told[part + 1]} <a href="https://news.example/{number}/{part}">More</a> &amp; so on.</p>'
            for part in range(0, 10, 2)
        )
        items.append(
            f"<item><title>{escape(told[10])}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{(NOW - timedelta(hours=item)):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            f"<dc:creator>Ada Example</dc:creator><category>Cameras</category>"
            f"<description>&lt;p&gt;{told[11]}&lt;/p&gt;</description>"
            f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Outlet</title>'
        f"<link>https://outlet{number}.example/</link><description>News</description>{''.join(items)}</channel></rss>"
    ).encode()


class Server(asyncio.Protocol):
    """The least HTTP that serves feeds with ETags, so that the clients and not the server are measured."""

    feeds: tuple[bytes, ...] = ()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.held = b""

    def data_received(self, data: bytes) -> None:
        self.held += data
        while (end := self.held.find(b"\r\n\r\n")) >= 0:
            head, self.held = self.held[:end].lower(), self.held[end + 4 :]
            self.transport.write(self.answer(head))

    def answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].strip(b"/")
        if not path.endswith(b".xml"):  # robots.txt and the other words of a site to machines
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        mark = b'ETag: "f' + path + b'"\r\nLast-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\n'
        if b'if-none-match: "f' + path + b'"' in head:
            return b"HTTP/1.1 304 Not Modified\r\n" + mark + b"\r\n"
        body = self.feeds[int(path.removesuffix(b".xml"))]
        start = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
        return start + mark + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def serve() -> None:
    dice = random.Random(4)
    sentences = [" ".join(dice.choices(WORDS, k=dice.randint(8, 20))).capitalize() + "." for _ in range(4_000)]
    Server.feeds = tuple(feed_body(number, sentences, dice) for number in range(FEEDS))
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], sum(map(len, Server.feeds)) // FEEDS, flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the bench is over


# ---- the two sides --------------------------------------------------------------------------------------------------


Taken = tuple[float, float]
"""Seconds by the clock on the wall and of CPU."""


# ---- the peers ------------------------------------------------------------------------------------------------------

READER = """
import sys, time
from reader import make_reader
port, feeds = int(sys.argv[1]), int(sys.argv[2])
reader = make_reader(sys.argv[3])
for number in range(feeds):
    reader.add_feed(f"http://127.0.0.1:{port}/{number}.xml")
start = time.perf_counter()
reader.update_feeds(workers=2)
print(time.perf_counter() - start)
assert reader.get_entry_counts().total == feeds * int(sys.argv[4])
"""


def reader(port: int, folder: Path) -> float | None:
    python = os.environ.get("READER_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import reader"], check=False, capture_output=True).returncode:
        return None
    words = [python, "-c", READER, str(port), str(FEEDS), str(folder / "reader.db"), str(ITEMS)]
    return float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


def newsboat(port: int, folder: Path) -> float | None:
    if not shutil.which("newsboat"):
        return None
    (folder / "urls").write_text("".join(f"http://127.0.0.1:{port}/{number}.xml\n" for number in range(FEEDS)))
    (folder / "config").write_text("reload-threads 16\n")
    files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
    return timed("newsboat", *map(str, files), "-x", "reload")


def sfeed(port: int, folder: Path) -> float | None:
    if not shutil.which("sfeed_update"):
        return None
    (folder / "out").mkdir()
    lines = (f"\tfeed 'f{number}' 'http://127.0.0.1:{port}/{number}.xml'\n" for number in range(FEEDS))
    text = f"sfeedpath='{folder / 'out'}'\nmaxjobs=16\nfeeds() {{\n{''.join(lines)}}}\n"
    (folder / "sfeedrc").write_text(text)
    return timed("sfeed_update", str(folder / "sfeedrc"))


def timed(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - start


# ---- the bench ------------------------------------------------------------------------------------------------------


class Told(Struct, kw_only=True):
    """What one process measured of itself."""

    inner: Taken
    peak_mb: float


class Run(Struct, kw_only=True):
    """One run of one side: its whole time, and what it told of itself."""

    seconds: float
    told: Told


def client(side: str, phase: str, port: int, folder: Path) -> Run:
    """Run one phase of one side in a process of its own."""
    if side == "raw":  # imports nothing of ours
        words = [str(BARE), str(port), str(FEEDS), str(AT_ONCE), "304" if phase == "304" else "200"]
    else:
        words = [str(OURS), str(port), str(FEEDS), str(AT_ONCE), phase, str(folder / "archive.db")]
    start = time.perf_counter()
    said = subprocess.run([sys.executable, *words], check=True, stdout=subprocess.PIPE).stdout
    seconds = time.perf_counter() - start
    if side == "ours":
        assert stored(folder / "archive.db") == FEEDS * ITEMS
    return Run(seconds=seconds, told=msgspec.json.decode(said, type=Told))


def stored(file: Path) -> int:
    """Count the entries in an archive."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


Round = dict[tuple[str, str], Run]


def one_round(port: int) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        return {
            (side, phase): client(side, phase, port, Path(folder))
            for phase in ("new", "304")
            for side in ("raw", "ours")
        }


def show(rounds: Sequence[Round]) -> None:
    for side, name in (("raw", "bare aiohttp"), ("ours", "wireroom, sanitised")):
        for phase in ("new", "304"):
            runs = [one[side, phase] for one in rounds]
            whole, inner, cpu = (
                statistics.median(column)
                for column in zip(*((run.seconds, *run.told.inner) for run in runs), strict=True)
            )
            peak = max(run.told.peak_mb for run in runs)
            print(f"  {name:20} all {phase:4} {whole:6.2f} s, within {inner:.2f} s ({cpu:.2f} CPU), peak {peak:.0f} MB")


def ratio(rounds: Sequence[Round], phase: str) -> float:
    return statistics.median(one["ours", phase].seconds / one["raw", phase].seconds for one in rounds)


def inner_ratio(rounds: Sequence[Round], phase: str) -> float:
    """Return the same without start and end of the programs."""
    return statistics.median(one["ours", phase].told.inner[0] / one["raw", phase].told.inner[0] for one in rounds)


def measure(port: int, count: int, *, peers: bool) -> bool:
    one_round(port)  # a program that was run before has its bytecode, as an installed one has
    rounds = [one_round(port) for _ in range(count)]
    show(rounds)
    full, unchanged = ratio(rounds, "new"), ratio(rounds, "304")
    inner = " and ".join(f"{inner_ratio(rounds, phase):.2f} (all {phase})" for phase in ("new", "304"))
    print(f"  from the first request to the last commit: {inner} times the bare fetch")
    mine = statistics.median(one["ours", "new"].seconds for one in rounds)
    peak = max(run.told.peak_mb for one in rounds for (side, _), run in one.items() if side == "ours")
    checks = [
        ("all new, times the bare fetch", full, full <= TIMES_RAW, f"at most {TIMES_RAW:g}, aim {AIM_RAW:g}"),
        ("all 304, times the bare fetch", unchanged, unchanged <= TIMES_RAW_304, f"at most {TIMES_RAW_304:g}"),
        ("peak memory, MB", peak, peak < PEAK_MB, f"under {PEAK_MB}"),
    ]
    for name, run, least in (("reader", reader, TIMES_READER), ("newsboat", newsboat, 1.0), ("sfeed", sfeed, 1.0)):
        with tempfile.TemporaryDirectory() as folder:
            taken = run(port, Path(folder)) if peers else None
        if taken is None:
            print(f"  {name:20} not {'found' if peers else 'asked'}, not measured")
            continue
        print(f"  {name:20} all new {taken:6.2f} s")
        checks.append((f"times faster than {name}", taken / mine, taken / mine >= least, f"at least {least:g}"))
    for name, value, held, wanted in checks:
        print(f"  {name:32} {value:7.2f}  ({wanted}){'' if held else '  MISSED'}")
    return all(held for _, _, held, _ in checks)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--no-peers", action="store_true")
    chosen = options.parse_args()
    if chosen.serve:
        asyncio.run(serve())
        return 0
    words = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port, size = map(int, server.stdout.readline().split())
        print(f"{FEEDS} feeds, {ITEMS} entries each, {size / 1000:.0f} KB each, {chosen.rounds} rounds")
        with tempfile.TemporaryDirectory() as bytecode:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ["PYTHONPYCACHEPREFIX"] = bytecode
            held = measure(port, chosen.rounds, peers=not chosen.no_peers)
        assert server.stdin
        server.stdin.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
