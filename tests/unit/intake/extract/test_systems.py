"""Pages as the common publishing systems write them, each with what it says in its first comment.

Invented pieces on an invented host; what is modelled is the markup: names of classes, properties and objects, comment
forms, teasers, how titles and pictures are addressed.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wireroom.intake.extract import NotArticle, read_page
from wireroom.records.articles import Article

FOLDER = Path(__file__).parent / "systems"
PAGES = sorted(path.stem for path in FOLDER.glob("*.html"))
URL = "https://www.harbour-post.example/news/bridge-opens"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def stated(found: Article) -> dict[str, Any]:
    return {
        "title": found.title,
        "authors": list(found.authors),
        "agencies": list(found.agencies),
        "published": found.published_at.date().isoformat() if found.published_at else None,
        "image": found.images[0].url if found.images else None,
        "provider": found.provider.name,
        "canonical": found.canonical_url,
        "updated": found.updated_at.date().isoformat() if found.updated_at else None,
        "language": found.language,
        "type": found.type,
        "paywalled": found.paywalled,
        "section": found.section,
        "keywords": list(found.keywords),
        "amp": found.amp_url,
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_common_system_is_read_as_it_was_meant(name: str) -> None:
    page = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    comment, _, markup = page.partition("-->\n")
    wanted = json.loads(comment.removeprefix("<!--"))
    found = read_page(markup.encode(), wanted.pop("url", URL), content_type=None, providers=(), now=NOW)
    if reason := wanted.pop("no article", None):
        assert isinstance(found, NotArticle)
        assert reason in found.reason
        return
    assert not isinstance(found, NotArticle), found.reason
    told = stated(found)
    assert {field: told[field] for field in wanted} == wanted
