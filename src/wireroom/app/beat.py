"""What does a beat folder say? Reads beat.toml, topics/, providers/ and feeds.opml into records; writes nothing."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from wireroom.app.complaints import checked, nearest
from wireroom.app.gazetteer import read_gazetteer
from wireroom.app.learned import read_learned
from wireroom.app.page_sources import page_feeds
from wireroom.app.settings import BeatFile, EditionTable, FetchTable, NewsletterTable, OutletTable, ProviderFile
from wireroom.app.taxonomy import read_topics, read_yaml, version_of
from wireroom.app.themes import load_theme
from wireroom.errors import BeatError
from wireroom.intake.poll.opml import complaint, read_opml
from wireroom.records.editions import Masthead
from wireroom.records.ids import BeatId, TopicId, feed_id
from wireroom.records.learned import Learned
from wireroom.records.policy import Desk, Policy, Preset, Standing, Windows
from wireroom.records.portal import SavedSearch, Theme
from wireroom.records.sources import Feed, KnownProvider, Logo, Provider
from wireroom.records.topics import Topic
from wireroom.scoring.presets import changed, shipped
from wireroom.text.lines import at_line, closest, line_of, not_toml

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
    newsletter: NewsletterTable = NewsletterTable()


def find_beat(start: Path) -> Path:
    """Return the nearest folder upwards that holds beat.toml."""
    for folder in (start, *start.parents):
        if (folder / BEAT_FILE).is_file():
            return folder
    raise BeatError(f"no {BEAT_FILE} in {start} or above. Name the beat with --beat DIR, or make one: wireroom new DIR")


def load_beat(folder: Path) -> Beat:
    """Read a beat folder; every mistake is a BeatError that names the file and the key."""
    file = checked(BeatFile, read_toml(folder / BEAT_FILE), folder / BEAT_FILE)
    topics = read_topics(folder / "topics")
    preset = _preset(file, folder / BEAT_FILE)
    learned = read_learned(folder)
    _check_main(file.beat.main_topic, topics, folder / BEAT_FILE)
    policy = Policy(
        beat=BeatId(file.beat.id),
        main_topic=file.beat.main_topic,
        topics=topics,
        providers=_providers(folder / "providers"),
        standing=Standing(points=tuple(sorted((host.lower(), points) for host, points in file.standing.items()))),
        preset=preset,
        windows=Windows(**file.windows.model_dump()),
        gazetteer=read_gazetteer(folder / "names"),
        desk=_desk(file, topics, folder / BEAT_FILE),
        judge_topics=_judge_of_topics(topics, learned),
        learned=learned,
    )
    return Beat(
        folder=folder,
        policy=policy,
        masthead=_masthead(file, preset, load_theme(folder, file.edition.theme)),
        feeds=_feeds(policy.beat, file, folder),
        outlets=tuple(sorted(file.outlets.items())),
        fetch=file.fetch,
        cache_images=file.edition.cache_images,
        newsletter=file.newsletter,
    )


def _judge_of_topics(topics: tuple[Topic, ...], learned: Learned) -> str:
    """Name who judges topics: the taxonomy's version, and that of what was learned about topics."""
    return f"keywords/{version_of(topics)}" + (f"+{learned.version}" if learned.topics else "")


def _parquet(table: EditionTable) -> bool:
    """Tell whether a Parquet file is wanted; raise BeatError when what writes it is not here."""
    if table.parquet and find_spec("pyarrow") is None:
        raise BeatError(f"{BEAT_FILE}: edition.parquet needs an extra: pip install 'wireroom[parquet]'")
    return table.parquet


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
        least_quality=preset.least_quality,
        cools_later=preset.decides == "peak",
        write_held=file.edition.write_held,
        parquet=_parquet(file.edition),
        theme=theme,
        searches=tuple(
            SavedSearch(id=name, title=table.title or table.query, query=table.query)
            for name, table in sorted(file.searches.items())
        ),
        hub=file.edition.hub or "",
        notes=_notes(file),
    )


def _notes(file: BeatFile) -> tuple[str, ...]:
    """Say how this beat treats the people it reads: what its settings make of it, not what it means to do."""
    interval = file.fetch.per_host_interval_s
    manners = (
        f"A host is asked for one document at a time, at most once every {interval:g} seconds, with our name and a way "
        "to reach us in the request. What its robots.txt, or a notice against text and data mining, closes to us is "
        "not read, and no other way in is tried."
    )
    window = file.windows
    again = (
        f"Reports of one happening may be {window.story_h:g} hours apart. A page is looked at again for "
        f"{window.revisit_h:g} hours, and what its publisher changes is shown as a new version."
    )
    pictures = (
        "Of lead pictures we keep small copies, so that reading here tells nobody who you are."
        if file.edition.cache_images
        else "Pictures are left out: to show them, your browser would have to ask their publishers."
    )
    return (*_bounds(file), manners, again, pictures)


def _bounds(file: BeatFile) -> Iterator[str]:
    """Say what else keeps a report back that its points would publish."""
    if file.desk.quotas or file.desk.provider_share < 1:
        yield "How much of a day one topic or publisher may fill is bounded; what finds no place there waits on hold."
    if file.desk.embargoes:
        yield "Reports of some publishers wait for hours that the desk has set."


def _preset(file: BeatFile, path: Path) -> Preset:
    preset = changed(shipped(file.beat.preset), file.preset.changes, path, path.read_text(encoding="utf-8"))
    own = {"threshold": file.preset.threshold, "half_life_h": file.preset.half_life_h}
    return structs.replace(preset, **{key: value for key, value in own.items() if value is not None})


def _desk(file: BeatFile, topics: tuple[Topic, ...], path: Path) -> Desk:
    """Read what the desk decided; whatever is no host must be a topic."""
    ids, table = [str(topic.id) for topic in topics], file.desk
    for name in (*table.quotas, *(name for name in table.boosts if "." not in name)):
        if name not in ids:
            line = line_of(path.read_text(encoding="utf-8"), f'"{name}" =', f"{name} =")
            raise BeatError(f"{at_line(path, line)}: [desk] names {name!r}, which is no topic{closest(name, ids)}")
    return Desk(
        quotas=tuple((TopicId(name), most) for name, most in sorted(table.quotas.items())),
        provider_share=table.provider_share,
        embargoes=_by_host(table.embargoes),
        boosts=_by_host(table.boosts),
    )


def _by_host(table: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return what stands beside hosts as it is compared: lower case, without `www.`."""
    return tuple(sorted((name.lower().removeprefix("www."), value) for name, value in table.items()))


def _check_main(name: str, topics: tuple[Topic, ...], path: Path) -> None:
    names = [topic.name for topic in topics]
    if name not in names:
        raise BeatError(f"{path}: main_topic '{name}' has no file in topics/; {nearest(name, names)}")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of a beat."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BeatError(f"{path} is missing. Make a beat folder with: wireroom new DIR") from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n")
        raise BeatError(f"{at_line(path, before + 1)}: not UTF-8, as TOML has to be") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BeatError(not_toml(path, text, error)) from None


def _providers(folder: Path) -> tuple[Provider, ...]:
    files = [checked(ProviderFile, read_yaml(path), path) for path in sorted(folder.glob("*.y*ml"))]
    return tuple(
        KnownProvider(
            name=file.name,
            domain=file.domain,
            logos=tuple(Logo(url=logo.url, width=logo.width, height=logo.height) for logo in file.images),
            title_endings=tuple(file.title_endings),
            bylines=tuple(file.bylines),
            paywalls=tuple(file.paywalls),
            agencies=tuple(file.agencies),
        )
        for file in files
    )


def _feeds(beat: BeatId, file: BeatFile, folder: Path) -> tuple[Feed, ...]:
    """Read what is polled: the list of feeds, and pages that have none."""
    path = folder / "feeds.opml"
    if not path.is_file():
        raise BeatError(f"{path} is missing. Take the empty one of a new beat: wireroom new DIR --from blank")
    opml = path.read_bytes()
    # Mended silently, it might lack the feeds behind the fault, and those would be retired.
    if broken := complaint(opml):
        raise BeatError(f"{path} cannot be read: {broken}. Mend it, or take it from a backup")
    return (*feeds_of(beat, opml), *page_feeds(beat, file.pages, folder / BEAT_FILE))


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
