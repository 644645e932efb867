import pytest

from wireroom.text.hosts import tidy_host


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Daily.Example", "daily.example"),
        ("127.1", "127.0.0.1"),
        ("0x7f.0.0.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("%31%32%37.0.0.1", "127.0.0.1"),
        ("192.168.257", "192.168.1.1"),
        ("::FFFF:127.0.0.1", "::ffff:7f00:1"),
        ("256.256.256.256", None),
        ("4294967296", None),
        ("1.2.3.09", None),
        ("-1.00", None),
        ("1_0.1", None),
        ("daily .example", None),
        ("daily%00.example", None),
        ("1::2::3", None),
        ("", None),
        ("..", None),
    ],
)
def test_tidy_host(raw: str, expected: str | None) -> None:
    assert tidy_host(raw) == expected
