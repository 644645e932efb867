"""An issue is front matter and harmless HTML, whatever its articles are called."""

import json
from pathlib import Path

import nh3
from msgspec import structs

from wireroom.edition.render import front_matter
from wireroom.edition.render.classic_issue import Issue, Period, issue
from wireroom.records.editions import Edition


def test_an_issue_tells_the_hottest_and_links_to_their_publishers(sample: Edition) -> None:
    made = issue(sample, Period.WEEKLY)
    assert isinstance(made, Issue)
    assert made.file.path == "_newsletters/ai-watch-2026-11-20.html"
    hottest = sorted((post for post in sample.posts if post.published), key=lambda post: -post.weight)[:2]
    assert [post.article.id for post in made.posts] == [post.article.id for post in hottest]
    front = front_matter.read(made.file.body)
    assert front.fields["excerpt"] == " / ".join(post.article.title for post in hottest)
    assert [f'href="{post.article.canonical_url}"' in front.body for post in hottest] == [True, True]
    assert issue(sample, Period.WEEKLY) == made


def test_an_excerpt_is_one_line_of_plain_text(sample: Edition) -> None:
    post = next(post for post in sample.posts if post.published)
    article = structs.replace(post.article, excerpt=" &#8220;Demo&#8221;\r\n is  <b>fun</b> &amp; free ")
    made = issue(structs.replace(sample, posts=(structs.replace(post, article=article),)), Period.WEEKLY)
    assert isinstance(made, Issue)
    assert "<p>“Demo” is &lt;b&gt;fun&lt;/b&gt; &amp; free</p>" in front_matter.read(made.file.body).body


def test_hostile_titles_and_addresses_stay_text(sample: Edition, shared: Path) -> None:
    payloads = json.loads((shared / "data/hostile/dompurify_payloads.dev.json").read_text("utf-8"))
    [post, *_] = (post for post in sample.posts if post.published)
    for payload in (case["payload"] for case in payloads):
        article = structs.replace(post.article, title=payload, excerpt=payload, canonical_url=payload)
        hostile = structs.replace(sample, posts=(structs.replace(post, article=article),))
        made = issue(hostile, Period.WEEKLY)
        assert isinstance(made, Issue)
        front = front_matter.read(made.file.body)
        tags = {"h1", "h2", "h3", "p", "small", "a"}
        shown = nh3.clean(
            front.body, tags=tags, attributes={"a": {"href"}}, link_rel=None, url_schemes={"http", "https"}
        )
        assert shown.count("<") == front.body.count("<"), "every tag is one of ours"
