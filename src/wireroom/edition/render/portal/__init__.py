"""What do readers see? A static portal: plain HTML and one style sheet that work from a disk and without a script.

Shows excerpt and link only; the article stays with its publisher. Asks no other server for anything.
"""

from collections.abc import Iterator

from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.portal import issues, pages, wire
from wireroom.edition.render.portal.site import survey
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File


def render(edition: Edition, marks: Marks | None = None) -> Iterator[File | Draft]:
    """Plan every page of the portal."""
    site = survey(edition, marks or marks_of(edition))
    told = wire.marks(site)
    # Long lists first: planning one looks at all posts, and what is looked at while hands make files is copied.
    yield pages.front(site, told)
    yield from pages.topics(site, told)
    yield from pages.providers(site)
    yield from pages.days(site)
    yield from pages.stories(site, told)
    yield from pages.articles(site, told)
    yield from pages.desk(site)
    yield from pages.searches(site)
    yield from issues.pages(site)
    yield from pages.assets(site)
