"""Where do things live on the portal, and which addresses of others may it link to?

Paths are relative with explicit file names, so that a folder opens from a disk as well as from a server.
"""

import re
from collections.abc import Callable
from datetime import UTC
from functools import cache
from urllib.parse import quote, urlsplit

from wireroom.records.articles import Rendition
from wireroom.records.editions import Post
from wireroom.records.ids import StoryId, TopicId, digest
from wireroom.records.sources import Provider

LONGEST_SEGMENT = 200
"""Common file systems hold names of 255 bytes; a post's name has at most 155 and room for a number."""
LONGEST_DIGESTED = 64

FRONT = "index.html"
ABOUT = "about/index.html"
MISSING = "404.html"
TOPICS = "topics/index.html"
DAYS = "days/index.html"
HELD = "held/index.html"
ISSUES = "newsletters/index.html"
PROVIDERS = "providers/index.html"
SEARCH = "search/index.html"
SEARCH_INDEX = "search/data/index.js"
SEARCH_SCRIPT = "assets/search.js"
SITEMAP = "sitemap.xml"
FEEDS = "feeds/"
CALENDAR = "feeds/calendar.ics"
TABLE = "export/posts.csv"
PARQUET = "export/posts.parquet"
STYLE = "assets/wireroom.css"
SCRIPT = "assets/wireroom.js"


_PLAIN_WEB = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9%:/?#@!$&'()*+,;=._~-]*)?"
)
"""Most addresses: nothing in them is to be quoted."""
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def web_only(url: str | None) -> str | None:
    """Return an http(s) address with a host, ready for an attribute; None for anything else, whatever it says."""
    if not url:
        return None
    if _PLAIN_WEB.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(url.strip(), safe="%:/?#[]@!$&'()*+,;=-._~", errors="replace")


def reached(contact: str) -> str | None:
    """Return what opens a desk's contact, a web address or a mailbox; None for what is neither."""
    return f"mailto:{contact}" if _MAILBOX.fullmatch(contact) else web_only(contact)


def name_of(post: Post) -> str:
    """Return the post's file name without its ending: unique, and the same for life."""
    return post.path.rpartition("/")[2].rpartition(".")[0]


def article(post: Post) -> str:
    """Return the page of an article."""
    return f"articles/{segment(name_of(post))}/index.html"


def story(story_id: StoryId) -> str:
    """Return the page of a story."""
    return f"stories/{segment(story_id)}/index.html"


def topic(topic_id: TopicId) -> str:
    """Return the page of a topic."""
    return f"topics/{segment(topic_id)}/index.html"


def provider(key: str) -> str:
    """Return the page of a provider, by its domain or name."""
    return f"providers/{segment(key)}/index.html"


def provider_key(provider: Provider) -> str:
    """Tell providers apart: by domain, by name when there is none."""
    return provider.domain or provider.name


def day_of(post: Post) -> str:
    """Return the UTC day of a post as YYYY-MM-DD, or `undated`."""
    moment = post.article.published_at
    return moment.astimezone(UTC).date().isoformat() if moment else "undated"


def issue(name: str) -> str:
    """Return the page of an issue of the newsletter."""
    return f"newsletters/{segment(name)}/index.html"


def search(search_id: str) -> str:
    """Return the page of a saved search."""
    return f"searches/{segment(search_id)}/index.html"


def search_data(name: str) -> str:
    """Return a file of the search index."""
    return f"search/data/{name}.js"


def topic_feeds(topic_id: TopicId) -> str:
    """Return the folder of a topic's feeds."""
    return f"{FEEDS}{segment(topic_id)}/"


def provider_feeds(key: str) -> str:
    """Return the folder of a provider's feeds."""
    return f"{FEEDS}providers/{segment(key)}/"


def story_feeds(story_id: StoryId) -> str:
    """Return the folder of a story's feeds."""
    return f"{FEEDS}stories/{segment(story_id)}/"


def search_feeds(search_id: str) -> str:
    """Return the folder of a saved search's feeds."""
    return f"{FEEDS}searches/{segment(search_id)}/"


def media(rendition: Rendition) -> str:
    """Return where our own copy of a picture lies: named by its bytes, so it may be kept for ever."""
    return f"media/{rendition.body}-{rendition.width}.jpg"


def card(name: str) -> str:
    """Return where a card for shared links lies; its name is that of what it says."""
    return f"cards/{name}.png"


def day(date: str) -> str:
    """Return the page of a day, written YYYY-MM-DD."""
    return f"days/{date}/index.html"


_PLAIN = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9_.-]{{0,{LONGEST_SEGMENT - 1}}}")
"""Most names, which need no quoting: asking is ten times cheaper than quoting them."""


def segment(text: str) -> str:
    """Make one harmless path segment of a text; different texts stay different, long ones by their digest.

    None is the name of a page: a folder cannot stand where the list beside it has its file.
    """
    if _PLAIN.fullmatch(text) and text != FRONT:
        return text
    plain = quote(text, safe="", errors="replace").replace("~", "~7E").replace("%", "~")
    if len(plain) > LONGEST_SEGMENT:
        return f"{plain[:LONGEST_DIGESTED]}-{digest(text)}"
    return plain if plain.strip(".") and plain != FRONT else plain.replace(".", "~2E")


def relative(page: str) -> Callable[[str], str]:
    """Return how a page links to the others."""
    return _from("../" * page.count("/"))


def absolute(address: str) -> Callable[[str], str]:
    """Return how a page links that is shown at any address, below that of the edition."""
    return _from(urlsplit(address).path or "/")


@cache
def _from(up: str) -> Callable[[str], str]:
    return lambda target: up + target
