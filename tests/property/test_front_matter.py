"""Laws of the post file, over generated records, hostile strings and texts near the usual shape."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from wireroom.edition.render import front_matter, post_shape
from wireroom.edition.render.yaml_text import Value
from wireroom.errors import PostError

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)).map(  # noqa: DTZ001 - zone follows
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
scalars: st.SearchStrategy[Value] = st.one_of(
    text, st.integers(-(10**20), 10**20), st.booleans(), st.none(), moments, st.floats(allow_nan=False)
)
images = st.lists(
    st.fixed_dictionaries(
        {"url": text}, optional={"width": st.integers(0, 9999), "title": text, "isCached": st.booleans()}
    ),
    min_size=1,
    max_size=3,
)
posts = st.fixed_dictionaries(
    {"category": st.sampled_from(["news", "yes", "a: b"]), "title": text},
    optional={
        "excerpt": text,
        "publishedDateTime": moments,
        "webUrl": text,
        "type": text,
        "quality": st.integers(-5, 10**20),
        "published": st.booleans(),
        "provider": st.fixed_dictionaries({"name": text}, optional={"domain": text, "images": images}),
        "topics": st.lists(text, min_size=1, max_size=4),
        "images": images,
        "related": st.lists(st.fixed_dictionaries({"title": text, "quality": st.integers()}), min_size=1, max_size=2),
        "secured": text,
    },
)
anything: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    text,
    st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3), max_leaves=8
    ),
    max_size=5,
)


@given(posts | anything)
def test_reading_what_was_written_gives_the_same_fields(fields: dict[str, Any]) -> None:
    written = front_matter.write(front_matter.compose(fields))
    assert front_matter.read(written).fields == fields


@given(posts)
def test_reading_what_was_written_gives_the_same_post(fields: dict[str, Any]) -> None:
    front = front_matter.compose(fields)
    assert front_matter.read(front_matter.write(front)) == front


LINES = [
    "category: news",
    'title: "a \\" b"',
    'title: "a \\x41 b"',
    "title: 'single'",
    "title: yes",
    "title: null",
    "title: Plain words, and more ",
    "title: 1_000",
    "title: 012",
    "title: 1:30",
    "title: ~",
    "title: \u2028",
    "title: a\u00a0",
    "excerpt: >",
    "  folded",
    "publishedDateTime: 2026-02-30T00:00:00Z",
    "publishedDateTime: 2026-02-20T00:00:00Z",
    "publishedDateTime: 2026-02-20",
    "webUrl:",
    "type: article",
    "quality: -0",
    "quality: 0x1F",
    "heat: 1e3",
    "heat: 7 # remark",
    "published: True",
    "published: false",
    "",
    "provider:",
    "  name: On",
    "  name: N",
    "  domain: a.example",
    "   domain: odd.example",
    "  images:",
    '    - url: "x"',
    "      width: 50",
    "topics:",
    "  - AI",
    "  - Off",
    "- zero",
    "images:",
    '  - url: "y"',
    '    title: ""',
    "    isCached: true",
    "related:",
    '  - title: "z"',
    "    provider:",
    "      name: Zed",
    'secured: "q"',
    "# remark",
    "a: &b 1",
    "c: *b",
    "<<: {d: 1}",
]


@given(st.lists(st.sampled_from(LINES), max_size=9), st.sampled_from(["\n", "\r\n"]))
def test_the_fast_reader_agrees_with_pyyaml_or_hands_over(lines: list[str], end: str) -> None:
    inner = "".join(line + end for line in lines)
    fast = post_shape.parse(inner)
    if fast is not None:
        assert fast == (yaml.load(inner, Loader=yaml.CSafeLoader) or {})


WHOLE = """\
category: news
title: "a"
excerpt: "b"
publishedDateTime: 2026-02-20T00:00:00Z
type: article
quality: 61
heat: -1
published: false

provider:
  name: Harbor Ledger
  domain: harbor-ledger.example
  images:
    - url: "x"
      width: 50
    - url: "y"

topics:
  - AI
  - Cameras

images:
  - url: "z"
    height: 7
    isCached: true

related:
  - title: "c"
    type: article
    provider:
      name: Civic Wire
    quality: 7
    images:
      - url: "v"
        width: 9
  - title: "d"
    provider:
      name: Nadir

secured: "q"
""".splitlines()


@given(st.data())
def test_a_post_with_lines_lost_doubled_or_moved_is_read_as_pyyaml_does(data: st.DataObject) -> None:
    lines = WHOLE.copy()
    for at in data.draw(st.lists(st.integers(0, len(WHOLE) - 1), max_size=4)):
        match data.draw(st.sampled_from(["lose", "double", "move", "replace"])):
            case "lose":
                lines[at : at + 1] = []
            case "double":
                lines[at:at] = lines[at : at + 1]
            case "move":
                lines.append(lines.pop(min(at, len(lines) - 1)))
            case _:
                lines[at : at + 1] = [data.draw(st.sampled_from(LINES))]
    inner = "".join(f"{line}\n" for line in lines)
    fast = post_shape.parse(inner)
    if fast is not None:
        assert fast == yaml.load(inner, Loader=yaml.CSafeLoader)
    assert (fast is None) <= (lines != WHOLE), "the whole shape is read fast"


@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_reading_and_writing_is_the_identity_or_a_complaint_with_a_line(lines: list[str]) -> None:
    data = "\n".join(["---", *lines, "---", "", ""]).encode()
    try:
        assert front_matter.write(front_matter.read(data)) == data
    except PostError as error:
        assert str(error).startswith("line ")  # noqa: PT017 - either outcome is right, silence is not


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    for wrapped in (data, b"---\n" + data + b"\n---\n\n"):
        try:
            assert front_matter.write(front_matter.read(wrapped)) == wrapped
        except PostError as error:
            assert str(error).startswith("line ")  # noqa: PT017 - either outcome is right, silence is not


def test_hostile_strings_survive_in_every_kind_of_field(shared: Path) -> None:
    folder = shared / "data/hostile"
    strings: list[str] = json.loads((folder / "big_list_of_naughty_strings.json").read_text("utf-8"))
    strings += [case["payload"] for case in json.loads((folder / "dompurify_payloads.dev.json").read_text("utf-8"))]
    strings += [case["input"] for case in json.loads((folder / "html5lib_sanitizer.json").read_text("utf-8"))]
    assert len(strings) > 650
    for string in strings:
        fields: dict[str, Value] = {
            "category": string,
            "title": string,
            "provider": {"name": string, "domain": string},
            "topics": [string],
            "images": [{"url": string, "title": string}],
            "unknown": string,
        }
        written = front_matter.write(front_matter.compose(fields))
        front = front_matter.read(written)
        assert front.fields == fields
        assert front_matter.write(front) == written
