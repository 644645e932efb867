"""What does a server say of a document's relations? `Link` headers (RFC 8288), of which hubs are found first."""

import re
from collections.abc import Iterable, Iterator

from wireroom.intake.poll.markup import absolute

_NEXT = re.compile(r",\s*(?=<)")
_REL = re.compile(r";\s*rel\s*=\s*\"?([^\";]*)", re.IGNORECASE)


def linked(headers: Iterable[tuple[str, str]], rel: str, base: str) -> str | None:
    """Return the first address that stands in a relation to the document; names of relations ignore case."""
    return next((found for target in _targets(headers, rel) if (found := absolute(base, target))), None)


def _targets(headers: Iterable[tuple[str, str]], rel: str) -> Iterator[str]:
    for value in (value for name, value in headers if name == "link"):
        for link in _NEXT.split(value):
            target, end, terms = link.strip().removeprefix("<").partition(">")
            said = _REL.search(terms) if end else None
            if said and rel in said[1].lower().split():
                yield target
