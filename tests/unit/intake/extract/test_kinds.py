import pytest

from wireroom.intake.extract.kinds import kind, named_sections, why_not
from wireroom.intake.extract.merge import by_field
from wireroom.records.articles import Evidence


def said(field: str, value: str, source: str = "json-ld") -> Evidence:
    return Evidence(field=field, value=value, source=source, confidence=0.6)


FILM = said("type", "VideoObject")
MARKED = said("og-type", "article", "open-graph")


@pytest.mark.parametrize(
    ("url", "clues", "lines", "characters", "expected"),
    [
        ("https://a.example/news/x", [FILM], [], 300, "video"),
        ("https://a.example/news/x", [FILM], [], 3000, "article"),
        ("https://a.example/video/x", [], [], 300, "video"),
        ("https://a.example/video/x", [MARKED], [], 300, "article"),
        ("https://a.example/news/x", [MARKED, said("title", "Opinion: A bridge too many")], [], 3000, "opinion"),
        (
            "https://a.example/news/opinion-a-bridge",
            [MARKED, said("title", "Opinions differ: a bridge")],
            [],
            3000,
            "article",
        ),
        ("https://a.example/news/x", [MARKED, said("title", "Opinion | A bridge too many")], [], 3000, "opinion"),
        ("https://a.example/news/x", [MARKED], ["Home", "Pressemitteilung", "20 November 2026"], 3000, "press-release"),
        ("https://a.example/news/x", [MARKED], ["Press releases"], 3000, "article"),
        ("https://a.example/release/1/x", [], [], 3000, "press-release"),
        ("https://a.example/live/x", [MARKED], [], 3000, "liveblog"),
    ],
)
def test_kinds(url: str, clues: list[Evidence], lines: list[str], characters: int, expected: str) -> None:
    assert kind(url, by_field(clues), lines, characters) == expected


def test_a_list_of_links_is_no_article() -> None:
    listed = {"published": (said("published", "2026-11-20", "feed"),)}
    assert "a list of pieces" in (why_not("https://a.example/topics/ai", listed, 2000, 0.0) or "")
    assert why_not("https://a.example/news/x", listed, 2000, 0.0)
    assert why_not("https://a.example/topics/ai", listed, 2000, 0.9) is None
    assert why_not("https://a.example/topics/ai", {"og-type": (MARKED,)}, 2000, 0.0) is None


def test_what_every_page_is_filed_under_is_no_section() -> None:
    clues = [said("section", text) for text in ("Articles", "Harbour Post", "Uncategorized", "Town")]
    assert [clue.value for clue in named_sections(clues, ("Harbour Post",))] == ["Town"]
