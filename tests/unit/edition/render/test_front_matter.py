"""Posts come back byte for byte; what is wrong with one is said with its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from wireroom.edition.render import front_matter, post_shape
from wireroom.errors import PostError

POST = """---
category: news
title: "The board’s \\"quiet\\" vote"
publishedDateTime: 2026-11-20T02:09:00Z
type: article
quality: 71

provider:
  name: Harbor Ledger
  domain: harbor-ledger.example

topics:
  - AI
  - Facial Recognition
---

"""


def posts(shared: Path) -> list[Path]:
    found = [*(shared / "seeds").iterdir(), *(shared / "data/posts-to-api/_news").iterdir()]
    assert len(found) == 137
    return sorted(found)


def test_outside_posts_come_back_identical(shared: Path) -> None:
    for path in posts(shared):
        data = path.read_bytes()
        assert front_matter.write(front_matter.read(data)) == data, path.name


def test_the_writer_alone_makes_the_outside_posts_from_their_values(shared: Path) -> None:
    for path in posts(shared):
        data = path.read_bytes()
        assert front_matter.write(front_matter.compose(front_matter.read(data).fields)) == data, path.name


def test_outside_posts_take_the_fast_way_and_say_what_pyyaml_says(shared: Path) -> None:
    for path in posts(shared):
        front = front_matter.read(path.read_bytes())
        fast = post_shape.parse(front.inner)
        assert fast == yaml.load(front.inner, Loader=yaml.CSafeLoader) == front.fields, path.name


def test_windows_line_ends_come_back_and_do_not_change_the_values() -> None:
    windows = POST.replace("\n", "\r\n").encode()
    front = front_matter.read(windows)
    assert front_matter.write(front) == windows
    assert front.fields == front_matter.read(POST.encode()).fields
    assert front.body == "\r\n"


@pytest.mark.parametrize(
    "extra",
    [
        "mood: grim\n",
        "# a remark\nmood: 'grim'\n",
        "mood: {a: [1, 2.5, yes]}\n",
        "mood: >\n  folded\n  text\n",
        "mood: |\n  --- not a fence\n",
        'mood: "two\n  lines"\n',
        "title: again\n",
    ],
)
def test_what_is_outside_the_shape_is_kept_in_place_and_read_as_pyyaml_does(extra: str) -> None:
    text = POST.replace("type: article\n", f"{extra}type: article\n")
    front = front_matter.read(text.encode())
    assert front_matter.write(front) == text.encode()
    assert front.fields == yaml.safe_load(text.split("\n---\n")[0])


def test_a_byte_order_mark_stays() -> None:
    marked = b"\xef\xbb\xbf" + POST.encode()
    front = front_matter.read(marked)
    assert front.fields == front_matter.read(POST.encode()).fields
    assert front_matter.write(front) == marked


RARE = """no: 5
~: 2
12: x
1.5: z
2020-01-01: y
2020-01-01T10:00:00Z: w
bytes: !!binary aGVsbG8=
set: !!set {b, a, 1}
nested: {yes: 1, b: [[1, {no: 2}]]}
"""


def test_keys_and_values_that_are_no_text_can_be_written_too() -> None:
    fields = front_matter.read(f"---\n{RARE}---\n".encode()).fields
    assert fields == yaml.safe_load(RARE)
    assert front_matter.read(front_matter.write(front_matter.compose(fields))).fields == fields


ALIASES = "".join(
    f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]\n" for last, this in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: &a [x, x, x]\n{ALIASES}", 7),
        ("title: x\nme: &me [*me]\n", 3),
        (f"title: {'[' * 9000}{']' * 9000}\n", 2),
    ],
)
def test_what_has_no_end_is_refused(text: str, line: int) -> None:
    with pytest.raises(PostError, match=rf"^line {line}: \w+: holds itself, or more than a post ever does$"):
        front_matter.read(f"---\n{text}---\n".encode())


def test_values_have_their_types() -> None:
    fields = front_matter.read(POST.encode()).fields
    assert fields["title"] == 'The board’s "quiet" vote'
    assert fields["publishedDateTime"] == datetime(2026, 11, 20, 2, 9, tzinfo=UTC)
    assert fields["quality"] == 71
    assert fields["topics"] == ["AI", "Facial Recognition"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: x\n", "line 1: a post begins with a line of three hyphens"),
        ("---\ntitle: x\n", "line 3: the front matter is not closed"),
        ("---\ntitle: x\nbad: [1, 2\n---\n\n", "line 3:"),
        ('---\ntitle: "x\n---\n\n', "line 2:"),
        ("---\ntitle: x\n\tq: 1\n---\n", "line 3:"),
        ("---\n- a\n- b\n---\n", "line 2: front matter is a list"),
        ("---\ntitle: a: b\n---\n", "line 2:"),
        ("---\na: 1\nwhen: 2026-13-40T00:00:00Z\n---\n", "line 3: month must be in"),
        ("---\ntitle: x\nq: \x00\n---\n", "line 3:"),
        ("---\na: 1\nq: !!bool maybe\n---\n", "line 3:"),
        ("---\na: 1\nq: !!python/object:os.system x\n---\n", "line 3:"),
    ],
)
def test_malformed_front_matter_names_line_and_reason(text: str, complaint: str) -> None:
    with pytest.raises(PostError) as raised:
        front_matter.read(text.encode())
    assert str(raised.value).startswith(complaint)
    assert len(str(raised.value)) > len("line 2: ")


def test_a_file_that_is_not_utf8_names_the_line() -> None:
    with pytest.raises(PostError, match=r"^line 3: not UTF-8 \(byte 0xe9\)"):
        front_matter.read(b"---\ntitle: x\nname: caf\xe9\n---\n\n")


def test_one_field_is_changed_where_it_stands() -> None:
    text = POST.replace("quality: 71\n", "quality: 71 # by hand\nmood: 'grim'\n")
    changed = front_matter.with_field(front_matter.read(text.encode()), "quality", 9)
    assert front_matter.write(changed).decode() == text.replace("quality: 71 # by hand", "quality: 9")
    assert changed == front_matter.read(front_matter.write(changed))


def test_a_list_is_changed_where_it_stands_and_the_empty_lines_stay() -> None:
    changed = front_matter.with_field(front_matter.read(POST.encode()), "provider", {"name": "Civic Wire"})
    expected = POST.replace("  name: Harbor Ledger\n  domain: harbor-ledger.example\n", "  name: Civic Wire\n")
    assert front_matter.write(changed).decode() == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_field_is_taken_out_with_the_empty_line_before_it(end: str) -> None:
    text = POST.replace("\n", end)
    for key, gone in (
        ("provider", "\nprovider:\n  name: Harbor Ledger\n  domain: harbor-ledger.example\n"),
        ("topics", "\ntopics:\n  - AI\n  - Facial Recognition\n"),
        ("type", "type: article\n"),
        ("none", ""),
    ):
        without = front_matter.without_field(front_matter.read(text.encode()), key)
        assert front_matter.write(without).decode() == text.replace(gone.replace("\n", end), "")
        assert without == front_matter.read(front_matter.write(without))


def test_a_new_field_goes_to_the_end() -> None:
    changed = front_matter.with_field(front_matter.read(POST.replace("\n", "\r\n").encode()), "mood", "grim")
    assert front_matter.write(changed).endswith(b'Facial Recognition\r\nmood: "grim"\r\n---\r\n\r\n')


BARE = (
    *("Off", "ON", "y", "N", "Null", "TRUE", "true", "~", "", "=", "<<", "Zed", "é", "a-b", "x:", "x:y", "x#y", "x #y"),
    *(
        "12",
        "012",
        "0x1F",
        "1:30",
        "1_000",
        "-3",
        "+3",
        "1e3",
        "1.5",
        ".5",
        ".inf",
        "2026-01-01",
        "2026-01-01 00:00:00",
    ),
    *("@x", "`x", "!x", "*x", "&x", "%x", "|x", ">x", "[x", "{x", ",x", "]x", "}x", "#x", "- x", "? x", "'x'", '"x"'),
    *("x ", "\u00a0x", "x\u00a0y", "2026-01-01T00:00:00Z"),
)


@pytest.mark.parametrize("bare", BARE)
def test_bare_values_mean_what_pyyaml_says(bare: str) -> None:
    for old in ("Harbor Ledger", "Facial Recognition", "article", "71", "2026-11-20T02:09:00Z"):
        text = POST.replace(old, bare)
        inner = text.split("---\n")[1]
        fast = post_shape.parse(inner)
        if fast is not None:
            assert fast == yaml.load(inner, Loader=yaml.CSafeLoader), old


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "x"', r'"say \"x\""'),
        ("a\\b", r'"a\\b"'),
        ("a\r\nb\tc", r'"a\r\nb\tc"'),
        ("\x00\x85\u2028\ufeff", r'"\x00\x85\u2028\uFEFF"'),
        ("é — 日本 🗞 \u00a0", '"é — 日本 🗞 \u00a0"'),
        ("a\ud800b", '"a\ufffdb"'),
    ],
)
def test_text_is_quoted_in_one_way(text: str, written: str) -> None:
    assert front_matter.compose({"title": text}).inner == f"title: {written}\n"
