"""How much of a feed do we read? Bounds that keep a hostile document cheap."""

MAX_ITEMS = 10_000
"""The largest honest feeds and news sitemaps met have about a thousand items; the news sitemap format allows 1,000."""

MAX_NODES = 200_000
"""Objects and lists in a JSON document: 20 for each of the most items we read; an empty one takes 64 bytes."""

MAX_BYLINE = 500
"""Characters of a byline that are looked at."""

MAX_ANCESTORS = 12
"""Elements around an element that may lend it a base or a language; true feeds have at most five."""

MAX_TITLE = 4000
"""Characters of a title, markup counted in, that are looked at."""
