"""Who publishes the page? The beat's registry first, then what the page says."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from wireroom.intake.extract.bylines import Byline
from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.records.articles import Evidence
from wireroom.records.sources import KnownProvider, Provider
from wireroom.text.tokens import fold
from wireroom.text.urls import domain, host

LONGEST_NAME = 80
LONGEST_HOUSE_NAME = 50


def choose(url: str, clues: Iterable[Evidence], known: Provider | None) -> Provider:
    """Return the publisher of an address: as registered, else as the page says."""
    if known is not None:
        return known.plain() if isinstance(known, KnownProvider) else known
    named = [clue for clue in clues if 1 < len(clue.value) <= LONGEST_NAME]
    own = domain(url) or host(url)
    name = max(named, key=lambda clue: clue.confidence).value if named else own
    return Provider(name=name, domain=own or None)


def registered(url: str, registry: Sequence[Provider]) -> Provider | None:
    """Return the registry's entry for the address's host, or else for its registrable domain."""
    by_domain = {provider.domain: provider for provider in reversed(registry) if provider.domain}
    name = host(url)
    return by_domain.get(name) or by_domain.get(name.removeprefix("www.")) or by_domain.get(domain(url))


def house_names(url: str, clues: Iterable[Evidence], provider: Provider, known: Provider | None) -> tuple[str, ...]:
    """Return the names under which the publisher may sign or close its titles."""
    own, whole = domain(url), host(url)
    names = [provider.name, own, own.partition(".")[0], whole, whole.removeprefix("www.")]
    # Some systems put the headline where the site's name belongs.
    stated = [told.value for told in clues if len(told.value) <= LONGEST_HOUSE_NAME]
    stated += known.title_endings if isinstance(known, KnownProvider) else ()
    return tuple(dict.fromkeys([*names, *stated]))


def described(sheet: Sheet, known: Provider | None) -> Iterator[Evidence]:
    """Yield what a page says where its provider's file tells to look."""
    if not isinstance(known, KnownProvider):
        return
    for selector in known.bylines:
        for node in islice(sheet.tree.css(selector), _MOST_NAMED):
            yield clue("author", node.text(separator="|"), "provider-file", _TOLD)
    if any(sheet.tree.css_first(selector) is not None for selector in known.paywalls):
        yield clue("paywalled", "True", "provider-file", _TOLD)


def apart(credits_: Byline, known: Provider | None) -> Byline:
    """Return credits with the names that its provider's file calls agencies among the agencies."""
    if not isinstance(known, KnownProvider) or not known.agencies:
        return credits_
    named = frozenset(map(fold, known.agencies))
    people = tuple(name for name in credits_.people if fold(name) not in named)
    wires = (*credits_.agencies, *(name for name in credits_.people if fold(name) in named))
    return Byline(people=people, agencies=wires)


_TOLD, _MOST_NAMED = 0.95, 12
"""Trust in the file of a provider, which outranks what pages declare; and elements that are read."""
