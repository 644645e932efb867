"""What do feeds call things? One short name per element, whatever namespace address or prefix the feed chose."""

from functools import lru_cache

# Namespace address (lower case, without scheme and final slash or #) → prefix; "" joins the plain vocabulary.
# Seen in feeds 1999-2026; the many addresses of one vocabulary come from drafts, typing errors and moved hosts.
_PREFIXES = {
    "": "",
    "backend.userland.com/rss": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "example.com/newformat": "",
    "example.com/necho": "",
    "purl.org/echo": "",
    "uri/of/echo/namespace": "",
    "purl.org/pie": "",
    "purl.org/atom/ns": "",
    "www.w3.org/2005/atom": "",
    "purl.org/rss/1.0/modules/rss091": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "purl.org/net/rss1.1": "",
    "backend.userland.com/rss2": "",
    "cyber.law.harvard.edu/rss": "",
    "purl.org/rss/2.0": "",
    "www.rssboard.org/rss-specification": "",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "search.yahoo.com/mrss": "media",
    "search.yahoo.com/searchmonkey/mrss": "media",
    "video.search.yahoo.com/mrss": "media",
    "www.rssboard.org/media-rss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "example.com/dtds/podcast-1.0.dtd": "itunes",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "www.youtube.com/xml/schemas/2015": "yt",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "www.w3.org/1999/xhtml": "xhtml",
    "www.w3.org/xml/1998/namespace": "xml",
    "www.google.com/schemas/sitemap-news/0.9": "news",
    "www.google.com/schemas/sitemap-image/1.1": "image",
    "www.google.com/schemas/sitemap-video/1.1": "video",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "www.google.com/schemas/sitemap/0.84": "",
    "www.google.com/schemas/sitemap/0.9": "",
}
_ALIASES = {"atom": "", "rss": "", "atom10": "", "atom03": "", "a10": "", "rss1": "", "dct": "dcterms"}
_KNOWN = frozenset(_PREFIXES.values()) | {"thr", "wfw", "slash"}

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
ATOM_10 = "http://www.w3.org/2005/Atom"


@lru_cache(maxsize=4096)
def short_name(tag: str) -> str:
    """Return `dc:creator` for `{http://purl.org/dc/elements/1.1/}creator`, lower case, no prefix for core elements."""
    if tag.startswith("{"):
        address, _, local = tag[1:].partition("}")
        prefix = _PREFIXES.get(_fold(address))
        if prefix is None:
            return f"?:{local.lower()}"
    elif ":" in tag:
        # An undeclared prefix: take it for what it is usually bound to.
        prefix, _, local = tag.lower().partition(":")
        prefix = _ALIASES.get(prefix, prefix)
    else:
        prefix, local = "", tag
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


def local_name(name: str) -> str:
    """Return the name of an element or attribute without its namespace; broken documents have names XML forbids."""
    return name.rpartition("}")[2]


def _fold(address: str) -> str:
    return address.strip().lower().removeprefix("http://").removeprefix("https://").rstrip("/#")
