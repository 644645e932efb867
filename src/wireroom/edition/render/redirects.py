"""Where does an address lead whose story was merged into another?

A post's path is for life, so only stories move. Each former address keeps a page that leads on, for hosts that serve
plain folders; `_redirects` says the same to hosts, and to our own server, that answer with a status.
"""

from collections.abc import Iterator

from wireroom.edition.render import addresses
from wireroom.edition.render.markup import text
from wireroom.records.editions import Edition, File, Masthead
from wireroom.records.ids import StoryId
from wireroom.records.stories import Story

TABLE = "_redirects"


def render(edition: Edition) -> Iterator[File]:
    """Write a page per former address, and the table of all of them when there are any."""
    told = sorted(moved(edition).items())
    yield from (_page(edition.masthead, former, story) for former, story in told)
    lines = [f"/{old} /{new} 301\n" for former, story in told for old, new in _pairs(former, story.id)]
    if lines:
        yield File(path=TABLE, body="".join(lines).encode())


def moved(edition: Edition) -> dict[StoryId, Story]:
    """Return the former ids that lead to a story; an id that is a story's own again leads nowhere else."""
    own = {story.id for story in edition.stories}
    return {former: story for story in edition.stories for former in story.formerly if former not in own}


def _pairs(former: StoryId, now: StoryId) -> Iterator[tuple[str, str]]:
    page, target = addresses.story(former), addresses.story(now)
    yield page.removesuffix("index.html"), target.removesuffix("index.html")
    yield f"{addresses.story_feeds(former)}*", f"{addresses.story_feeds(now)}:splat"


def _page(masthead: Masthead, former: StoryId, story: Story) -> File:
    path, target = addresses.story(former), addresses.story(story.id)
    to = addresses.relative(path)(target)
    body = (
        f'<!DOCTYPE html>\n<html lang="{text(masthead.locale)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Moved: {text(story.title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{text(masthead.address)}{target}">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n</head>\n<body>\n<main>\n'
        f'<h1>Moved</h1>\n<p>This story is told here now: <a href="{to}" dir="auto">{text(story.title)}</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )
    return File(path=path, body=body.encode("utf-8", "replace"))
