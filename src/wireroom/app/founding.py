"""How does an existing folder of posts become a beat? Writes beat.toml, topics/, providers/ and an empty feeds.opml.

What the folder's own data files say is taken over as far as a beat has a place for it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from wireroom.app.beat import BEAT_FILE
from wireroom.app.taxonomy import is_keyword
from wireroom.errors import BeatError
from wireroom.intake.poll.opml import write_opml
from wireroom.text.slugs import slug
from wireroom.text.urls import domain

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LOCALE = "en-us"
"""What the sites of this format gave as the locale of every item (132 of 132)."""
Row = dict[str, Any]


class Founding(Struct, frozen=True, kw_only=True):
    """What a beat is made from."""

    site: Path
    """The folder that holds `_news`."""
    named: tuple[str, ...]
    """The topics that its posts name, each as often as it is named."""
    address: str | None = None
    locale: str | None = None


def found_beat(folder: Path, facts: Founding) -> None:
    """Make a beat folder named after itself; refuse one that holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BeatError(f"{folder} holds something, but no {BEAT_FILE}. Name a new folder, or a beat: --beat DIR")
    topics = list(_topics(facts))
    main = _main(topics, facts)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "topics").mkdir()
    (folder / "providers").mkdir()
    for number, row in enumerate(topics):
        _write(folder / "topics" / f"{number:02}-{row['_id']}.yaml", row)
    for row in _providers(facts.site):
        _write(folder / "providers" / f"{row['domain']}.yaml", row)
    name = folder.resolve().name
    (folder / "feeds.opml").write_bytes(write_opml(name, ()))
    (folder / BEAT_FILE).write_text(_beat_file(name, main, facts), encoding="utf-8")


def _beat_file(name: str, main: str, facts: Founding) -> str:
    config = _config(facts.site)
    beat_id = slug(name)[:60].strip("-") or "my-beat"
    address = facts.address or _address(config) or f"https://{beat_id}.example/"
    locale = facts.locale or str(config.get("lang") or config.get("locale") or LOCALE)
    title = _said(config, "title") or name
    values = {"id": beat_id, "name": title, "address": address, "locale": locale, "main_topic": main}
    lines = [f"{key} = {_quoted(value)}" for key, value in values.items()]
    return "\n".join(
        [
            "# Made from an existing folder of posts. The keys are explained in docs/reference/beat.md.",
            "[beat]",
            *lines,
            'preset = "classic"',
            "",
            '# Points of a source by its host, for what is scored from now on: "harbor-ledger.example" = 40',
            "[standing]",
            "",
        ]
    )


def _quoted(text: str) -> str:
    """Write a TOML string."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in shown) + '"'


def _config(site: Path) -> Row:
    """Read the site's own configuration, when it has one."""
    file = site / "_config.yml"
    loaded = _load(file) if file.is_file() else None
    return loaded if isinstance(loaded, dict) else {}


def _address(config: Row) -> str | None:
    url = str(config.get("url") or "").rstrip("/")
    base = str(config.get("baseurl") or "").strip("/")
    return f"{url}/{base}".rstrip("/") + "/" if url.startswith(("http://", "https://")) else None


# ---- topics ---------------------------------------------------------------------------------------------------------


def _topics(facts: Founding) -> Iterator[Row]:
    """Yield the topics of `_data/topics`, else one for each name that posts give, most frequent first."""
    kept = [row for row in _rows(facts.site / "_data" / "topics") if str(row.get("name") or "").strip()]
    names = Counter(name.strip() for name in facts.named if name.strip())
    counted = [{"name": name, "keywords": [name.lower()]} for name, _ in names.most_common()]
    rows: dict[str, Row] = {}
    for row in kept or counted or [{"name": "News"}]:
        rows.setdefault(_id(row), row)
    called = {named: _said(row, "name") for named, row in rows.items()}
    above = {_said(row, "name"): _said(row, "parent") for row in rows.values()}
    parents = {name: called.get(parent, parent) for name, parent in above.items()}
    yield from (_topic(named, row, parents) for named, row in rows.items())


def _id(row: Mapping[str, Any]) -> str:
    named = str(row.get("_id") or row.get("id") or slug(str(row["name"])))
    return named if _NAME.fullmatch(named) else slug(named)[:60].strip("-") or "topic"


def _topic(named: str, row: Mapping[str, Any], parents: Mapping[str, str]) -> Row:
    name = _said(row, "name")
    topic: Row = {
        "taxonomy": "topic",
        "_id": named,
        "name": name,
        "shortname": _said(row, "shortname"),
        "parent": _parent(name, parents),
        "description": _said(row, "description"),
        "keywords": [word for word in _words(row.get("keywords")) if is_keyword(word)],
        "hashtags": [word for word in _words(row.get("hashtags")) if len(word.strip().lstrip("#")) > 1],
        "images": list(_addresses(row.get("images"))),
        "services": dict.fromkeys(_services(row.get("services"))),
    }
    return {key: value for key, value in topic.items() if value not in (None, [], "")}


def _said(row: Mapping[str, Any], key: str) -> str:
    return str(row[key]).strip() if row.get(key) is not None else ""


def _parent(name: str, parents: Mapping[str, str]) -> str | None:
    """Return a topic's parent; a topic that is its own parent, by whatever way round, has none."""
    first = above = parents[name]
    passed = {name}
    while above in parents:
        if above in passed:
            return None
        passed.add(above)
        above = parents[above]
    return first if first in parents else None


def _services(value: object) -> Iterator[str]:
    """Yield the names of a topic's services; without a word about them it has news."""
    for one in value if isinstance(value, dict | list) else ("news",):
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


def _main(topics: list[Row], facts: Founding) -> str:
    """Return the topic that posts name most among those without a parent."""
    counts = Counter(facts.named)
    top = [str(row["name"]) for row in topics if "parent" not in row] or [str(topics[0]["name"])]
    return max(top, key=lambda name: counts[name])


# ---- providers ------------------------------------------------------------------------------------------------------


def _providers(site: Path) -> Iterator[Row]:
    """Yield the organisations whose domain is known, one for each domain."""
    seen: set[str] = set()
    for row in _rows(site / "_data" / "organizations"):
        named = next((str(row[key]) for key in ("domain", "_id", "id", "url", "website") if row.get(key)), "")
        home = domain(named)
        if home and _said(row, "name") and home not in seen:
            seen.add(home)
            images = list(_logos(row.get("images")))
            yield {"name": _said(row, "name"), "domain": home, **({"images": images} if images else {})}


def _logos(value: object) -> Iterator[Row]:
    for image in value if isinstance(value, list) else ():
        if isinstance(image, dict) and re.fullmatch(r"https?://\S+", str(image.get("url"))):
            sizes = {key: image[key] for key in ("width", "height") if type(image.get(key)) is int}
            yield {"url": image["url"], **sizes}


# ---- data files -----------------------------------------------------------------------------------------------------


def _rows(folder: Path) -> Iterator[Row]:
    """Yield the mappings in a folder of YAML files, whether a file holds one or a list of them."""
    for file in sorted(folder.glob("*.y*ml")):
        loaded = _load(file)
        for row in loaded if isinstance(loaded, list) else [loaded]:
            if isinstance(row, dict):
                yield row


def _load(file: Path) -> object:
    try:
        return yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OSError) as error:
        raise BeatError(f"{file}: cannot be read: {' '.join(str(error).split())}") from None


def _words(value: object) -> list[str]:
    return [str(word) for word in value if word is not None] if isinstance(value, list) else []


def _addresses(value: object) -> Iterator[str]:
    for image in value if isinstance(value, list) else ():
        url = image.get("url") if isinstance(image, dict) else image
        if isinstance(url, str):
            yield url


def _write(file: Path, row: Row) -> None:
    file.write_text(yaml.safe_dump(row, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
