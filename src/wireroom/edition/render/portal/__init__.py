"""What do readers see? A static portal: plain HTML and one style sheet that work from a disk and without a script.

Shows excerpt and link only; the article stays with its publisher. Asks no other server for anything.
"""

from collections.abc import Iterator

from wireroom.edition.render.portal import pages
from wireroom.edition.render.portal.site import survey
from wireroom.records.editions import Edition, File


def render(edition: Edition) -> Iterator[File]:
    """Write every page of the portal."""
    site = survey(edition)
    yield pages.front(site)
    yield from pages.stories(site)
    yield from pages.articles(site)
    yield from pages.topics(site)
    yield from pages.providers(site)
    yield from pages.days(site)
    yield from pages.desk(site)
    yield from pages.assets(site)
