"""What an editor kills is gone from everything that is published, also from what told of it before."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.cli.commands import app

NOW = "2020-02-04T18:00:00Z"
LATER = "2100-01-01T00:00:00Z"
POST = """---
category: news
title: "{title} opens"
excerpt: "What was said of {title}."
publishedDateTime: 2020-02-0{day}T08:00:00Z
originalUrl: "https://harbor-ledger.example/{title}?ref=feed"
webUrl: "https://harbor-ledger.example/{title}"
type: article
quality: 61
heat: 90
published: true

provider:
  name: Harbor Ledger
  domain: harbor-ledger.example

topics:
  - Harbors
{related}---

"""
RELATED = """
related:
  - title: "Zeebrugge opens"
    excerpt: "What was said of Zeebrugge."
    publishedDateTime: 2020-02-02T08:00:00Z
    webUrl: "https://harbor-ledger.example/Zeebrugge"
    type: article
    provider:
      name: Harbor Ledger
      domain: harbor-ledger.example
    quality: 61
"""


def wireroom(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    news = tmp_path / "old" / "_news"
    news.mkdir(parents=True)
    for day, title, related in ((1, "Antwerp", RELATED), (2, "Zeebrugge", ""), (3, "Ostend", "")):
        text = POST.format(title=title, day=day, related=related)
        (news / f"2020-02-0{day}-{title.lower()}.md").write_text(text, encoding="utf-8")
    wireroom("import", "posts", tmp_path / "old", "--beat", tmp_path / "beat")
    wireroom("newsletter", "make", "--beat", tmp_path / "beat", "--now", NOW)
    return tmp_path / "beat"


def traces(site: Path, word: str) -> list[str]:
    files = [file for file in site.rglob("*") if file.is_file()]
    named = {file for file in files if word.lower() in file.relative_to(site).as_posix().lower()}
    told = {file for file in files if word.lower().encode() in file.read_bytes().lower()}
    return sorted(file.relative_to(site).as_posix() for file in named | told)


def test_a_killed_article_leaves_no_trace(beat: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    wireroom("edition", "--beat", beat, "--now", NOW, "--out", site)
    before = traces(site, "Zeebrugge")
    assert {"_news/2020-02-02-zeebrugge.md", "api/news/index.json", "feeds/atom.xml", "index.html"} <= set(before)
    assert {"_news/2020-02-01-antwerp.md", "_newsletters/beat-2020-02-04.html"} <= set(before)
    wireroom("desk", "kill", "_news/2020-02-02-zeebrugge.md", "--reason", "a court said so", "--beat", beat)
    wireroom("edition", "--beat", beat, "--now", LATER, "--out", site)
    assert traces(site, "Zeebrugge") == []
    assert (site / "_news/2020-02-01-antwerp.md").read_text() == POST.format(title="Antwerp", day=1, related="")


def test_what_tells_of_something_else_stays(tmp_path: Path) -> None:
    news, letters = tmp_path / "old" / "_news", tmp_path / "old" / "_newsletters"
    news.mkdir(parents=True)
    letters.mkdir()
    two = RELATED + RELATED.replace("Zeebrugge", "Genoa").partition("related:\n")[2]
    (news / "2020-02-01-antwerp.md").write_text(POST.format(title="Antwerp", day=1, related=two).replace("\n", "\r\n"))
    (news / "2020-02-02-zeebrugge.md").write_text(POST.format(title="Zeebrugge", day=2, related=""))
    issue = '---\ntitle: "{0}"\n---\n<a href="https://harbor-ledger.example/{0}">x</a>\n'
    for name, link in (("a", "Zeebrugge-fair"), ("b", "Zeebrugge/"), ("c", "Zeebrugge?x=1"), ("d", "Genoa")):
        (letters / f"{name}.html").write_text(issue.format(link))
    beat, site = tmp_path / "beat", tmp_path / "site"
    wireroom("import", "posts", tmp_path / "old", "--beat", beat)
    wireroom("desk", "kill", "_news/2020-02-02-zeebrugge.md", "--reason", "a court said so", "--beat", beat)
    wireroom("edition", "--beat", beat, "--now", LATER, "--out", site)
    assert sorted(file.name for file in (site / "_newsletters").iterdir()) == ["a.html", "d.html"]
    genoa = RELATED.replace("Zeebrugge", "Genoa")
    expected = POST.format(title="Antwerp", day=1, related=genoa).replace("\n", "\r\n")
    assert (site / "_news/2020-02-01-antwerp.md").read_bytes() == expected.encode()
