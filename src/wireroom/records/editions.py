"""What is published: one edition, its posts, and the files they become?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import ArticleId, BeatId, EditionId
from wireroom.records.portal import SavedSearch, Theme
from wireroom.records.quality import Score
from wireroom.records.rulings import Decision, Ruling, Verdict
from wireroom.records.sources import Provider
from wireroom.records.stories import Story, StoryLink
from wireroom.records.topics import Topic, TopicMatch
from wireroom.records.versions import Version


class PathGrant(Struct, frozen=True, kw_only=True):
    """A post's path belongs to one article for life, whatever happens to its title."""

    beat: BeatId
    article: ArticleId
    path: str
    granted_at: datetime


class File(Struct, frozen=True, kw_only=True):
    """One file of an edition; `path` is relative with `/`."""

    path: str
    body: bytes


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file that editions carry as it is: an imported post, what came along with it, an issue that was sent."""

    beat: BeatId
    path: str
    body: bytes
    article: ArticleId | None = None
    """The article that the file is the post of; None = no post."""
    known_at: datetime
    """From when on editions carry it; the newest body of a path counts."""


class Candidate(Struct, frozen=True, kw_only=True):
    """Everything the archive knows about one article of a beat in one snapshot."""

    article: Article
    """The latest reading, its images with measured sizes; images that could not be measured are left out."""
    first_seen_at: datetime
    topics: tuple[TopicMatch, ...] = ()
    quality: Score | None = None
    copy: CopyJudgement | None = None
    link: StoryLink | None = None
    ruling: Ruling | None = None
    """The ruling in force."""
    versions: tuple[Version, ...] = ()
    path: str | None = None
    feeds: tuple[str, ...] = ()
    """Titles of the feeds that brought it."""
    clicks: int = 0
    imported: bool = False
    """Scores were imported with the post and are carried, not judged."""
    source: bytes | None = None
    """The post file it came as, also when it was read from its page since."""


class Snapshot(Struct, frozen=True, kw_only=True):
    """One consistent view of a beat, from which an edition is made; candidates by article id."""

    beat: BeatId
    taken_at: datetime
    candidates: tuple[Candidate, ...]
    carried: tuple[File, ...] = ()
    """Kept files that are no posts, by path."""


class RelatedPost(Struct, frozen=True, kw_only=True):
    """A related record as it stands inside a post."""

    article: ArticleId | None
    title: str
    excerpt: str | None = None
    published_at: datetime | None = None
    web_url: str | None = None
    amp_url: str | None = None
    cdn_amp_url: str | None = None
    type: str = "article"
    provider: Provider | None = None
    quality: int | None = None
    images: tuple[Image, ...] = ()


class Post(Struct, frozen=True, kw_only=True):
    """One published (or held) item of an edition with everything its pages show."""

    path: str
    article: Article
    topics: tuple[Topic, ...]
    matches: tuple[TopicMatch, ...]
    quality: Score
    heat: Score
    """Before it cooled: what the clock does not change, what the threshold is held against, and what files say."""
    verdict: Verdict
    story: Story | None = None
    story_reason: str = ""
    copy: CopyJudgement | None = None
    related: tuple[RelatedPost, ...] = ()
    versions: tuple[Version, ...] = ()
    feeds: tuple[str, ...] = ()
    secured: str | None = None
    warmth: float | None = None
    """What is left of the heat as of now; None = it does not cool."""
    source: bytes | None = None
    """The post file it came as."""
    imported: bool = False
    """The file stands as it came; otherwise only what Wireroom does not know of it is kept."""

    @property
    def published(self) -> bool:
        """Tell whether readers see it."""
        return self.verdict.decision == "publish"

    @property
    def decision(self) -> Decision:
        """Return what was decided."""
        return self.verdict.decision

    @property
    def copied(self) -> bool:
        """Tell whether it repeats another article."""
        return self.copy is not None and self.copy.kind is not CopyKind.ORIGINAL

    @property
    def repeats(self) -> ArticleId | None:
        """Return the article that it repeats, when that is known."""
        return self.copy.copy_of if self.copy else None

    @property
    def relations(self) -> tuple[ArticleId, ...]:
        """Return those related articles that have an id."""
        return tuple(one.article for one in self.related if one.article)

    @property
    def weight(self) -> float:
        """Return the heat that the clock does not change."""
        return self.heat.value

    @property
    def warm(self) -> float:
        """Return the heat as of now: what orders an edition."""
        return self.heat.value if self.warmth is None else self.warmth


class Masthead(Struct, frozen=True, kw_only=True):
    """How the beat introduces itself on everything it publishes."""

    beat: BeatId
    name: str
    description: str
    address: str
    """Base URL with a final slash."""
    locale: str = "en"
    main_topic: str = ""
    contact: str = ""
    preset: str = "modern"
    threshold: float = 70
    least_quality: float | None = None
    """Below this nothing is published without a ruling; None = no such bound."""
    cools_later: bool = False
    """Whether the threshold is held against heat before it cooled."""
    write_held: bool = True
    """Write held records as `published: false`."""
    parquet: bool = False
    """Write the table of posts as Parquet too."""
    notes: tuple[str, ...] = ()
    """What the about page says of rules, sources and fetch policy."""
    theme: Theme = Theme()
    searches: tuple[SavedSearch, ...] = ()
    hub: str = ""
    """Address of the WebSub hub that is told of changed feeds; empty = none."""


class SourceLine(Struct, frozen=True, kw_only=True):
    """A feed as the about page shows it."""

    title: str
    url: str
    site_url: str | None
    state: str
    note: str | None = None


class Edition(Struct, frozen=True, kw_only=True):
    """One making of the beat's product; posts by publication time, newest first, then path."""

    id: EditionId
    masthead: Masthead
    made_at: datetime
    topics: tuple[Topic, ...]
    posts: tuple[Post, ...]
    stories: tuple[Story, ...]
    """Published stories, hottest first."""
    sources: tuple[SourceLine, ...] = ()
    carried: tuple[File, ...] = ()
    """Files that go along as they are: issues, and what came with imported posts."""


class Delivery(Struct, frozen=True, kw_only=True):
    """What handing an edition to an outlet changed."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    where: str
