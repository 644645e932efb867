"""The recorded web answers as the recorded one did."""

from pathlib import Path

from wireroom.adapters.web import RecordedWeb, Recorder
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Redirect, Refused, Request

URL = "https://daily.example/feed.xml"
FEED = Fetched(
    url=URL,
    final_url=f"{URL}?new",
    status=200,
    headers=(("etag", '"1"'),),
    body=b"<rss/>\xff",
    redirects=(Redirect(status=301, url=f"{URL}?new"),),
)
REFUSED = Refused(url="https://daily.example/b", reason="the publisher forbids it", by="publisher", status=403)


def ask(web: RecordedWeb | Recorder, request: Request) -> Outcome:
    ((asked, outcome),) = web.fetch_all([request])
    assert asked == request
    return outcome


def test_a_mapping_is_a_web() -> None:
    web = RecordedWeb({URL: FEED})
    assert ask(web, Request(url=URL)) == FEED
    assert isinstance(ask(web, Request(url=URL, etag='"1"')), NotModified)
    assert ask(web, Request(url=URL, etag='"0"')) == FEED
    cut = ask(web, Request(url=URL, first_bytes=3))
    assert isinstance(cut, Fetched)
    assert (cut.body, cut.truncated) == (b"<rs", True)
    assert ask(web, Request(url=URL, max_bytes=3)) == Failed(url=URL, reason="body larger than 3 bytes")
    unknown = Request(url="https://daily.example/other")
    assert ask(web, unknown) == Failed(url=unknown.url, reason="nothing is recorded for this address")
    web.close()


def test_a_folder_gives_back_what_was_recorded(tmp_path: Path) -> None:
    recorder = Recorder(RecordedWeb({URL: FEED, REFUSED.url: REFUSED}), tmp_path / "tape")
    assert len(list(recorder.fetch_all([Request(url=URL), Request(url=REFUSED.url)]))) == 2
    recorder.close()
    web = RecordedWeb(tmp_path / "tape")
    assert ask(web, Request(url=URL)) == FEED
    assert ask(web, Request(url=REFUSED.url)) == REFUSED


def test_not_modified_keeps_the_older_body(tmp_path: Path) -> None:
    Recorder(RecordedWeb({URL: FEED}), tmp_path)
    ask(Recorder(RecordedWeb({URL: FEED}), tmp_path), Request(url=URL))
    ask(Recorder(RecordedWeb({URL: FEED}), tmp_path), Request(url=URL, etag='"1"'))
    assert ask(RecordedWeb(tmp_path), Request(url=URL)) == FEED
    gone = Gone(url=URL, final_url=URL, status=410)
    ask(Recorder(RecordedWeb({URL: gone}), tmp_path), Request(url=URL))
    assert ask(RecordedWeb(tmp_path), Request(url=URL)) == gone
