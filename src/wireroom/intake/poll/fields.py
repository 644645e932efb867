"""Which elements carry which field? Tables, first name first in trust; seen in feeds 1999-2026."""

FEEDS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
ITEMS = frozenset({"item", "entry"})

TITLE = ("title", "dc:title", "itunes:title", "media:title")
GUID = ("guid", "id", "dc:identifier")
SUMMARY = (
    "description",
    "summary",
    "abstract",
    "dc:description",
    "dcterms:abstract",
    "itunes:summary",
    "itunes:subtitle",
    "media:description",
)
CONTENT = ("content:encoded", "content", "xhtml:body", "body", "xhtml:div", "fullitem")
PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created", "created", "date")
UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate")
AUTHORS = (
    "author",
    "dc:creator",
    "dc:author",
    "itunes:author",
    "managingeditor",
    "creator",
    "dcterms:creator",
    "news:author",
)
TAGS = ("category", "dc:subject", "itunes:category", "media:category", "tag")
TAG_LISTS = ("itunes:keywords", "media:keywords", "keywords")
FILES = ("enclosure", "media:content", "media:thumbnail", "itunes:image", "image")
IMAGES = frozenset({"media:thumbnail", "itunes:image", "image"})
GROUPS = ("media:group", "media:content")
LANGUAGE = ("language", "dc:language")

VERSIONS = {"0.90": "rss090", "0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094", "2.0": "rss20"}

WEEK = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}
PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
