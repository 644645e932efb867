from datetime import timedelta

from lxml import html
from msgspec import structs

from wireroom.edition.render import render
from wireroom.edition.render.letter import Period, letter
from wireroom.edition.render.letter.written import post
from wireroom.records.editions import Edition, File
from wireroom.records.mail import Letter

OLD = b"""---
title: "Old <b>issue</b>"
publishedDateTime: 2020-03-01T08:00:00Z
---

<h1>Twice</h1><style>p{}</style><p onclick="run()">News <a href="javascript:run()">here</a>
<a href="https://ledger.example/a">there</a><img src="https://spy.example/p.gif"></p><script>run()</script>
"""


def pages(edition: Edition) -> dict[str, bytes]:
    return {one.path: one.body for one in render(edition) if one.path.startswith("newsletters/")}


def test_without_issues_there_are_no_pages(sample: Edition) -> None:
    assert pages(sample) == {}


def test_an_issue_has_a_page_where_its_letter_says(sample: Edition) -> None:
    one = letter(sample, Period.WEEKLY)
    assert isinstance(one, Letter)
    carried = (File(path=one.path, body=post(one, sample)), File(path="_newsletters/old.html", body=OLD))
    later = structs.replace(sample, made_at=sample.made_at + timedelta(days=1), carried=carried)
    found = pages(later)
    assert set(found) == {
        "newsletters/index.html",
        "newsletters/ai-watch-2026-11-20/index.html",
        "newsletters/old/index.html",
    }
    assert "https://watch.example/newsletters/ai-watch-2026-11-20/" in one.html
    assert b"Letters</a>" in next(file.body for file in render(later) if file.path == "index.html")
    page = html.document_fromstring(found["newsletters/ai-watch-2026-11-20/index.html"].decode())
    assert len(page.findall(".//h1")) == 1
    assert any("stories/" in str(link.get("href")) for link in page.iter("a"))


def test_an_imported_issue_is_words_and_links(sample: Edition) -> None:
    found = pages(structs.replace(sample, carried=(File(path="_newsletters/old.html", body=OLD),)))
    page = html.document_fromstring(found["newsletters/old/index.html"].decode())
    main = next(page.iter("main"))
    assert [one.tag for one in main.iter() if one.tag in {"img", "script", "style", "b"}] == []
    assert [link.get("href") for link in main.iter("a")][1:] == [None, "https://ledger.example/a"]
    assert [heading.text for heading in main.iter("h1")] == ["Old <b>issue</b>"]
    assert b"onclick" not in found["newsletters/old/index.html"]
