"""What does an edition tell machines about itself? robots.txt, humans.txt, llms.txt, and headers for hosts to send.

`_headers` is the form that common static hosts read; whoever serves the folder otherwise finds in it what to set.
"""

from collections.abc import Iterator

from wireroom.edition.render import addresses, wording
from wireroom.records.editions import Edition, File
from wireroom.records.portal import HEADERS

OPEN = (("Access-Control-Allow-Origin", "*"),)
"""Feeds and the API are for everybody's programs, also for those in a browser."""
FOR_EVER = (("Cache-Control", "public, max-age=31536000, immutable"),)
"""Pictures are named by their bytes."""


def render(edition: Edition) -> Iterator[File]:
    """Write the four notices."""
    for path, words in (
        ("robots.txt", _robots(edition)),
        ("humans.txt", _humans(edition)),
        ("llms.txt", _llms(edition)),
        ("_headers", _headers()),
    ):
        yield File(path=path, body=words.encode("utf-8", "replace"))


def _robots(edition: Edition) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {edition.masthead.address}{addresses.SITEMAP}\n"


def _humans(edition: Edition) -> str:
    masthead = edition.masthead
    contact = f"Contact: {_line(masthead.contact)}\n" if masthead.contact else ""
    return (
        f"/* DESK */\n{_line(masthead.name)}\n{contact}Address: {masthead.address}\n\n"
        f"/* SITE */\nLanguage: {masthead.locale}\nMade with: Wireroom\n"
        "Every article is read at its publisher; here are excerpts, links and the reasons for choosing them.\n"
    )


def _llms(edition: Edition) -> str:
    """Write the summary that language models are pointed at (the form of llmstxt.org: title, quote, lists of links)."""
    masthead, base = edition.masthead, edition.masthead.address
    topics = "".join(
        f"- [{_label(topic.name)}]({base}{addresses.topic(topic.id)})"
        + (f": {_line(topic.description)}\n" if topic.description else "\n")
        for topic in edition.topics[:200]
    )
    return (
        f"# {_line(masthead.name)}\n\n> {_line(masthead.description)}\n\n"
        f"Edition of {wording.stamp(edition.made_at)}. It holds excerpts and links only: the articles belong to their "
        "publishers, and so do the rights to them. Cite the publisher, not this page.\n\n"
        f"## Data\n\n- [API]({base}api/v2/index.json): everything, with reasons and scores\n"
        f"- [JSON Schema]({base}api/v2/schema.json): the shape of it\n"
        f"- [Atom feed]({base}feeds/atom.xml): the newest reports\n"
        f"- [About]({base}{addresses.ABOUT}): rules, sources, fetch policy\n\n## Topics\n\n{topics}"
    )


def _headers() -> str:
    """Write header rules by path; a later rule adds to an earlier one."""
    rules = (("/*", HEADERS), ("/feeds/*", OPEN), ("/api/*", OPEN), ("/media/*", FOR_EVER), ("/cards/*", FOR_EVER))
    return "\n".join("\n".join((path, *(f"  {name}: {value}" for name, value in rule), "")) for path, rule in rules)


def _line(text: str) -> str:
    return " ".join(text.split())


def _label(text: str) -> str:
    """Return a text as the label of a Markdown link."""
    return _line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
