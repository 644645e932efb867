"""What becomes of a word: an AMP address, an address, a title?"""

from msgspec import Struct

from wireroom.app.trials import Unusable
from wireroom.text.amp import cache_url
from wireroom.text.slugs import slug
from wireroom.text.urls import absolute, canonical, domain


class AmpLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """The line of `try amp`."""

    input: str
    cdn_amp_url: str | None


class UrlLine(Struct, frozen=True, kw_only=True):
    """The line of `try url`."""

    input: str
    canonical: str
    domain: str


class SlugLine(Struct, frozen=True, kw_only=True):
    """The line of `try slug`."""

    input: str
    slug: str


def try_amp(url: str) -> AmpLine:
    """Give the AMP cache address, None where the rules give none."""
    return AmpLine(input=url, cdn_amp_url=cache_url(url))


def try_url(url: str) -> UrlLine:
    """Give the canonical form and the registrable domain."""
    if absolute(url, url) is None:
        raise Unusable("not an http or https address")
    return UrlLine(input=url, canonical=canonical(url), domain=domain(url))


def try_slug(text: str) -> SlugLine:
    """Give the slug."""
    return SlugLine(input=text, slug=slug(text))
