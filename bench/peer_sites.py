"""The same edition as a source folder for other site generators, with the layouts in `peers/`."""

import json
import shutil
from pathlib import Path
from typing import Any

from wireroom.edition.render import wording
from wireroom.edition.render.addresses import name_of
from wireroom.edition.render.feeds import followed
from wireroom.edition.render.portal import card
from wireroom.records.editions import Edition, Post
from wireroom.records.quality import Score

HERE = Path(__file__).resolve().parent
FEEDS = ["HTML", "RSS", "Atom", "JSONFeed"]
KINDS = {"stories": ["HTML"], "publishers": FEEDS, "days": ["HTML"]}
"""What lists come in besides those of topics, which have an API too; stories have feeds while they are followed."""


def hugo(edition: Edition, folder: Path) -> None:
    """Lay out a Hugo site: JSON front matter, which it reads fastest."""
    shutil.copytree(HERE / "peers/hugo", folder)
    articles = folder / "content/articles"
    articles.mkdir(parents=True)
    for kind, outputs in KINDS.items():
        _index(folder / "content" / kind, {"title": kind.capitalize(), "cascade": {"outputs": outputs}})
    for story in edition.stories:
        if followed(story, edition):
            _index(folder / "content/stories" / story.id, {"title": story.title, "outputs": FEEDS})
    titles = {post.article.id: post for post in edition.posts}
    for post in edition.posts:
        original = titles.get(post.copy.copy_of) if post.copy and post.copy.copy_of else None
        (articles / f"{name_of(post)}.md").write_text(json.dumps(fields(edition, post, original)))


def _index(folder: Path, fields: dict[str, Any]) -> None:
    folder.mkdir()
    (folder / "_index.md").write_text(json.dumps(fields))


def jekyll(edition: Edition, folder: Path) -> None:
    """Lay out a Jekyll site: the same fields as YAML (JSON is YAML), in a collection."""
    shutil.copytree(HERE / "peers/jekyll", folder)
    articles = folder / "_articles"
    articles.mkdir(parents=True)
    titles = {post.article.id: post for post in edition.posts}
    for post in edition.posts:
        original = titles.get(post.copy.copy_of) if post.copy and post.copy.copy_of else None
        front = json.dumps(fields(edition, post, original))
        (articles / f"{name_of(post)}.md").write_text(f"---\n{front}\n---\n")


def fields(edition: Edition, post: Post, original: Post | None) -> dict[str, Any]:
    """Return everything that the page of an article shows."""
    article, story = post.article, next_story(edition, post)
    return {
        "title": article.title,
        "date": wording.iso(article.published_at),
        "days": [wording.iso(article.published_at)[:10]],
        "excerpt": article.excerpt,
        "web_url": article.canonical_url,
        "original_url": article.original_url,
        "language": article.language,
        "provider": {"name": article.provider.name, "domain": article.provider.domain},
        "publishers": [article.provider.name],
        "topics": [topic.name for topic in post.topics],
        "stories": [story],
        "story_reason": post.story_reason,
        "read_at": wording.stamp(article.read_at),
        "feeds": list(post.feeds),
        "verdict": {"because": post.verdict.because, "flip": post.verdict.flip},
        "quality": score(post.quality),
        "heat": score(post.heat),
        "images": [{"url": one.url, "width": one.width, "height": one.height} for one in article.images],
        "matches": [{"topic": m.topic, "because": m.because, "score": "100 %"} for m in post.matches],
        "facts": [
            {
                "name": fact.name,
                "value": fact.value,
                "source": fact.source or "–",
                "confidence": "–" if fact.confidence is None else wording.percent(fact.confidence),
                "others": [
                    {"value": one.value, "source": one.source, "confidence": wording.percent(one.confidence)}
                    for one in fact.others
                ],
            }
            for fact in card.facts(post)
        ],
        "copy": {
            "of": name_of(original) if original else "",
            "title": original.article.title if original else "",
            "kind": "near",
            "proof": post.copy.proof if post.copy else "",
        },
        "related": [
            {
                "title": one.title,
                "name": name_of(original) if original else "",
                "provider": one.provider.name if one.provider else "",
                "date": wording.day(one.published_at),
            }
            for one in post.related
        ],
    }


def next_story(edition: Edition, post: Post) -> str:
    """Name the story of a post."""
    return _stories(edition)[post.article.id]


def score(value: Score) -> dict[str, Any]:
    """Return a score with its terms."""
    terms = [{"name": t.name, "points": wording.points(t.points), "because": t.because} for t in value.terms]
    return {"preset": value.preset, "value": wording.points(value.value), "terms": terms}


_KNOWN: dict[str, dict[str, str]] = {}


def _stories(edition: Edition) -> dict[str, str]:
    if edition.id not in _KNOWN:
        _KNOWN[edition.id] = {one: story.id for story in edition.stories for one in story.articles}
    return _KNOWN[edition.id]
