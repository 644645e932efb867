"""Which feeds would a reader of the newsstand subscribe to? OPML, good feeds first."""

from markupsafe import escape

from wireroom.newsstand.feeds import feed_url
from wireroom.newsstand.world import world


def opml() -> bytes:
    """Return OPML 2.0 with every feed."""
    outlines = [
        _outline(outlet.name, feed_url(outlet, feed), f"https://{outlet.host}/")
        for outlet in world().outlets
        for feed in outlet.feeds
    ]
    outlines += [_outline(feed.title, feed.url, "") for feed in world().hazards.feeds]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>Newsstand</title></head>\n<body>\n'
    )
    return f"{head}{''.join(outlines)}</body>\n</opml>\n".encode()


def _outline(title: str, url: str, site: str) -> str:
    home = f' htmlUrl="{escape(site)}"' if site else ""
    kind = "sitemap" if "sitemap" in url else "rss"
    return f'<outline type="{kind}" text="{escape(title)}" xmlUrl="{escape(url)}"{home}/>\n'
