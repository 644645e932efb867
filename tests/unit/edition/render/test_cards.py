"""Cards say their headline in whatever letters they can, never as boxes, and the same words give the same bytes."""

import unicodedata
from io import BytesIO

import pytest
from PIL import Image

from wireroom.edition.render import card_drawing
from wireroom.edition.render.card_drawing import drawable, plain, wide
from wireroom.edition.render.card_face import Face


def card(headline: str, name: str = "AI Watch") -> bytes:
    face = Face(name=name, headline=headline, line="1 report, first on Fri 20 Nov 2026", host="https://watch.example/")
    return card_drawing.draw(face)


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Board ends “trial” – at once…", 'Board ends "trial" - at once...'),
        ("Straße in Łódź: Zoë\u0308 zählt", "Straße in Łódź: Zoë zählt"),
        ("Совет проголосовал «за»", "Совет проголосовал «за»"),
        ("Ψήφισε ναι", "Ψήφισε ναι"),  # noqa: RUF001 - Greek
        ("Խորհուրդը քվեարկեց", "Խորհուրդը քվեարկեց"),
        ("Vote: 4–1 🎉 for the board, and that was that", "Vote: 4–1  for the board, and that was that"),
    ],
)
def test_letters_that_a_face_has_are_drawn(headline: str, shown: str) -> None:
    found = drawable(headline)
    assert found is not None
    text, face = found
    assert text == shown
    assert face is (plain if text.isascii() else wide)


@pytest.mark.parametrize(
    "headline", ["صوت المجلس ضد الكاميرات", "委員会が可決", "परिषद ने मतदान किया", "המועצה הצביעה", ""]
)
def test_what_no_face_has_leaves_the_name_in_its_place(headline: str) -> None:
    assert drawable(headline) is None
    assert card(headline) == card("AI Watch")


def test_no_letter_that_may_be_drawn_is_a_box() -> None:
    box = wide(40).getmask("\ufffe").getbbox(), bytes(wide(40).getmask("\ufffe"))
    every = "".join(map(chr, range(0x20, 0x2200)))
    letters = [one for one in card_drawing._WIDE.findall(every) if unicodedata.category(one)[0] not in "CMZ"]
    assert len(letters) > 1200
    boxes = [one for one in letters if (wide(40).getmask(one).getbbox(), bytes(wide(40).getmask(one))) == box]
    assert boxes == []


def test_cards_are_of_the_size_that_pages_say_and_the_same_again() -> None:
    for headline in ("Board votes", "Совет голосует " * 40, "W" * 300):
        assert card(headline) == card(headline)
        assert Image.open(BytesIO(card(headline))).size == (1200, 630)
