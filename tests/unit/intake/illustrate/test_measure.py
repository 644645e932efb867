from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from wireroom.intake.illustrate import absorb, plan
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Refused, Throttled

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "https://pictures.example/bridge"


def picture(kind: str, size: tuple[int, int] = (640, 360)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def fetched(body: bytes, kind: str = "image/jpeg") -> Fetched:
    return Fetched(url=URL, final_url=URL, status=200, headers=(("content-type", kind),), body=body)


def test_only_the_first_bytes_are_asked_for() -> None:
    request = plan(URL)
    assert request.first_bytes is not None
    assert request.first_bytes <= 65_536


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_the_size_is_read_from_the_first_bytes(kind: str) -> None:
    found = absorb(URL, fetched(picture(kind)[:4096]), NOW)
    assert (found.width, found.height, found.reason) == (640, 360, None)


def test_a_drawing_states_its_size_or_its_box() -> None:
    assert absorb(URL, fetched(b'<svg width="120px" height="60" viewBox="0 0 1 1">'), NOW).width == 120
    boxed = absorb(URL, fetched(b'<?xml version="1.0"?><svg viewBox="0 0 300 200">'), NOW)
    assert (boxed.width, boxed.height) == (300, 200)


def test_a_bomb_is_refused_by_what_it_claims() -> None:
    bomb = bytearray(picture("PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    found = absorb(URL, fetched(bytes(bomb)), NOW)
    assert found.width is None
    assert found.reason is not None
    assert "60000 x 60000" in found.reason


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (fetched(b""), "empty"),
        (fetched(b"<html>", "text/html; charset=utf-8"), "web page"),
        (fetched(b"\xff\xd8\xff" + b"\x00" * 60), "unreadable"),
        (fetched(bytes(range(256)) * 20), "unreadable"),
        (fetched(b"\x00\x00\x00\x20ftypavif" + b"\x01" * 200, "image/avif"), "unreadable"),
        (Gone(url=URL, final_url=URL, status=404), "404"),
        (Refused(url=URL, reason="robots.txt forbids it", by="robots"), "robots"),
        (Failed(url=URL, reason="timed out"), "timed out"),
        (Throttled(url=URL, status=429), "429"),
        (NotModified(url=URL, final_url=URL), "no bytes"),
    ],
)
def test_what_cannot_be_measured_says_why(outcome: Outcome, reason: str) -> None:
    found = absorb(URL, outcome, NOW)
    assert (found.width, found.height) == (None, None)
    assert found.reason is not None
    assert reason in found.reason
