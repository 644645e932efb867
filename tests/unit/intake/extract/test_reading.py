from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from wireroom.intake.extract import EXTRACTOR, NotArticle, extract, read_page
from wireroom.intake.extract.reading import FAILED
from wireroom.records.articles import Article, Unread
from wireroom.records.entries import Entry, FeedItem, Person
from wireroom.records.ids import EntryId, FeedId, PageId, article_id
from wireroom.records.pages import Page
from wireroom.records.sources import KnownProvider, Provider

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://www.harbour-post.example/news/2026/11/20/bridge-opens?utm_source=feed"
PARAGRAPH = "<p>The new bridge over the harbour was opened on Friday, said the town, and the first tram crossed it.</p>"
HEAD = """
<title>Bridge opens after nine years | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="og:title" content="Bridge opens after nine years">
<meta property="og:description" content="Trams cross &amp;amp; people cheer.">
<meta property="og:image" content="/pictures/bridge-771203.jpg">
<meta property="article:published_time" content="2026-11-20T10:00:00+01:00">
<link rel="canonical" href="/news/2026/11/20/bridge-opens">
<link rel="amphtml" href="https://www.harbour-post.example/amp/bridge-opens">
"""
STRUCTURED = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#us", "name": "Harbour Post"},
 {"@type": "NewsArticle", "headline": "Bridge opens after nine years", "datePublished": "2026-11-20T09:00:00Z",
  "dateModified": "2026-11-20T15:30:00Z", "author": [{"@type": "Person", "name": "By Ada Rivers"}, {"name": "Reuters"}],
  "publisher": {"@id": "#us"}, "articleSection": "Town", "keywords": "bridge, trams", "isAccessibleForFree": "False"}
]}</script>"""


def page(head: str = HEAD, body: str = PARAGRAPH * 6, attributes: str = ' lang="en"') -> bytes:
    shown = f"<article><h1>Bridge opens after nine years</h1>{body}</article>"
    return f"<!doctype html><html{attributes}><head>{head}</head><body>{shown}</body></html>".encode()


def read(body: bytes, url: str = URL, content_type: str | None = None, providers: tuple[Provider, ...] = ()) -> Article:
    found = read_page(body, url, content_type=content_type, providers=providers, now=NOW)
    assert isinstance(found, Article), found
    return found


def refused(body: bytes, url: str = URL) -> str:
    found = read_page(body, url, content_type=None, providers=(), now=NOW)
    assert isinstance(found, NotArticle), found
    assert not found.reason.startswith(FAILED)
    return found.reason


@pytest.mark.parametrize("marked", ['<script class="author-data">{}</script>', '<link itemprop="image" href="/a.jpg">'])
def test_what_is_marked_in_the_head_is_looked_at_up_to_the_root(marked: str) -> None:
    head = '<title>Bridge opens after nine years</title><meta property="og:type" content="article">'
    assert read(f"<html><head>{head}{marked}</head><body>{PARAGRAPH * 6}</body></html>".encode()).title


def unread(previous: Article | None = None, **item: object) -> Unread:
    entry = Entry(
        id=EntryId("entry"),
        feed=FeedId("feed"),
        item=FeedItem(key="1", **item),  # type: ignore[arg-type]  # each test names the fields it is about
        content_hash="",
        seen_at=NOW,
    )
    fetched = Page(id=PageId("page"), url=URL, final_url=URL, fetched_at=NOW, outcome="fetched")
    return Unread(page=fetched, entries=(entry,), previous=previous)


def test_whom_and_what_a_page_says_it_is_about_is_known_by_name() -> None:
    about = """"about": {"@type": "Organization", "name": "Harbour Trams"}, "mentions": [
     {"@type": "Person", "name": "Mara Quill"}, {"@type": "CollectionPage", "name": "Town news"}], "keywords": """
    named = read(page(HEAD + STRUCTURED.replace('"keywords":', about))).keywords
    assert set(named) == {"bridge", "trams", "Harbour Trams", "Mara Quill"}


def test_a_page_becomes_one_record() -> None:
    article = read(page(HEAD + STRUCTURED))
    assert article.title == "Bridge opens after nine years"
    assert article.excerpt == "Trams cross & people cheer."
    assert article.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert article.updated_at == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    assert (article.authors, article.agencies) == (("Ada Rivers",), ("Reuters",))
    assert article.canonical_url == "https://www.harbour-post.example/news/2026/11/20/bridge-opens"
    assert article.id == article_id(article.canonical_url)
    assert article.original_url == URL
    assert article.amp_url == "https://www.harbour-post.example/amp/bridge-opens"
    assert article.cdn_amp_url is not None
    assert article.cdn_amp_url.startswith("https://www-harbour--post-example.cdn.ampproject.org/c/s/")
    assert [image.url for image in article.images] == ["https://www.harbour-post.example/pictures/bridge-771203.jpg"]
    assert article.provider == Provider(name="Harbour Post", domain="harbour-post.example")
    assert (article.section, article.keywords, article.paywalled) == ("Town", ("bridge", "trams"), True)
    assert (article.language, article.type) == ("en", "article")
    assert article.text.count("first tram") == 6
    assert article.text_hash


def test_an_account_under_the_name_of_the_host_is_no_person_so_the_layout_is_asked() -> None:
    head = """<title>Bridge opens after nine years</title><meta property="og:site_name" content="Waterside Media">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge opens after nine years",
    "author": {"@type": "Person", "name": "Harbour-Post"}}</script>"""
    assert read(page(head, f'<a rel="author">Ada Rivers</a>{PARAGRAPH * 6}')).authors == ("Ada Rivers",)


def test_winners_and_losers_stay_on_the_record() -> None:
    head = HEAD.replace('content="Bridge opens after nine years"', 'content="Trams at last"')
    titles = [clue for clue in read(page(head + STRUCTURED)).evidence if clue.field == "title"]
    assert {(clue.source, clue.chosen) for clue in titles} >= {("json-ld", True), ("open-graph", False)}
    assert sum(clue.chosen for clue in titles) == 1
    addresses = [clue for clue in read(page()).evidence if clue.field == "canonical"]
    assert [(clue.source, clue.chosen) for clue in addresses] == [("link", True), ("address", False)]


def test_reading_again_gives_the_same_record() -> None:
    assert read(page(HEAD + STRUCTURED)) == read(page(HEAD + STRUCTURED))


@pytest.mark.parametrize(
    "broken",
    [
        STRUCTURED.replace('"keywords"', '"x": [1,2,], "keywords"'),
        STRUCTURED.replace("Bridge opens", "Bridge\nopens"),
        STRUCTURED.replace("<script type", "<script data-x type").replace("{", "<!--\n{", 1).replace("]}<", "]}\n--><"),
    ],
)
def test_broken_json_ld_is_mended(broken: str) -> None:
    article = read(page("<title>x</title>" + broken))
    assert article.title == "Bridge opens after nine years"
    assert article.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


WHOLE = (
    '{"@type":"NewsArticle","headline":"Bridge opens after nine years","datePublished":"2026-11-20T09:00:00Z",\n'
    '"author":{"@type":"Person","name":"Ada Rivers"},"image":"https://media.example/bridge-771.jpg"}'
)


@pytest.mark.parametrize(
    "broken",
    [
        WHOLE.replace('jpg"}', 'jpg","x":undefined}'),
        WHOLE.replace('jpg"}', 'jpg","x":NaN}'),
        WHOLE.replace('jpg"}', 'jpg",/* old */"x":1}'),
        f"// for searchers\n{WHOLE}",
        f"var data = {WHOLE};",
        f"{WHOLE}}}",
        WHOLE.replace('jpg"}', 'jpg",,"x":1}'),
        WHOLE.replace(",\n", "\n"),
        WHOLE.replace('jpg"}', 'jpg","articleBody":"The bri'),
        WHOLE.replace('jpg"}', 'jpg","x":"a "quoted" word"}'),
        WHOLE.replace('"NewsArticle"', '"newsarticle"'),
    ],
)
def test_people_and_pictures_of_broken_json_ld_are_read_too(broken: str) -> None:
    article = read(page(f'<title>x</title><script type="application/ld+json">{broken}</script>'), URL)
    assert article.title == "Bridge opens after nine years"
    assert article.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert article.authors == ("Ada Rivers",)
    assert [image.url for image in article.images] == ["https://media.example/bridge-771.jpg"]
    assert {clue.source for clue in article.evidence if clue.field in {"author", "image"}} == {"json-ld"}


def test_unescaped_quotes_in_json_ld_are_kept() -> None:
    broken = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The "new" bridge","x":1}</script>'
    assert read(page(broken + '<meta name="date" content="2026-11-20">')).title == 'The "new" bridge'


def test_a_stamp_from_the_future_is_questioned_and_never_replaced_by_now() -> None:
    ahead = HEAD.replace("2026-11-20T10:00:00+01:00", "2036-11-20T10:00:00Z").replace("/2026/11/20", "")
    article = read(page(ahead), url="https://www.harbour-post.example/news/bridge")
    assert article.published_at is None
    assert any(clue.value.startswith("2036") for clue in article.evidence)


def test_a_date_without_zone_says_so_and_is_trusted_less() -> None:
    zoned, bare = read(page()), read(page(HEAD.replace("+01:00", "")))
    assert bare.date_method == "open-graph/iso8601/no-zone"
    assert bare.date_confidence < zoned.date_confidence


def test_the_day_in_the_address_is_used_when_the_page_has_none() -> None:
    article = read(page(HEAD.replace("article:published_time", "x")))
    assert article.published_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert article.date_method is not None
    assert article.date_method.startswith("url/")


@pytest.mark.parametrize(
    "claim", ["https://elsewhere.test/bridge", "https://www.harbour-post.example/", "javascript:alert(1)", "http://["]
)
def test_a_canonical_claim_that_cannot_be_true_is_not_believed(claim: str) -> None:
    article = read(page(HEAD.replace('href="/news/2026/11/20/bridge-opens"', f'href="{claim}"')))
    assert article.canonical_url == "https://www.harbour-post.example/news/2026/11/20/bridge-opens"


def test_a_base_that_is_no_web_address_is_ignored() -> None:
    article = read(page('<base href="javascript:void(0)">' + HEAD))
    assert article.canonical_url == "https://www.harbour-post.example/news/2026/11/20/bridge-opens"


def test_the_registry_knows_better_than_the_page() -> None:
    ours = Provider(name="The Post of the Harbour", domain="harbour-post.example")
    assert read(page(), providers=(ours,)).provider == ours


def test_a_provider_s_file_tells_where_its_pages_name_authors_and_barriers() -> None:
    known = KnownProvider(
        name="The Harbour Post",
        domain="harbour-post.example",
        title_endings=("HP+",),
        bylines=(".who b",),
        paywalls=(".barrier",),
        agencies=("Coast Wire",),
    )
    bare = f"<title>Bridge opens - HP+</title><p class=who>Words: <b>Ada Rivers, Coast Wire</b></p>{PARAGRAPH * 6}"
    marked = (
        f"<meta name=author content='Web Account'>{bare}<div class=barrier>Pay</div><meta name=date content=2026-11-20>"
    )
    article = read(marked.encode(), providers=(known,))
    assert (article.title, article.authors, article.paywalled) == ("Bridge opens", ("Ada Rivers",), True)
    assert article.agencies == ("Coast Wire",)
    assert article.provider == Provider(name="The Harbour Post", domain="harbour-post.example")
    assert type(article.provider) is Provider
    without = read(marked.encode())
    assert (without.authors, without.paywalled) == (("Web Account",), False)


def test_bytes_that_are_utf8_are_read_as_utf8_whatever_they_declare() -> None:
    body = page('<meta charset="iso-8859-1">' + HEAD.replace("nine years", "neun Jahren – für alle"))
    assert "für alle" in "".join(clue.value for clue in read(body, content_type="text/html; charset=latin-1").evidence)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 \x00\x01\x02" * 50, "not a web page"),
        (bytes(range(256)) * 40, "not a web page"),
        (b"<div>" * 60_000, "too deep"),
        (b'<html><frameset><frame src="a.html"></frameset></html>', "frames"),
        (
            b'<html><meta http-equiv="refresh" content="0;url=https://other.example/"><body></body></html>',
            "sends readers",
        ),
        (
            b"<html><title>App</title><body><div id=root></div><script>draw()</script></body></html>",
            "drawn by a script",
        ),
        (
            b"<html><title>" + b"A" * 1_000_000 + b"</title><body>" + PARAGRAPH.encode() * 9 + b"</body></html>",
            "no headline",
        ),
    ],
)
def test_what_is_no_article_says_why(body: bytes, reason: str) -> None:
    assert reason in refused(body)


def test_the_front_page_is_no_article() -> None:
    assert "front page" in refused(page(HEAD + STRUCTURED), "https://www.harbour-post.example/")


@pytest.mark.parametrize(
    "body",
    [
        page()[:-300],
        page(body="<div>" * 10_000 + PARAGRAPH * 6 + "</div>" * 10_000),
        page(HEAD + '<script type="application/ld+json">' + "[" * 50_000 + "</script>"),
        page(body=PARAGRAPH * 100_000),
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head/>' + page()[20:],
        page(HEAD + '<script type="application/ld+json">{"@type":[5,null,"NewsArticle"],"headline":{"a":[]},'
             '"datePublished":7,"author":[[[["x"]]],null,3],"image":{"url":{"url":3}},"mainEntityOfPage":9}</script>'),
        page(body=PARAGRAPH * 6 + "x" * 50_000_000),
        page(HEAD + "<base href='javascript:alert(1)'><base href='//['>"),
        page('<meta charset="iso-8859-1">' + HEAD, body="<p>Die Brücke ist offen, sagt die Stadt.</p>" + PARAGRAPH * 6),
        page(HEAD + '<script type="application/ld+json">{"headline": "Other, "datePublished": }</script>'),
    ],
    ids=["truncated", "deep", "nested-json", "large", "xhtml", "wrong-types", "50 MB", "base", "charset", "not-json"],
)  # fmt: skip
def test_bad_input_still_gives_what_is_certain(body: bytes) -> None:
    article = read(body)
    assert article.title.startswith("Bridge opens after nine years")
    assert article.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert len(article.text) <= 200_000


def test_a_page_is_read_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(f"socket.{name}", lambda *_, said=name, **__: asked.append(said))
    outside = (
        '<link rel="stylesheet" href="https://elsewhere.test/a.css"><script src="https://elsewhere.test/a.js"></script>'
        '<meta http-equiv="refresh" content="0;url=https://elsewhere.test/"><base href="https://elsewhere.test/">'
    )
    strange = '<!DOCTYPE html SYSTEM "https://elsewhere.test/x.dtd" [<!ENTITY e SYSTEM "https://elsewhere.test/e">]>'
    read(strange.encode() + page(HEAD + outside)[15:])
    unsure = page(HEAD + outside, '<iframe src="https://elsewhere.test/f"></iframe><p>Trams &e; cross.</p>')
    read(unsure)  # the slower reader is asked too
    assert asked == []


def test_the_feed_fills_what_the_page_leaves_open() -> None:
    bare = f"<html><body><article>{PARAGRAPH * 6}</article></body></html>".encode()
    entry = unread(
        title="Bridge opens",
        published=NOW - timedelta(hours=3),
        summary="<p>At last.</p>",
        authors=(Person(name="Ada Rivers"),),
    )
    reading, version = extract(entry, bare, (), NOW)
    assert version is None
    assert reading.article is not None
    assert (reading.article.title, reading.article.excerpt) == ("Bridge opens", "At last.")
    assert reading.article.published_at == NOW - timedelta(hours=3)
    assert reading.article.authors == ("Ada Rivers",)
    assert (reading.extractor, reading.entries) == (EXTRACTOR, (EntryId("entry"),))


def test_the_page_outranks_the_feed() -> None:
    reading, _ = extract(unread(title="Old words", published=NOW), page(HEAD + STRUCTURED), (), NOW)
    assert reading.article is not None
    assert reading.article.title == "Bridge opens after nine years"
    assert reading.article.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_page_without_article_is_a_reading_with_a_problem() -> None:
    reading, version = extract(unread(), b"", (), NOW)
    assert (reading.article, reading.problem, version) == (None, "the page is empty", None)


def test_a_changed_headline_is_a_new_version_and_an_unchanged_page_is_none() -> None:
    first, _ = extract(unread(), page(), (), NOW)
    assert first.article is not None
    again, nothing = extract(unread(previous=first.article), page(), (), NOW)
    assert nothing is None
    assert again.article is not None
    assert again.article.version == 1
    renamed = page(HEAD.replace("Bridge opens after nine years", "Bridge shut again"), PARAGRAPH * 6)
    renamed = renamed.replace(b"<h1>Bridge opens after nine years", b"<h1>Bridge shut again")
    changed, version = extract(unread(previous=first.article), renamed, (), NOW)
    assert version is not None
    assert changed.article is not None
    assert (version.number, changed.article.version) == (2, 2)
    assert [(change.field, change.before, change.after) for change in version.changes] == [
        ("title", "Bridge opens after nine years", "Bridge shut again")
    ]


def test_the_same_fetch_read_by_a_later_extractor_is_no_change_of_the_publisher_s() -> None:
    first, _ = extract(unread(), page(), (), NOW)
    assert first.article is not None
    yesterday = NOW - timedelta(days=1)
    older = structs.replace(
        first.article, extractor="extract/0", read_at=yesterday, title="Bridge opens after nine years | Town"
    )
    again, version = extract(unread(previous=older), page(), (), NOW)
    assert version is None
    assert again.article is not None
    assert (again.article.title, again.article.version) == ("Bridge opens after nine years", 1)
    assert (again.article.read_at, again.read_at) == (older.read_at, NOW)
    later, version = extract(unread(previous=structs.replace(older, page=PageId("before"))), page(), (), NOW)
    assert version is not None
    assert later.article is not None
    assert (later.article.version, later.article.read_at) == (2, NOW)


def test_a_content_tier_tells_of_a_paywall() -> None:
    assert read(page(HEAD + '<meta property="article:content_tier" content="Locked">')).paywalled
    assert not read(page(HEAD + '<meta property="article:content_tier" content="free">')).paywalled


def test_of_a_page_whose_analysis_is_reserved_no_text_is_read() -> None:
    body = page(HEAD + STRUCTURED)
    free, _ = extract(unread(), body, (), NOW)
    reading, _ = extract(unread(), body, (), NOW, reserved="its header says tdm-reservation: 1")
    assert free.article
    assert free.article.text
    kept = reading.article
    assert kept
    assert (kept.text, kept.text_hash, kept.links) == ("", "", ())
    assert (kept.id, kept.title, kept.published_at) == (free.article.id, free.article.title, free.article.published_at)
    assert [clue.value for clue in kept.evidence if clue.field == "reservation"] == [
        "its header says tdm-reservation: 1"
    ]
    undescribed, _ = extract(unread(), page("<title>A bridge opens</title>"), (), NOW, reserved="noai")
    assert undescribed.article is None or undescribed.article.excerpt == ""
