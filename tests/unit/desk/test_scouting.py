"""A page leads to its feeds, wherever they are, and an address may be written as browsers hand it on."""

from wireroom.adapters.web import RecordedWeb
from wireroom.desk.scouting import scout
from wireroom.records.outcomes import Fetched, Outcome

PAGE = "https://paper.example/"
NEWS = f"{PAGE}sitemap-news.xml"


def answers(**bodies: str) -> dict[str, Outcome]:
    return {url: Fetched(url=url, final_url=url, status=200, body=body.encode()) for url, body in bodies.items()}


def test_the_last_of_the_usual_places_is_tried_too() -> None:
    news = "<urlset><url><loc>https://paper.example/2026/11/20/council-votes</loc></url></urlset>"
    web = RecordedWeb(answers(**{PAGE: "<html><p>Welcome</p></html>", NEWS: news}))
    found, why = scout(web, PAGE)
    assert ([feed.url for feed in found], found[0].kind, why) == ([NEWS], "sitemap", "")


def test_a_feed_may_be_named_as_browsers_hand_it_on() -> None:
    feed = "<rss><channel><title>Paper</title><item><guid>1</guid></item></channel></rss>"
    found, _ = scout(RecordedWeb(answers(**{f"{PAGE}feed": feed})), "feed:https://paper.example/feed")
    assert [one.url for one in found] == [f"{PAGE}feed"]
