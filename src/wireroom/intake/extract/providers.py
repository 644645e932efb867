"""Who publishes the page? The beat's registry first, then what the page says."""

from collections.abc import Iterable, Sequence

from wireroom.records.articles import Evidence
from wireroom.records.sources import Provider
from wireroom.text.urls import domain, host

LONGEST_NAME = 80
LONGEST_HOUSE_NAME = 50


def choose(url: str, clues: Iterable[Evidence], registry: Sequence[Provider]) -> Provider:
    """Return the publisher of an address."""
    known = registered(url, registry)
    if known is not None:
        return known
    ranked = sorted((clue for clue in clues if 1 < len(clue.value) <= LONGEST_NAME), key=lambda clue: -clue.confidence)
    own = domain(url) or host(url)
    return Provider(name=ranked[0].value if ranked else own, domain=own or None)


def registered(url: str, registry: Sequence[Provider]) -> Provider | None:
    """Return the registry's entry for the address's host, or else for its registrable domain."""
    by_domain = {provider.domain: provider for provider in reversed(registry) if provider.domain}
    name = host(url)
    return by_domain.get(name) or by_domain.get(name.removeprefix("www.")) or by_domain.get(domain(url))


def house_names(url: str, clues: Iterable[Evidence], provider: Provider) -> tuple[str, ...]:
    """Return the names under which the publisher may sign or close its titles."""
    own = domain(url)
    names = [provider.name, own, own.partition(".")[0], host(url), host(url).removeprefix("www.")]
    # Some systems put the headline where the site's name belongs.
    stated = (clue.value for clue in clues if len(clue.value) <= LONGEST_HOUSE_NAME)
    return tuple(dict.fromkeys([*names, *stated]))
