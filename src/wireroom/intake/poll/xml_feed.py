"""What does an XML feed say? RSS 0.90-2.0, RSS 1.0 and 1.1, Atom 0.3 and 1.0, CDF, and mixtures of them.

One reader serves all, since feeds mix vocabularies freely: an element counts by its name, wherever it comes from. The
names stand in `fields`.
"""

from collections.abc import Iterator
from itertools import islice

from wireroom.intake.poll import fields
from wireroom.intake.poll.elements import Element, Parts, Scope, absolute_link, first_text, grouped, place_of, text_of
from wireroom.intake.poll.items import Feed, people, read_item, title_of
from wireroom.intake.poll.limits import MAX_ITEMS
from wireroom.intake.poll.markup import absolute
from wireroom.intake.poll.names import ATOM_10, local_name, short_name
from wireroom.intake.poll.tree import Tree
from wireroom.records.entries import ParsedFeed


def read(tree: Tree, *, url: str) -> ParsedFeed | str:
    """Read a feed from its tree; a sentence when the tree is something else."""
    root = _feed_root(tree.root)
    if root is None:
        return f"<{_shown(tree.root)}> is no element of a feed we know"
    channel = _channel(root)
    head = grouped(channel)
    items = list(islice(_items(root), MAX_ITEMS + 1))
    scope = Scope(url, tree.has_bases, tree.has_languages)
    link = absolute_link(head, scope) or absolute(scope.base_of(channel), place_of(channel))
    if short_name(root.tag) not in {"feed", "entry"} and link:
        # Outside Atom, relative addresses are meant for the site, as readers have always taken them.
        scope = Scope(absolute(link, channel.get("BASE")) or link, tree.has_bases, tree.has_languages)
    language = _language(root, head, scope)
    feed = Feed(scope, head, language, people(head, scope))
    return ParsedFeed(
        format=_format(root),
        encoding=tree.encoding,
        title=title_of(head),
        link=link,
        language=language,
        ttl_s=_ttl(head),
        skip_hours=tuple(sorted(_hours(head))),
        skip_days=tuple(sorted(_days(head))),
        hub=_related(head, scope, "hub"),
        topic=_related(head, scope, "self"),
        older=_related(head, scope, "prev-archive") or _related(head, scope, "next"),
        items=tuple(read_item(item, feed) for item in items[:MAX_ITEMS]),
        repairs=(*tree.repairs, f"read only the first {MAX_ITEMS:,} items") if len(items) > MAX_ITEMS else tree.repairs,
    )


def _feed_root(root: Element) -> Element | None:
    """Return the feed element, also when something is wrapped around it; an Atom entry may stand alone (RFC 4287)."""
    if short_name(root.tag) in fields.FEEDS:
        return root
    inside = (element for depth, element in zip(range(50), root.iter("*"), strict=False) if depth)
    found = next((element for element in inside if short_name(element.tag) in fields.FEEDS), None)
    return root if found is None and short_name(root.tag) == "entry" else found


def _channel(root: Element) -> Element:
    """Return the element that describes the feed itself."""
    if short_name(root.tag) in {"feed", "channel", "entry"}:
        return root
    return next((child for child in root.iterchildren("*") if short_name(child.tag) == "channel"), root)


def _items(holder: Element, deeper: int = 4) -> Iterator[Element]:
    """Yield items in document order, beside or inside the channel, wherever a format or a broken document puts them."""
    if short_name(holder.tag) == "entry":
        yield holder
        return
    for child in holder.iterchildren("*"):
        name = short_name(child.tag)
        if name in fields.ITEMS:
            yield child
        elif deeper and name in {"channel", "items"}:  # RSS 1.1 wraps its items; CDF nests channels
            yield from _items(child, deeper - 1)


def _format(root: Element) -> str:
    name = short_name(root.tag)
    address = str(root.tag).removeprefix("{").rpartition("}")[0]
    if name in {"feed", "entry"}:
        return "atom10" if address == ATOM_10 else ("atom03" if address or root.get("version") == "0.3" else "atom")
    if name == "rss":
        version = (root.get("version") or "").strip()
        return fields.VERSIONS.get(version, "rss20" if version.startswith("2") else "rss")
    if name == "channel":
        return "rss11" if "rss1.1" in address else ("cdf" if not address else "rss")
    spaces = " ".join(child.nsmap.get(child.prefix, "") for child in root.iterchildren("*"))
    return "rss10" if "purl.org/rss/1.0" in spaces else ("rss090" if "0.9" in spaces else "rss10")


def _language(root: Element, head: Parts, scope: Scope) -> str | None:
    said = first_text(head, fields.LANGUAGE)
    return said.replace("_", "-") if said else scope.language_of(root)


def _ttl(head: Parts) -> int | None:
    """Return how long the publisher calls the document fresh: `ttl` in minutes, or the syndication module's period."""
    minutes = (first_text(head, ("ttl",)) or "").strip()
    if minutes.isdecimal() and len(minutes) < 8:
        return int(minutes) * 60
    period = fields.PERIODS.get((first_text(head, ("sy:updateperiod",)) or "").lower())
    often = first_text(head, ("sy:updatefrequency",)) or "1"
    return period // max(1, int(often)) if period and often.isdecimal() and len(often) < 6 else None


def _hours(head: Parts) -> set[int]:
    inner = (text_of(hour) for holder in head.get("skiphours", ()) for hour in holder.iterchildren("*"))
    return {int(hour) % 24 for hour in inner if hour.isdecimal() and len(hour) < 4 and int(hour) <= 24}


def _days(head: Parts) -> set[int]:
    inner = (text_of(day) for holder in head.get("skipdays", ()) for day in holder.iterchildren("*"))
    return {fields.WEEK[day.lower()] for day in inner if day.lower() in fields.WEEK}


def _related(head: Parts, scope: Scope, rel: str) -> str | None:
    """Return the address of a document that stands in a relation to this one; names of relations ignore case."""
    links = (link for link in head.get("link", ()) if (link.get("rel") or "").lower() == rel)
    return next((found for link in links if (found := absolute(scope.base_of(link), link.get("href")))), None)


def _shown(element: Element) -> str:
    return local_name(str(element.tag))[:40]
