"""Time alone changes nothing that programs read: posts and the API stand until a fact changes."""

from datetime import timedelta

import pytest
from tests.acceptance.conftest import Newsroom

from wireroom.edition.lineup import make
from wireroom.edition.render import api, posts
from wireroom.edition.render.yaml_text import Value
from wireroom.newsstand import NEWSSTAND_NOW
from wireroom.records.editions import Edition, Post


def edition(newsroom: Newsroom, hours: float) -> Edition:
    now = NEWSSTAND_NOW + timedelta(hours=hours)
    snapshot = newsroom.archive.snapshot(newsroom.beat.policy.beat, NEWSSTAND_NOW)
    return make(snapshot, newsroom.beat.policy, newsroom.beat.masthead, (), now)


@pytest.mark.parametrize("hours", [6, 24 * 30])
def test_posts_and_api_do_not_churn(newsroom: Newsroom, hours: float) -> None:
    first, later = edition(newsroom, 0), edition(newsroom, hours)
    assert max(post.warm for post in later.posts) < max(post.warm for post in first.posts)
    for product in (posts, api):
        assert [(one.path, one.body) for one in product.render(later)] == [
            (one.path, one.body) for one in product.render(first)
        ]


def test_what_is_published_reaches_the_threshold_in_its_file(newsroom: Newsroom) -> None:
    made = edition(newsroom, 48)
    threshold = newsroom.beat.policy.preset.threshold
    heats = {post.path: posts.fields(post)["heat"] for post in made.posts}
    wrong = [(post.path, heats[post.path]) for post in made.posts if post.published != _reaches(heats, post, threshold)]
    assert wrong == []


def _reaches(heats: dict[str, Value], post: Post, threshold: float) -> bool:
    heat = heats[post.path]
    assert isinstance(heat, int)
    return heat >= threshold


def test_stories_count_honestly(newsroom: Newsroom) -> None:
    made = edition(newsroom, 0)
    published = {post.article.id for post in made.posts if post.published}
    assert made.stories
    for story in made.stories:
        assert 1 <= story.independent <= len(story.articles)
        assert story.lead in published
