"""Evidence for an encoding counts in its order, and every mending is named."""

import codecs

import pytest

from wireroom.text.encodings import charset, decode, is_utf8, known_encoding


def test_a_byte_order_mark_outranks_all() -> None:
    decoded = decode(codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), "text/xml; charset=iso-8859-1")
    assert (decoded.text, decoded.encoding, decoded.repairs) == ("né", "utf-16-be", ())


def test_the_header_outranks_the_declaration() -> None:
    body = "<?xml version='1.0' encoding='utf-8'?><a>ж</a>".encode("koi8-r")
    assert decode(body, "text/xml; charset=koi8-r").text.endswith("<a>ж</a>")


def test_a_header_that_does_not_fit_gives_way_and_is_named() -> None:
    decoded = decode('<?xml version="1.0" encoding="utf-8"?><a>é€\U0001f600</a>'.encode(), "text/xml; charset=us-ascii")
    assert decoded.text.endswith("<a>é€\U0001f600</a>")
    assert decoded.repairs == ("the HTTP header says us-ascii, the bytes are utf-8",)


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode(b"\x93quoted\x94", "text/html; charset=iso-8859-1").text == "“quoted”"


def test_a_meta_element_counts() -> None:
    assert decode("<html><meta charset=windows-1251><p>Привет".encode("windows-1251")).text.endswith("Привет")


def test_wide_encodings_are_seen_without_a_mark() -> None:
    assert decode('<?xml version="1.0"?><a/>'.encode("utf-16-le")).encoding == "utf-16-le"


def test_one_bad_byte_does_not_spoil_utf_8() -> None:
    decoded = decode("äöü ß é è ñ ç ø å 中文 ".encode() * 3 + b"\xff")
    assert decoded.encoding == "utf-8"
    assert decoded.repairs == ("1 unreadable characters in utf-8",)


def test_bytes_without_any_evidence_are_windows_1252() -> None:
    assert decode(b"caf\xe9").text == "café"


def test_names_that_are_no_encodings_of_text_are_unknown() -> None:
    assert [known_encoding(name) for name in ("rot13", "zip", "utf-7", "no-such", "idna", "a\x00")] == [None] * 6
    assert decode(b"abc", "text/html; charset=rot13").repairs == ("unknown encoding 'rot13' in the HTTP header",)


def test_charset_is_found_however_it_is_written() -> None:
    assert [charset(text) for text in ('text/xml;charset = "UTF-8"', "a/b; Charset=x;q=1", "a/b", None)] == [
        *("UTF-8", "x", None, None)
    ]


@pytest.mark.parametrize("before", range(4090, 4100))
@pytest.mark.parametrize("character", ["é", "€", "😀"])
def test_utf8_is_told_by_its_bytes_wherever_a_character_stands(before: int, character: str) -> None:
    whole = b"a" * before + character.encode() + b"a" * 5000
    assert is_utf8(whole)
    assert not is_utf8(whole.replace(character.encode(), character.encode()[:-1]))
    assert not is_utf8(b"a" * before + character.encode()[:-1])


@pytest.mark.parametrize("characters", ["é" * 30, "€" * 15, "😀" * 10])
def test_a_few_characters_settle_it_and_what_breaks_behind_them_is_read_as_broken(characters: str) -> None:
    assert is_utf8(characters.encode() + b"a" * 5000 + b"caf\xe9")
    assert not is_utf8("é".encode() * 10 + b"a" * 5000 + b"caf\xe9")


def test_a_character_that_breaks_off_at_a_border_is_no_utf8_though_its_end_comes_later() -> None:
    assert not is_utf8(b"a" * 4095 + b"\xc3" + b"a" * 4096 + b"\xa9")


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("ru", "windows-1251", "набережную перестроят"),
        ("ja-JP", "cp932", "東の岸壁、建て替えへ"),
        ("ja", "euc-jp", "東の岸壁、建て替えへ"),
        ("pl", "windows-1250", "wschodnie nabrzeże będzie"),
        ("en", "windows-1252", "a café on the quay"),
    ],
)
def test_bytes_that_nothing_declares_are_in_what_is_usual_for_the_language(
    language: str, encoding: str, text: str
) -> None:
    found = decode(f'<html lang="{language}"><p>{text}'.encode(encoding))
    assert (found.encoding, found.text.partition("<p>")[2]) == (encoding, text)


def test_wide_characters_without_a_mark_are_known_by_the_first_tag() -> None:
    assert decode("<!doctype html><p>quay".encode("utf-16-le")).text == "<!doctype html><p>quay"


def test_a_page_that_says_utf_8_is_believed_after_a_few_characters() -> None:
    told, broken = b'<meta charset="UTF-8">', b"a" * 5000 + b"caf\xe9"
    assert is_utf8(told + "– –".encode() + broken)
    assert not is_utf8("– –".encode() + broken)
    assert not is_utf8(told + "–".encode() + broken)
