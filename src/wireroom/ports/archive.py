"""What do we ask of the archive?

Pending work is a query here, never a queue: what is due, unread or unjudged is found by looking at what exists. Every
`record_*` call is one transaction, idempotent (ids are derived from content) and only ever appends; the exception is
FeedState, which is a watermark and is replaced together with the facts it belongs to.

An archive is used from one thread at a time; several processes may use the same one. Articles are shared between beats:
an article belongs to a beat when an entry of one of the beat's feeds links to its page, whichever came first, or when
the beat keeps a post of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from wireroom.ports.moment import Moment
from wireroom.records.articles import Article, Picture, Reading, Unread
from wireroom.records.copies import CopyJudgement
from wireroom.records.editions import KeptFile, PathGrant, Snapshot
from wireroom.records.entries import Entry
from wireroom.records.ids import ArticleId, BeatId, FeedId
from wireroom.records.mail import Posting
from wireroom.records.pages import Page, Target
from wireroom.records.quality import QualityJudgement
from wireroom.records.rulings import Ruling
from wireroom.records.sources import Feed, FeedState
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicJudgement
from wireroom.records.versions import Version
from wireroom.records.visits import Visit, VisitFacts


class FeedHealth(Struct, frozen=True, kw_only=True):
    """A feed with what became of it; discovered / stored / published are three different numbers."""

    feed: Feed
    state: FeedState | None
    discovered: int
    stored: int
    published: int


class Totals(Struct, frozen=True, kw_only=True):
    """Counts over a beat."""

    feeds: int
    visits: int
    entries: int
    """Discovered."""
    pages: int
    articles: int
    """Stored."""
    stories: int


class Trouble(Struct, frozen=True, kw_only=True):
    """An address that gave no article."""

    url: str
    at: datetime
    reason: str
    retry_at: datetime | None = None
    """When it will be asked again; None = never by itself."""


class Event(Struct, frozen=True, kw_only=True):
    """One line of an article's history, for `why`."""

    at: datetime
    stage: str
    what: str


class Dossier(Struct, frozen=True, kw_only=True):
    """Everything that happened to one article, oldest first within each part."""

    readings: tuple[Article, ...]
    entries: tuple[tuple[Feed, Entry], ...]
    pages: tuple[Page, ...]
    versions: tuple[Version, ...]
    copies: tuple[CopyJudgement, ...]
    topics: tuple[TopicJudgement, ...]
    qualities: tuple[QualityJudgement, ...]
    links: tuple[StoryLink, ...]
    rulings: tuple[Ruling, ...]
    path: PathGrant | None


class IntakeArchive(Protocol):
    """What the intake line reads and appends."""

    def sync_feeds(self, beat: BeatId, feeds: Sequence[Feed], now: datetime) -> None:
        """Make the beat's feeds these: new ones are due at once, missing ones are retired, their facts stay.

        A feed that returns to the list, or is paused no longer, is due at once; one that its publisher retired (410) or
        that is blocked stays so while it is listed.
        """
        ...

    def due_feeds(self, beat: BeatId, now: datetime, limit: int) -> tuple[tuple[Feed, FeedState], ...]:
        """Return active feeds with next_due_at <= now, longest due first, then id."""
        ...

    def known_entries(self, feeds: Sequence[FeedId]) -> dict[FeedId, dict[str, str]]:
        """Return for each of these feeds item key → content hash of what it said last, for every entry of it."""
        ...

    def record_visits(self, facts: Sequence[VisitFacts]) -> int:
        """Append visits with their entries and replace the states; return the number of new entries.

        A changed entry is new too; a wording that was seen before (a title that flips to and fro) is not. Raise
        ArchiveError, keeping nothing, when a feed was never synced.
        """
        ...

    def targets(self, beat: BeatId, now: datetime, limit: int) -> tuple[Target, ...]:
        """Return links that have no page yet, whose retry_at has come, or whose entry changed after the last fetch.

        One target per address, ordered by the entry's seen_at, then address. Entries without a link have no target. A
        page that was throttled waits for its retry_at even when its entry changes.
        """
        ...

    def record_pages(self, pages: Sequence[Page]) -> None:
        """Append fetches."""
        ...

    def unread(self, beat: BeatId, extractor: str, limit: int) -> tuple[Unread, ...]:
        """Return the newest fetched page per address that this extractor has not read, oldest fetch first, then id.

        Fetches without a body do not count: what was fetched before is still worth reading.
        """
        ...

    def record_readings(self, readings: Sequence[Reading], versions: Sequence[Version]) -> None:
        """Append readings, the sightings they imply, and the versions that were found."""
        ...

    def unmeasured(self, beat: BeatId, limit: int) -> tuple[str, ...]:
        """Return addresses of article images that were never measured, in order of reading."""
        ...

    def record_pictures(self, pictures: Sequence[Picture]) -> None:
        """Append measurements; the first measurement of an address counts."""
        ...

    def record_copied(self, pictures: Sequence[Picture]) -> None:
        """Note which copies of measured pictures are kept, or why there are none; the last note counts."""
        ...

    def pictures(self, urls: Sequence[str]) -> dict[str, Picture]:
        """Return what is known of these image addresses."""
        ...

    def unjudged(self, kind: str, beat: BeatId, judge: str, limit: int) -> tuple[Article, ...]:
        """Return latest readings of the beat whose current version this judge was not the last to judge.

        `kind` is `copies`, `topics`, `quality` or `links`. Oldest publication first (undated: read_at), then id. A
        reading with a higher version than the one judged is unjudged again; so is one that another judge has judged
        since, so that going back to a former preset or taxonomy makes its opinion the newest again. Quality waits
        again whenever copies or topics were judged again: it rests on both.
        """
        ...

    def recent(self, beat: BeatId, since: datetime, until: datetime) -> tuple[Article, ...]:
        """Return latest readings published (undated: read) in [since, until], both included, in the same order."""
        ...

    def by_text_hash(self, beat: BeatId, hashes: Sequence[str]) -> tuple[Article, ...]:
        """Return latest readings of the beat that carry one of these text hashes."""
        ...

    def articles_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
        """Return the latest reading of each, texts and all, oldest publication first (undated: read_at), then id."""
        ...

    def dedicated(self, beat: BeatId, articles: Sequence[ArticleId]) -> frozenset[ArticleId]:
        """Return those that came through a feed dedicated to the main topic."""
        ...

    def topics_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, TopicJudgement]:
        """Return the newest topic judgement of each."""
        ...

    def copies_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, CopyJudgement]:
        """Return the newest copy judgement of each."""
        ...

    def links_since(self, beat: BeatId, since: datetime) -> tuple[StoryLink, ...]:
        """Return the newest link of every article published since then, by publication time, then article id."""
        ...

    def links_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, StoryLink]:
        """Return the newest link of each."""
        ...

    def story_rulings(self, beat: BeatId) -> tuple[Ruling, ...]:
        """Return all rulings that place articles in stories, undone ones and what undid them too, oldest first."""
        ...

    def record_copies(self, judgements: Sequence[CopyJudgement]) -> None:
        """Append copy judgements.

        Of every kind of judgement a beat keeps one per article and moment (judged_at): the one recorded last.
        """
        ...

    def record_topics(self, judgements: Sequence[TopicJudgement]) -> None:
        """Append topic judgements."""
        ...

    def record_qualities(self, judgements: Sequence[QualityJudgement]) -> None:
        """Append quality judgements."""
        ...

    def record_links(self, links: Sequence[StoryLink]) -> None:
        """Append story links."""
        ...


class EditionArchive(Protocol):
    """What the edition line and the desk read and append."""

    def snapshot(self, beat: BeatId, now: datetime) -> Snapshot:
        """Return everything known of the beat's articles at `now`, in one consistent view, by article id.

        What was read, measured, judged or ruled after `now` is left out; paths are not, since a path belongs to its
        article for life. Articles come without their body text, which only judges need: thirty thousand of them would
        not fit a small machine. Images found unusable are left out; those not measured yet have no width.
        """
        ...

    def moment(self, beat: BeatId, now: datetime) -> AbstractContextManager[Moment]:
        """Open the same view to be read article by article; nothing else may be asked of the archive meanwhile."""
        ...

    def record_paths(self, grants: Sequence[PathGrant]) -> None:
        """Append path grants; an article keeps its first, and a path stays with the article that got it first."""
        ...

    def record_kept(self, files: Sequence[KeptFile], readings: Sequence[Reading] = ()) -> None:
        """Append files that editions carry, and what was read in those that are posts.

        The article of a post belongs to the beat from then on. Of each path and moment the file recorded last is kept.
        """
        ...

    def record_edition(self, beat: BeatId, at: datetime, digest: str, published: Sequence[ArticleId]) -> None:
        """Note that an edition was made and which articles it published; the same digest twice is one row."""
        ...

    def record_rulings(self, rulings: Sequence[Ruling]) -> None:
        """Append rulings."""
        ...

    def find_article(self, beat: BeatId, url_or_path: str) -> ArticleId | None:
        """Find an article by canonical, original or AMP address, by post path, or by its id."""
        ...

    def dossier(self, beat: BeatId, article: ArticleId) -> Dossier:
        """Return everything that happened to an article."""
        ...

    def search(self, beat: BeatId, query: str, limit: int) -> tuple[Article, ...]:
        """Return latest readings that match plain words and "quoted phrases", newest first.

        All words must occur, in any case and order; no character has a meaning but the quotation mark.
        """
        ...

    def health(self, beat: BeatId) -> tuple[FeedHealth, ...]:
        """Return every feed of the beat, retired ones too, with its counts, by title, then address.

        Published counts articles that stood in any edition, also when a later one no longer holds them.
        """
        ...

    def troubles(self, beat: BeatId, limit: int) -> tuple[Trouble, ...]:
        """Return addresses of the beat whose newest page is no article, newest first, then address."""
        ...

    def totals(self, beat: BeatId) -> Totals:
        """Count what the archive holds for a beat."""
        ...

    def visits(self, feed: FeedId, limit: int) -> Iterator[Visit]:
        """Yield the newest visits of a feed."""
        ...


class OutboxArchive(Protocol):
    """What sending letters reads and appends."""

    def take_posting(self, beat: BeatId, issue: str, recipient: str, now: datetime) -> bool:
        """Take an issue to send it to a recipient; of two senders one gets it.

        What was taken before, by a sender that was cut off too, cannot be taken again: it may have arrived. What was
        refused can.
        """
        ...

    def settle_posting(self, posting: Posting) -> None:
        """Note what became of a posting that was taken."""
        ...

    def postings(self, beat: BeatId, issue: str) -> tuple[Posting, ...]:
        """Return the outbox of an issue, by recipient."""
        ...


class Archive(IntakeArchive, EditionArchive, OutboxArchive, Protocol):
    """Holds all records."""

    def beats(self) -> tuple[BeatId, ...]:
        """Return the beats that have records here."""
        ...

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the archive, in sentences; empty when all is well."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...
