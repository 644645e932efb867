"""Does the newsstand serve what its truth says, the same bytes each time, to a client that knows only HTTP?"""

import gzip
import json
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from wireroom.newsstand import Newsstand, truth
from wireroom.newsstand.pages import BEFORE_PAYWALL
from wireroom.newsstand.pieces import pictures, pieces
from wireroom.newsstand.world import world

from .conftest import Ask


def test_every_article_is_served_with_its_title_and_body(ask: Ask) -> None:
    for piece in pieces().values():
        response, body = ask(piece.url)
        text = unescape(body.decode(piece.outlet.charset))
        shown = piece.paragraphs[:BEFORE_PAYWALL] if piece.report.paywalled else piece.paragraphs
        assert response.status == 200, piece.url
        assert piece.title in text
        assert all(paragraph in text for paragraph in shown), piece.key


def test_every_feed_lists_its_articles(ask: Ask) -> None:
    for feed in truth().feeds:
        if feed.outcome != "ok":
            continue
        response, body = ask(feed.url)
        text = body.decode("windows-1252" if "lakeland" in feed.url else "utf-8").replace("&amp;", "&")
        carried = [article for article in truth().articles if feed.url in article.feeds]
        assert response.status == 200
        assert carried
        for article in carried:
            assert any(link in text for link in article.links), (feed.url, article.url)


def test_links_with_tracking_lead_to_the_same_page(ask: Ask) -> None:
    tracked = [article for article in truth().articles if any("utm_" in link for link in article.links)]
    assert tracked
    for article in tracked[:5]:
        assert {ask(link)[1] for link in article.links} == {ask(article.url)[1]}


def test_bytes_are_the_same_every_time(ask: Ask) -> None:
    urls = [feed.url for feed in truth().feeds if feed.outcome == "ok"] + [a.url for a in truth().articles[:12]]
    first = [ask(url)[1] for url in urls]
    with Newsstand() as other:
        assert other.origin
        assert [ask(url)[1] for url in urls] == first


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "gif"])
def test_pictures_have_their_announced_size_and_format(ask: Ask, ending: str) -> None:
    picture = next(p for p in pictures().values() if p.format == ending and p.width > 100)
    response, body = ask(picture.url)
    with Image.open(BytesIO(body)) as image:
        assert image.size == (picture.width, picture.height)
        assert response.headers["Content-Type"] == f"image/{(image.format or '').lower()}"


def test_pictures_are_drawn_alike_every_time(ask: Ask) -> None:
    from wireroom.newsstand.images import draw

    picture = next(iter(pictures().values()))
    first = ask(picture.url)[1]
    draw.cache_clear()
    assert ask(picture.url)[1] == first


def test_pages_take_several_shapes(ask: Ask) -> None:
    shapes = {piece.outlet.layout: ask(piece.url)[1] for piece in pieces().values()}
    assert b"application/ld+json" in shapes["jsonld"]
    assert b"og:title" in shapes["opengraph"]
    assert b"application/ld+json" not in shapes["opengraph"]
    assert b'itemprop="headline"' in shapes["microdata"]
    assert b"<time datetime=" in shapes["bare"]
    assert b"og:" not in shapes["bare"]


def test_amp_pages_and_their_articles_name_each_other(ask: Ask) -> None:
    article = next(article for article in truth().articles if article.amp_url)
    assert article.amp_url
    assert f'rel="amphtml" href="{article.amp_url}"' in ask(article.url)[1].decode()
    assert f'rel="canonical" href="{article.url}"' in ask(article.amp_url)[1].decode()


def test_a_headline_changes_after_the_first_visit(newsstand: Newsstand, ask: Ask) -> None:
    edited = next(article for article in truth().articles if len(article.titles) > 1)
    response, before = ask(edited.url)
    newsstand.stage = 2
    try:
        again, after = ask(edited.url, If_None_Match=response.headers["ETag"])
    finally:
        newsstand.stage = 1
    assert again.status == 200
    assert edited.titles[0] in before.decode()
    assert edited.titles[1] in after.decode()


def test_a_paywalled_page_says_so_and_holds_back(ask: Ask) -> None:
    piece = next(piece for piece in pieces().values() if piece.report.paywalled)
    text = ask(piece.url)[1].decode()
    assert '"isAccessibleForFree": false' in text
    assert piece.paragraphs[-1] not in text


def test_unknown_addresses_are_not_found(ask: Ask) -> None:
    assert ask("https://harbor-ledger.example/no-such-page")[0].status == 404
    assert ask("https://nobody.example/")[0].status == 404


def test_each_host_has_robots_and_a_front_page_naming_its_feeds(newsstand: Newsstand, ask: Ask) -> None:
    for outlet in world().outlets:
        assert outlet.host in newsstand.hosts
        assert b"Disallow: /subscribers/" in ask(f"https://{outlet.host}/robots.txt")[1]
        front = ask(f"https://{outlet.host}/")[1].decode()
        assert outlet.feeds[0].path in front or outlet.feeds[0].format == "sitemap"


def test_opml_names_every_feed(newsstand: Newsstand) -> None:
    text = newsstand.opml().decode().replace("&amp;", "&")
    assert all(f'xmlUrl="{feed.url}"' in text for feed in truth().feeds)


def test_unchanged_documents_answer_304(ask: Ask) -> None:
    url = "https://harbor-ledger.example/feed.xml"
    response, _ = ask(url)
    by_tag, body = ask(url, If_None_Match=response.headers["ETag"])
    by_date, _ = ask(url, If_Modified_Since=response.headers["Last-Modified"])
    assert (by_tag.status, body, by_date.status) == (304, b"", 304)
    assert ask(url, If_None_Match='"older"')[0].status == 200
    assert ask(url, If_Modified_Since="Mon, 02 Nov 2026 00:00:00 GMT")[0].status == 200
    assert ask(url, If_Modified_Since="yesterday or so")[0].status == 200


def test_bodies_are_compressed_for_those_who_ask(ask: Ask) -> None:
    url = "https://www.metro-dispatch.example/rss"
    response, packed = ask(url, Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == ask(url)[1]


def test_requests_are_remembered(newsstand: Newsstand, ask: Ask) -> None:
    ask("https://cws.example/feed.json", User_Agent="reader/1")
    assert newsstand.asked[-1].url == "https://cws.example/feed.json"
    assert newsstand.asked[-1].user_agent == "reader/1"


def test_json_feed_is_json(ask: Ask) -> None:
    assert json.loads(ask("https://cws.example/feed.json")[1])["version"].endswith("/1.1")


def test_a_taken_port_is_an_error(newsstand: Newsstand) -> None:
    with pytest.raises(OSError, match="in use"):
        Newsstand(port=int(newsstand.origin.rsplit(":", 1)[1])).start()
