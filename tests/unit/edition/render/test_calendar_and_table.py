"""Dates ahead as a calendar, posts as a table: both survive what people write."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import pyarrow.parquet as pq
from msgspec import structs

from wireroom.edition.agenda import agenda
from wireroom.edition.render import calendar, tables, wording
from wireroom.records.editions import Edition

HEARING = "Judges hear the case on December 3. A decision, say both sides, is due by 15 January 2027."


def lines(edition: Edition) -> list[str]:
    [file] = calendar.render(edition)
    assert all(len(line) <= 75 for line in file.body.split(b"\r\n"))
    return file.body.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_report_that_looks_ahead_makes_appointments(single: Callable[..., Edition]) -> None:
    found = lines(single(title="Court sets a date; parties, too, agree", excerpt=HEARING))
    assert [line for line in found if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20261203",
        "DTSTART;VALUE=DATE:20270115",
    ]
    assert "SUMMARY:Court sets a date\\; parties\\, too\\, agree" in found
    assert (found[0], found[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_a_story_names_a_day_once(sample: Edition) -> None:
    posts = tuple(
        structs.replace(post, article=structs.replace(post.article, excerpt=HEARING)) if post.story else post
        for post in sample.posts
    )
    found = agenda(structs.replace(sample, posts=posts))
    assert len(found) == len({(one.post.story and one.post.story.id, one.day) for one in found}) == 2 * 10


def test_text_cannot_leave_its_line(single: Callable[..., Edition]) -> None:
    hostile = "Court on December 3\r\nEND:VEVENT\r\nBEGIN:VALARM\x00 " + "é" * 300
    found = lines(single(title=hostile, excerpt=""))
    assert [line for line in found if line.startswith(("BEGIN:", "END:"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_the_table_has_a_line_per_post_and_runs_nothing(sample: Edition, single: Callable[..., Edition]) -> None:
    [file] = tables.render(sample)
    rows = list(csv.DictReader(StringIO(file.body.decode(), newline="")))
    assert [row["title"] for row in rows] == [post.article.title for post in sample.posts]
    assert {row["decision"] for row in rows} == {"publish", "hold"}
    [file] = tables.render(single(title='=HYPERLINK("https://evil.example/","x")', excerpt='line\nbreak,"quoted"'))
    [row] = csv.DictReader(StringIO(file.body.decode(), newline=""))
    assert row["title"].startswith("'=")
    assert row["excerpt"] == 'line\nbreak,"quoted"'


def test_parquet_says_what_the_table_says_with_types(sample: Edition) -> None:
    edition = structs.replace(sample, masthead=structs.replace(sample.masthead, parquet=True))
    text, typed = tables.render(edition)
    assert typed.path == "export/posts.parquet"
    assert typed.body == typed.body
    table = pq.read_table(BytesIO(typed.body))
    rows = list(csv.DictReader(StringIO(text.body.decode(), newline="")))
    assert table.column_names == list(rows[0])
    assert [tables._cell(one) for one in table["title"].to_pylist()] == [row["title"] for row in rows]
    assert [wording.iso(one) for one in table["published_at"].to_pylist()] == [row["published_at"] for row in rows]
    assert ["; ".join(one) for one in table["topics"].to_pylist()] == [row["topics"] for row in rows]
    assert set(table["paywalled"].to_pylist()) <= {True, False}
    assert None in table["published_at"].to_pylist()


def test_parquet_holds_what_utf_8_cannot(single: Callable[..., Edition]) -> None:
    edition = single(title="lone \ud800 surrogate")
    _, typed = tables.render(structs.replace(edition, masthead=structs.replace(edition.masthead, parquet=True)))
    assert pq.read_table(BytesIO(typed.body))["title"].to_pylist() == ["lone ? surrogate"]
