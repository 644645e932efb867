"""Which card does a page show where links to it are shared? One per story, and one for everything else.

A card is named by what it says, so a story that grows gets another one and an old address never lies.
"""

from collections.abc import Iterator
from functools import partial

import PIL
from msgspec import Struct

from wireroom.edition.render import addresses, wording
from wireroom.edition.render.card_face import Face
from wireroom.edition.render.feeds import followed
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition
from wireroom.records.ids import digest
from wireroom.records.stories import Story

DRAWN = "cards/2"
"""How cards are drawn: another way gives other bytes, and so other addresses."""


class Card(Struct, frozen=True, kw_only=True):
    """A card: where it lies, and what it says in words."""

    path: str
    face: Face

    @property
    def alt(self) -> str:
        """Return what the card says, for those who do not see it."""
        return ". ".join([said.removesuffix(".") for said in (self.face.headline, self.face.line, self.face.name)])


def render(edition: Edition) -> Iterator[Draft]:
    """Plan the cards: drawing one takes about ten milliseconds, so only new ones are drawn."""
    told = (story_card(edition, story) for story in edition.stories)
    cards = [general(edition), *(card for card in told if card)]
    for path, card in {card.path: card for card in cards}.items():
        yield Draft(path=path, key=path, make=partial(_drawn, card.face))


def _drawn(face: Face) -> bytes:
    from wireroom.edition.render.card_drawing import draw  # noqa: PLC0415 - few editions draw any, and it loads slowly

    return draw(face)


def general(edition: Edition) -> Card:
    """Return the card of the beat."""
    masthead = edition.masthead
    return _card(Face(name="Wireroom", headline=masthead.name, line=masthead.description, host=masthead.address))


def story_card(edition: Edition, story: Story) -> Card | None:
    """Return the card of a story that is still followed; later nobody shares it, and it makes do with the beat's."""
    if not followed(story, edition):
        return None
    reports = len(story.articles)
    counts = f"{story.independent} independent of {reports} reports" if reports > 1 else "1 report"
    line = f"{counts}, first on {wording.day(story.first_at)}"
    return _card(
        Face(name=edition.masthead.name, headline=story.title, line=line, host=edition.masthead.address, mark=True)
    )


def _card(face: Face) -> Card:
    # Another version of the library may draw otherwise, and the bytes of an address shall not change.
    return Card(
        path=addresses.card(digest(DRAWN, PIL.__version__, face.name, face.headline, face.line, face.host)), face=face
    )
