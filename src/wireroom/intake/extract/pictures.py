"""Which of the pictures that the page shows its readers is the lead?

Looks in the article's own part first. It must not weigh them against the head's statements beyond telling whether both
show the same picture.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from wireroom.intake.extract.images import is_gif, is_thumbnail, looks_poor
from wireroom.intake.extract.likeness import Search
from wireroom.intake.extract.sheet import Sheet, clue, own_part
from wireroom.intake.extract.shown import (
    FAR,
    NEAR,
    Shown,
    is_elsewhere,
    is_framed,
    is_marked_lead,
    largest,
    of_news,
    shown,
)
from wireroom.records.articles import Evidence
from wireroom.text.html import Node, Tree

FIRST_IMAGES, MOST_IMAGES = 4, 30
"""Images among which the one that the head names is looked for: it mostly stands among the first of the article's own
part, and on one page of 131 behind 25 icons."""
EARLY_IMAGES = 12
"""Pictures of the news among which a lead is looked for that the head does not name."""


def evidence(sheet: Sheet, stated: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the lead picture as shown: the one the head names too, else the first that stands like a lead."""
    part = own_part(sheet)
    # All pictures stand in the body.
    within = isinstance(part, Node) and part.tag != "body"
    own = part.css("img") if within else sheet.nodes["img"]
    slug = sheet.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    search, found = Search(stated, slug), shown(own or part.css("amp-img"))
    same = search.among(islice(found, FIRST_IMAGES)) or search.among(islice(found, MOST_IMAGES - FIRST_IMAGES))
    seen = tuple(search.shown)
    if same is None and stated and within:
        inside = {node.mem_id for node in own}
        others = shown(node for node in sheet.nodes["img"] if node.mem_id not in inside)
        same = search.among(islice(others, MOST_IMAGES - len(search.shown)))
    if same is not None:
        yield from _clue(sheet, largest(same), 0.90)
        return
    lead = _lead(seen, slug, FAR) or (_lead(seen, slug, NEAR) if within and not stated else None)
    if lead is not None and (not is_gif(lead[1]) or is_marked_lead(lead[0].node)):
        yield from _clue(sheet, lead[1], 0.82 if is_framed(lead[0].node) else 0.50)
    elif not stated:
        yield from islice(_behind(sheet, part), 1)


def _lead(pictures: Iterable[Shown], slug: str, levels: int) -> tuple[Shown, str] | None:
    """Return the first picture that stands like a lead, with its largest version."""
    good = (found for picture in pictures if (found := of_news(picture, slug)))
    for picture in islice(good, EARLY_IMAGES):
        if not is_elsewhere(picture.node, levels) and not is_thumbnail(url := largest(picture)):
            return picture, url
    return None


def _behind(sheet: Sheet, part: Tree | Node) -> Iterator[Evidence]:
    """Yield pictures that are no images of the page: of a film before it plays, behind a headline, for links alone."""
    for node in (*sheet.tree.css(_LINKED), *part.css(_DRAWN_ON)):
        named = next((told for name in _SAID if (told := node.attributes.get(name))), "")
        drawn = _DRAWN.search(node.attributes.get("style") or "")
        written = named or (drawn[1].strip("'\" ") if drawn else "")
        if written and not written.startswith("data:") and not looks_poor(written) and not is_elsewhere(node):
            yield from _clue(sheet, written, 0.40)


_LINKED = "link[rel=image_src], link[itemprop=image], [itemprop=image] > meta[itemprop=url]"
_DRAWN_ON = "video[poster], [style*=background-image], [style*='background:']"
_SAID = ("poster", "href", "content")
_DRAWN = re.compile(r"url\(([^)]{4,2000})\)")


def _clue(sheet: Sheet, written: str, confidence: float) -> Iterator[Evidence]:
    """Yield a picture under its address; what the head names is better than a thumbnail of it."""
    if not is_thumbnail(written) and (url := sheet.address(written)):
        yield clue("image", url, "figure", confidence)
