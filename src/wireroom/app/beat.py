"""What does a beat folder say? Reads beat.toml, topics/, providers/ and feeds.opml into records; writes nothing."""

import tomllib
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, structs

from wireroom.app.complaints import checked, nearest
from wireroom.app.settings import BeatFile, FetchTable, OutletTable, ProviderFile, TopicFile
from wireroom.app.themes import load_theme
from wireroom.errors import BeatError
from wireroom.intake.poll.opml import read_opml
from wireroom.records.editions import Masthead
from wireroom.records.ids import BeatId, TopicId, feed_id
from wireroom.records.policy import Policy, Preset, Standing, Windows
from wireroom.records.portal import SavedSearch, Theme
from wireroom.records.sources import Feed, Logo, Provider
from wireroom.records.topics import Topic
from wireroom.scoring.presets import changed, shipped

BEAT_FILE = "beat.toml"


class Beat(Struct, frozen=True, kw_only=True):
    """A beat folder, read and checked."""

    folder: Path
    policy: Policy
    masthead: Masthead
    feeds: tuple[Feed, ...]
    outlets: tuple[tuple[str, OutletTable], ...]
    fetch: FetchTable
    cache_images: bool = True


def find_beat(start: Path) -> Path:
    """Return the nearest folder upwards that holds beat.toml."""
    for folder in (start, *start.parents):
        if (folder / BEAT_FILE).is_file():
            return folder
    raise BeatError(f"no {BEAT_FILE} in {start} or above. Name the beat with --beat DIR, or make one: wireroom new DIR")


def load_beat(folder: Path) -> Beat:
    """Read a beat folder; every mistake is a BeatError that names the file and the key."""
    file = checked(BeatFile, read_toml(folder / BEAT_FILE), folder / BEAT_FILE)
    topics = _topics(folder / "topics")
    preset = _preset(file, folder / BEAT_FILE)
    _check_main(file.beat.main_topic, topics, folder / BEAT_FILE)
    policy = Policy(
        beat=BeatId(file.beat.id),
        main_topic=file.beat.main_topic,
        topics=topics,
        providers=_providers(folder / "providers"),
        standing=Standing(points=tuple(sorted((host.lower(), points) for host, points in file.standing.items()))),
        preset=preset,
        windows=Windows(**file.windows.model_dump()),
        judge_topics=f"keywords/{_version(topics)}",
    )
    return Beat(
        folder=folder,
        policy=policy,
        masthead=_masthead(file, preset, load_theme(folder, file.edition.theme)),
        feeds=_feeds(policy.beat, folder / "feeds.opml"),
        outlets=tuple(sorted(file.outlets.items())),
        fetch=file.fetch,
        cache_images=file.edition.cache_images,
    )


def _masthead(file: BeatFile, preset: Preset, theme: Theme) -> Masthead:
    table = file.beat
    return Masthead(
        beat=BeatId(table.id),
        name=table.name,
        description=table.description,
        address=table.address.rstrip("/") + "/",
        locale=table.locale,
        main_topic=table.main_topic,
        contact=table.contact,
        preset=preset.name,
        threshold=preset.threshold,
        write_held=file.edition.write_held,
        theme=theme,
        searches=tuple(
            SavedSearch(id=name, title=table.title or table.query, query=table.query)
            for name, table in sorted(file.searches.items())
        ),
        hub=file.edition.hub or "",
    )


def _preset(file: BeatFile, path: Path) -> Preset:
    preset = changed(shipped(file.beat.preset), file.preset.changes, f"{path} [preset.changes]")
    threshold = file.preset.threshold
    return preset if threshold is None else structs.replace(preset, threshold=threshold)


def _check_main(name: str, topics: tuple[Topic, ...], path: Path) -> None:
    names = [topic.name for topic in topics]
    if name not in names:
        raise BeatError(f"{path}: main_topic '{name}' has no file in topics/; {nearest(name, names)}")


def _version(topics: tuple[Topic, ...]) -> str:
    """Name the taxonomy's content: a changed keyword makes a new judge, so that articles are judged again."""
    return blake2b(repr(topics).encode(), digest_size=5).hexdigest()


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of a beat."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BeatError(f"{path} is missing. Make a beat folder with: wireroom new DIR") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BeatError(f"{path}: not valid TOML: {error}") from None


def _yaml(path: Path) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader either way
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BeatError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None


def _topics(folder: Path) -> tuple[Topic, ...]:
    """Read topics in file order; a parent may be named by id or by name."""
    files = [(path, checked(TopicFile, _yaml(path), path)) for path in sorted(folder.glob("*.y*ml"))]
    ids = {topic.name: topic.id for _, topic in files} | {topic.id: topic.id for _, topic in files}
    seen: dict[str, Path] = {}
    for path, topic in files:
        if topic.id in seen:
            raise BeatError(f"{path}: '_id: {topic.id}' is already used by {seen[topic.id].name}")
        seen[topic.id] = path
        if topic.parent is not None and topic.parent not in ids:
            raise BeatError(f"{path}: parent '{topic.parent}' is no topic; {nearest(topic.parent, sorted(ids))}")
        _check_keywords(topic, path)
    _check_cycles({topic.id: ids[topic.parent] for _, topic in files if topic.parent}, folder)
    return tuple(_topic(topic, ids) for _, topic in files)


def _check_keywords(topic: TopicFile, path: Path) -> None:
    """Refuse what would match everything: an empty or one-letter word."""
    for word in (*topic.keywords, *topic.must, *topic.without, *topic.hashtags):
        if len(word.strip().lstrip("#")) < 2:
            raise BeatError(f"{path}: keyword {word!r} is too short; it would match almost everything")


def _check_cycles(parents: dict[str, str], folder: Path) -> None:
    for start in parents:
        chain = [start]
        while (above := parents.get(chain[-1])) is not None:
            if above in chain:
                raise BeatError(f"{folder}: topics are their own parents: {' → '.join([*chain, above])}")
            chain.append(above)


def _topic(file: TopicFile, ids: dict[str, str]) -> Topic:
    return Topic(
        id=TopicId(file.id),
        name=file.name,
        shortname=file.shortname,
        parent=TopicId(ids[file.parent]) if file.parent else None,
        description=file.description or "",
        keywords=tuple(file.keywords),
        must=tuple(file.must),
        without=tuple(file.without),
        hashtags=tuple(file.hashtags),
        images=tuple(file.images),
        services=tuple(file.services),
    )


def _providers(folder: Path) -> tuple[Provider, ...]:
    files = [checked(ProviderFile, _yaml(path), path) for path in sorted(folder.glob("*.y*ml"))]
    return tuple(
        Provider(
            name=file.name,
            domain=file.domain,
            logos=tuple(Logo(url=logo.url, width=logo.width, height=logo.height) for logo in file.images),
        )
        for file in files
    )


def _feeds(beat: BeatId, path: Path) -> tuple[Feed, ...]:
    if not path.is_file():
        raise BeatError(f"{path} is missing. An empty list of feeds is: wireroom feeds export {path.name}")
    return tuple(feeds_of(beat, path.read_bytes()))


def feeds_of(beat: BeatId, opml: bytes) -> Iterable[Feed]:
    """Turn a beat's OPML into feeds; an address counts once, its first outline wins."""
    seen: set[str] = set()
    for outline in read_opml(opml).feeds:
        if outline.url in seen:
            continue
        seen.add(outline.url)
        yield Feed(
            id=feed_id(beat, outline.url),
            beat=beat,
            url=outline.url,
            title=outline.title,
            site_url=outline.site_url,
            category=outline.category,
            dedicated=outline.dedicated,
            paused=outline.paused,
            note=outline.note,
            kind=outline.kind,
        )
