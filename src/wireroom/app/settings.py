"""What may stand in the files of a beat folder? Models only: reading files is app.beat's business."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]


class Strict(BaseModel):
    """Unknown keys are errors, values are not coerced from other types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BeatTable(Strict):
    """`[beat]`: who we are."""

    id: Name
    name: Text
    description: str = ""
    address: Address
    locale: str = "en"
    main_topic: Text
    contact: str = ""
    preset: str = "modern"


class PresetTable(Strict):
    """`[preset]`: what this beat changes in its preset."""

    threshold: float | None = None
    half_life_h: float | None = Field(default=None, gt=0)
    changes: dict[str, float] = Field(default_factory=dict)


class WindowsTable(Strict):
    """`[windows]`: spans in hours."""

    story_h: float = Field(default=120, gt=0)
    front_h: float = Field(default=72, gt=0)
    revisit_h: float = Field(default=48, ge=0)


class DeskTable(Strict):
    """`[desk]`: what editors decided for every edition."""

    provider_share: float = Field(default=1.0, gt=0, le=1)
    quotas: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    embargoes: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    boosts: dict[str, Annotated[float, Field(ge=-5, le=5)]] = Field(default_factory=dict)


class FetchTable(Strict):
    """`[fetch]`: manners toward publishers."""

    per_host_interval_s: float = Field(default=2.0, ge=0)
    concurrency: int = Field(default=32, ge=1, le=256)
    timeout_s: float = Field(default=20.0, gt=0, le=120)


class PageTable(Strict):
    """`[pages."https://…"]`: a page without a feed, and where its items are (CSS selectors, looked for in an item)."""

    items: Text
    link: Text = "a[href]"
    title: Text | None = None
    date: Text | None = None
    summary: Text | None = None
    name: str = ""
    category: str | None = None
    dedicated: bool = False


class EditionTable(Strict):
    """`[edition]`: what is written."""

    write_held: bool = True
    cache_images: bool = True
    parquet: bool = False
    theme: Text = "wire"
    hub: Address | None = None


class KeilaTable(Strict):
    """`newsletter.keila`: ids that Keila knows."""

    sender: Annotated[str, StringConstraints(pattern=r"^\w+$")]
    segment: Annotated[str, StringConstraints(pattern=r"^\w+$")] | None = None


class NewsletterTable(Strict):
    """`[newsletter]`: letters to readers; servers and passwords come from the environment."""

    sender: Text | None = None
    reply_to: Text | None = None
    subscribers: Text = "subscribers.txt"
    unsubscribe: Annotated[str, StringConstraints(pattern=r"^(https://|mailto:)[^\s<>\"]+$")] | None = None
    listmonk: list[Annotated[int, Field(ge=1)]] = Field(default_factory=list)
    keila: KeilaTable | None = None

    @property
    def list_server(self) -> Literal["listmonk", "keila"] | None:
        """Return who keeps the readers' addresses, when we do not."""
        return "keila" if self.keila else "listmonk" if self.listmonk else None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        """Refuse to hand a letter over twice."""
        if self.keila and self.listmonk:
            raise ValueError("letters go to listmonk or to Keila, not to both")
        return self


class SearchTable(Strict):
    """`[searches.NAME]`: a query with a page and feeds of its own."""

    query: Text
    title: str = ""


class OutletTable(Strict):
    """`[outlets.NAME]`: where an edition goes; it is made in a folder, whatever carries it on from there."""

    kind: Literal["folder", "git", "rsync", "s3"] = "folder"
    path: Text
    remote: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*$")] | None = None
    branch: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w./-]*$")] = "main"
    target: Annotated[str, StringConstraints(pattern=r"^[^\s-]\S*$")] | None = None
    bucket: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{2,62}$")] | None = None
    prefix: Annotated[str, StringConstraints(pattern=r"^([^/\s]+/)*$")] = ""
    endpoint: Address | None = None
    region: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse an outlet that does not say where it goes."""
        needed = {"rsync": self.target, "s3": self.bucket}
        if self.kind in needed and needed[self.kind] is None:
            missing = "target" if self.kind == "rsync" else "bucket"
            raise ValueError(f"an outlet of kind {self.kind} needs a {missing}")
        return self


class BeatFile(Strict):
    """`beat.toml`."""

    beat: BeatTable
    preset: PresetTable = PresetTable()
    windows: WindowsTable = WindowsTable()
    desk: DeskTable = DeskTable()
    fetch: FetchTable = FetchTable()
    pages: dict[Address, PageTable] = Field(default_factory=dict)
    edition: EditionTable = EditionTable()
    standing: dict[str, float] = Field(default_factory=dict)
    outlets: dict[Name, OutletTable] = Field(default_factory=dict)
    searches: dict[Name, SearchTable] = Field(default_factory=dict)
    newsletter: NewsletterTable = NewsletterTable()


class TopicFile(Strict):
    """`topics/NN-<id>.yaml`, as the format we descend from spells it."""

    taxonomy: Literal["topic"] = "topic"
    id: Name = Field(alias="_id")
    name: Text
    shortname: str | None = None
    parent: str | None = None
    description: str | None = None
    keywords: list[str] = Field(default_factory=list)
    must: list[str] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    hashtags: list[str] = Field(default_factory=list)
    images: list[str] = Field(default_factory=list)
    services: dict[str, str | None] = {"news": None}


class LogoEntry(Strict):
    """A logo of a provider file."""

    url: Address
    width: int | None = None
    height: int | None = None


def _readable(selector: str) -> str:
    from wireroom.text.html import is_selector  # noqa: PLC0415 - most commands read no page

    if not is_selector(selector):
        raise ValueError("not a CSS selector that we can read")
    return selector


Selector = Annotated[str, AfterValidator(_readable)]


class ProviderFile(Strict):
    """`providers/<domain>.yaml`."""

    name: Text
    domain: Text
    images: list[LogoEntry] = Field(default_factory=list)
    title_endings: list[Text] = Field(default_factory=list)
    bylines: list[Selector] = Field(default_factory=list)
    paywalls: list[Selector] = Field(default_factory=list)
    agencies: list[Text] = Field(default_factory=list)
