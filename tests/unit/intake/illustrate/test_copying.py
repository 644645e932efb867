"""Which copies of a picture are kept, and what is refused."""

from io import BytesIO

import pytest
from PIL import Image

from wireroom.intake.illustrate.copying import LEAST, MOST_BYTES, WIDTHS, copies, plan_copy, shrink
from wireroom.records.outcomes import Failed, Fetched, Outcome

URL = "https://img.harbor-ledger.example/lead.jpg"


def picture(width: int, height: int, *, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height), (200, 30, 30, 0) if mode == "RGBA" else (200, 30, 30)).save(out, kind)
    return out.getvalue()


def sizes(body: bytes) -> list[tuple[int, int]]:
    found = shrink(body)
    assert not isinstance(found, str), found
    assert [Image.open(BytesIO(one.body)).size for one in found] == [(one.width, one.height) for one in found]
    return [(one.width, one.height) for one in found]


def test_a_large_picture_is_kept_in_both_widths() -> None:
    assert sizes(picture(1600, 900)) == [(480, 270), (960, 540)]


def test_a_small_picture_is_never_enlarged() -> None:
    assert sizes(picture(300, 200)) == [(300, 200)]
    assert sizes(picture(600, 400)) == [(480, 320), (600, 400)]


def test_the_same_bytes_give_the_same_copies() -> None:
    assert shrink(picture(800, 600)) == shrink(picture(800, 600))


def test_what_is_transparent_lies_on_white() -> None:
    found = shrink(picture(400, 300, mode="RGBA", kind="PNG"))
    assert not isinstance(found, str)
    assert Image.open(BytesIO(found[0].body)).getpixel((10, 10)) == (255, 255, 255)


def test_camera_notes_are_left_out_and_turned_pictures_stand_upright() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6  # orientation: lies on its side
    notes[0x010E] = "where the photographer lives"
    out = BytesIO()
    Image.new("RGB", (900, 600)).save(out, "JPEG", exif=notes)
    found = shrink(out.getvalue())
    assert not isinstance(found, str)
    assert found[0].height > found[0].width
    assert b"photographer" not in found[0].body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "unreadable"),
        (b"<html>not a picture</html>", "unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='600'/>", "unreadable"),
        (picture(1600, 900)[:2000], "unreadable"),
        (picture(LEAST - 1, 150), "pixels wide"),
        (picture(300, 900), "too tall"),
    ],
)
def test_what_cannot_lead_is_refused_with_a_reason(body: bytes, why: str) -> None:
    found = shrink(body)
    assert isinstance(found, str)
    assert why in found


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Failed(url=URL, reason="no answer within 20 s"), "no answer"),
        (Fetched(url=URL, final_url=URL, status=200, body=picture(800, 600), truncated=True), "3 MB"),
    ],
)
def test_what_did_not_come_whole_is_not_kept(outcome: Outcome, why: str) -> None:
    found = copies(outcome)
    assert isinstance(found, str)
    assert why in found


def test_the_request_asks_for_no_more_than_we_keep() -> None:
    assert plan_copy(URL).max_bytes == MOST_BYTES
    assert WIDTHS[0] < WIDTHS[1]
