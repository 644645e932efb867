"""Under which address is the piece filed?

Checks what the page declares: same registrable domain, not the home page of a deeper address. Trackers go.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from wireroom.intake.extract.sheet import Sheet
from wireroom.records.articles import Evidence
from wireroom.text.urls import canonical, domain, host


def declared(sheet: Sheet) -> str | None:
    """Return the address that the page's `<link rel=canonical>` names, as written but absolute."""
    return next((link.href for link in sheet.links if link.rel == "canonical"), None)


def amp(sheet: Sheet) -> str | None:
    """Return the address of the AMP version that the page declares."""
    return next((link.href for link in sheet.links if link.rel == "amphtml"), None)


def shown_amp(sheet: Sheet, address: str) -> str | None:
    """Return the page's own address when it is the AMP version of the piece filed under another."""
    attributes = sheet.tree.root.attributes if sheet.tree.root else {}
    is_amp = not _AMP_MARKS.isdisjoint(attributes)
    return sheet.url if is_amp and canonical(sheet.url) != address else None


_AMP_MARKS = frozenset({"amp", "⚡", "⚡\ufe0f"})


def claims(sheet: Sheet) -> tuple[Evidence, ...]:
    """Return the addresses the page claims for itself, most trusted first, the one it came from last."""
    found = []
    if link := declared(sheet):
        found.append(_claim(link, "link", 0.9))
    resolved = (sheet.address(content) for content in sheet.metas.get("og:url", ()))
    found += [_claim(url, "open-graph", 0.6) for url in resolved if url]
    found.append(_claim(sheet.url, "address", 0.5))
    return tuple(found)


def _claim(url: str, source: str, confidence: float) -> Evidence:
    return Evidence(field="canonical", value=url, source=source, confidence=confidence)


def choose(found: Sequence[Evidence]) -> tuple[str, Evidence]:
    """Return the address to file under, cleaned, and the claim it follows: the first sane one of `claims`."""
    own = found[-1]
    claim = next((claim for claim in found[:-1] if _sane(claim.value, own.value)), own)
    return canonical(claim.value), claim


def _sane(claim: str, url: str) -> bool:
    """Tell whether a claim can be believed: the same house, and not the front page of somewhere deeper."""
    return _of_one_house(host(claim), host(url)) and (not _is_deep(url) or _is_deep(claim))


def _is_deep(url: str) -> bool:
    """Tell whether an address leads below the front page."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _of_one_house(one: str, other: str) -> bool:
    """Tell whether two hosts have one registrable domain, which has two labels at least."""
    if one == other:
        return True
    return one.rsplit(".", 2)[-2:] == other.rsplit(".", 2)[-2:] and domain(one) == domain(other) != ""
