"""Which letters were sent? A page per issue that editions carry, imported ones among them, and the list of them all."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from msgspec import Struct

from wireroom.edition.render import addresses, front_matter
from wireroom.edition.render.classic_issue import FOLDER
from wireroom.edition.render.portal import press
from wireroom.edition.render.portal.site import Site
from wireroom.errors import PostError
from wireroom.records.drafts import Draft
from wireroom.records.editions import File
from wireroom.records.ids import digest

TAGS = set("a blockquote br dd del dl dt em h2 h3 h4 ins li ol p small strong sub sup ul".split())
"""What an issue is shown with: words and links. Pictures of old issues lie on servers that our pages do not ask."""
DROPPED = {"h1", "script", "style", "title"}
"""Elements that go with what they hold; the page has a heading of its own."""


class Issue(Struct, frozen=True, kw_only=True):
    """An issue as its pages show it."""

    page: str
    title: str
    excerpt: str
    at: datetime | None
    file: File

    @property
    def markup(self) -> str:
        """Return what it says; markup of others is cleaned here and nowhere later."""
        import nh3  # noqa: PLC0415 - most editions have no letters, or none that changed

        attributes = {"a": {"href"}, "*": {"dir", "lang"}}
        return nh3.clean(
            front_matter.read(self.file.body).body,
            tags=TAGS,
            clean_content_tags=DROPPED,
            attributes=attributes,
            url_schemes={"http", "https"},
            link_rel="noopener nofollow",
        )


def pages(site: Site) -> Iterator[Draft]:
    """Plan the pages of issues; without any file of an issue there are none."""
    issues = sorted(issues_of(site), key=lambda one: one.page, reverse=True)
    for one in issues:
        key = site.marks.key("issue", digest(one.file.body))
        yield press.page(site, one.page, "issue.html", key, partial(dict[str, object], issue=one))
    if site.has_issues:
        key = site.marks.key("issues", *(digest(one.file.body) for one in issues))
        yield press.page(site, addresses.ISSUES, "issues.html", key, partial(dict[str, object], issues=issues))


def issues_of(site: Site) -> Iterator[Issue]:
    """Return the issues among the files that the edition carries; what has no front matter is none."""
    for file in site.edition.carried:
        try:
            fields = front_matter.read(file.body).fields if file.path.startswith(FOLDER) else {}
        except PostError:
            continue
        if title := fields.get("title"):
            at = fields.get("publishedDateTime")
            yield Issue(
                page=addresses.issue(file.path.removeprefix(FOLDER).rpartition(".")[0]),
                title=str(title),
                excerpt=str(fields.get("excerpt") or ""),
                at=at if isinstance(at, datetime) and at.tzinfo else None,
                file=file,
            )
