"""How fast are posts read, next to PyYAML's C loader and ruamel, on the same files in one run?

Prints a table; exits 1 when reading is less than five times as fast as PyYAML's C loader.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import yaml
from ruamel.yaml import YAML

from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Value

ROUNDS = 21
AIM = 5.0


def sample_post(number: int) -> bytes:
    """Make a post of the usual shape and size, when no folder of posts is given."""
    host = f"outlet-{number % 14}.example"
    image: Value = {"url": f"https://img.{host}/{number}.jpg", "width": 1280, "height": 720, "isCached": True}
    published = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
    related: Value = {
        "title": "A related piece", "publishedDateTime": published, "webUrl": f"https://{host}/r", "type": "article",
        "provider": {"name": "Harbor Ledger", "domain": host}, "quality": 61, "images": [image],
    }  # fmt: skip
    return front_matter.write(
        front_matter.compose(
            {
                "category": "news",
                "title": f"Council “pauses” its cameras, and asks who switched them on ({number})",
                "excerpt": "The council voted after a hearing of three hours. " * 5,
                "publishedDateTime": published,
                "originalUrl": f"https://{host}/news/{number}?ref=feed",
                "webUrl": f"https://{host}/news/{number}",
                "type": "article",
                "quality": 60 + number % 40,
                "heat": 70 + number % 60,
                "published": True,
                "provider": {"name": "Harbor Ledger", "domain": host, "images": [image]},
                "topics": ["AI", "Facial Recognition"],
                "images": [image],
                **({"related": [related]} if number % 10 == 0 else {}),
                "secured": "q" * 400,
            }
        )
    )


def best(posts: list[bytes]) -> dict[str, float]:
    """Return microseconds per post for each reader, the best of several rounds; they take turns, so noise is shared."""
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(ROUNDS):
        for name, read in READERS.items():
            start = perf_counter()
            for post in posts:
                read(post)
            times[name].append(perf_counter() - start)
    return {name: min(taken) / len(posts) * 1e6 for name, taken in times.items()}


def by_pyyaml(data: bytes) -> object:
    return yaml.load(data.split(b"---\n")[1], Loader=yaml.CSafeLoader)


def by_ruamel(data: bytes) -> object:
    return YAML(typ="safe").load(data.split(b"---\n")[1])


READERS: dict[str, Callable[[bytes], object]] = {
    "wireroom": front_matter.read,
    "PyYAML, C loader": by_pyyaml,
    "ruamel.yaml, safe": by_ruamel,
}


def main() -> int:
    folders = [Path(argument) for argument in sys.argv[1:]]
    posts = [path.read_bytes() for folder in folders for path in sorted(folder.iterdir())]
    posts = posts or [sample_post(number) for number in range(100)]
    times = best(posts)
    print(f"{len(posts)} posts, {sum(map(len, posts)) // len(posts)} bytes on average, best of {ROUNDS} rounds")
    for name, time in times.items():
        print(f"  {name:<20} {time:9.1f} µs a post   {time / times['wireroom']:6.1f} ×")
    ratio = times["PyYAML, C loader"] / times["wireroom"]
    print(f"{ratio:.1f} times as fast as PyYAML's C loader (aim: {AIM:g})")
    return 0 if ratio >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
