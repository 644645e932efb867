"""Under which address is the piece filed?

Checks what the page declares: same registrable domain, not the home page of a deeper address. Trackers go.
"""

from urllib.parse import urlsplit

from wireroom.intake.extract.sheet import Sheet
from wireroom.records.articles import Evidence
from wireroom.text.urls import canonical, domain


def declared(sheet: Sheet) -> str | None:
    """Return the address that the page's `<link rel=canonical>` names, as written but absolute."""
    return next((link.href for link in sheet.links if link.rel == "canonical"), None)


def amp(sheet: Sheet) -> str | None:
    """Return the address of the AMP version that the page declares."""
    return next((link.href for link in sheet.links if link.rel == "amphtml"), None)


def claims(sheet: Sheet) -> tuple[Evidence, ...]:
    """Return the addresses the page claims for itself, most trusted first."""
    found = []
    if link := declared(sheet):
        found.append(_claim(link, "link", 0.9))
    resolved = (sheet.address(content) for content in sheet.metas.get("og:url", ()))
    found += [_claim(url, "open-graph", 0.6) for url in resolved if url]
    found.append(_claim(sheet.url, "address", 0.5))
    return tuple(found)


def _claim(url: str, source: str, confidence: float) -> Evidence:
    return Evidence(field="canonical", value=url, source=source, confidence=confidence)


def choose(found: tuple[Evidence, ...], url: str) -> str:
    """Return the first sane claim, cleaned; the page's own address when none is."""
    return next((canonical(claim.value) for claim in found if _sane(claim.value, url)), canonical(url))


def _sane(claim: str, url: str) -> bool:
    """Tell whether a claim can be believed: the same house, and not the front page of somewhere deeper."""
    if domain(claim) != domain(url):
        return False
    deep = len(urlsplit(url).path.strip("/")) > 0 or bool(urlsplit(url).query)
    return not deep or bool(urlsplit(claim).path.strip("/")) or bool(urlsplit(claim).query)


def same(claim: str, address: str) -> bool:
    """Tell whether a claim, once cleaned, is the address that was decided."""
    return canonical(claim) == address
