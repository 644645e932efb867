"""Laws of reading pages: no bytes stop the stage, and nothing it says depends on the moment of reading."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wireroom.intake.extract import NotArticle, read_page
from wireroom.intake.extract.reading import FAILED
from wireroom.records.articles import Article

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "https://outlet.example/news/a-piece"
PIECES = st.sampled_from(
    [
        "<html>", "<head>", "<title>", "</title>", "<body>", "<p>", "</p>", "<h1>A bridge opens", "</h1>", "<br><br>",
        '<meta property="og:title" content="', '<meta name="date" content="2026-11-20">', '"', "'", ">", "<", "&amp;",
        '<script type="application/ld+json">', '{"@type":"NewsArticle","headline":"', '"}', "[[[", "</script>", "\x00",
        '<link rel="canonical" href="', "//[", "http://%zz", '<img srcset=" , ,', '<img src=" ">', '<time datetime="',
        "9999-99-99", "A sentence of the piece that says a little more than nothing. ", "По-русски. ", "日本語。",
        "\ud800", "<base href=':'>",
    ]
)  # fmt: skip


def read(body: bytes, now: datetime = NOW) -> Article | NotArticle:
    found = read_page(body, URL, content_type=None, providers=(), now=now)
    assert not isinstance(found, NotArticle) or not found.reason.startswith(FAILED), found
    return found


@given(st.binary(max_size=2_000))
def test_no_bytes_break_a_reader(body: bytes) -> None:
    read(body)


@given(st.lists(PIECES, max_size=60))
def test_no_markup_breaks_a_reader(pieces: list[str]) -> None:
    found = read("".join(pieces).encode("utf-8", "surrogatepass"))
    if isinstance(found, Article):
        assert found.title
        assert found.published_at is None or found.published_at <= NOW + timedelta(days=1)


@given(st.lists(PIECES, max_size=40))
def test_the_date_is_never_the_moment_of_reading(pieces: list[str]) -> None:
    body = "".join(["<h1>A bridge opens</h1>", *pieces]).encode("utf-8", "surrogatepass")
    one, later = read(body), read(body, NOW + timedelta(days=400))
    if isinstance(one, Article) and isinstance(later, Article):
        assert (one.title, one.text, one.published_at) == (later.title, later.text, later.published_at)
