"""What is said of a publisher holds: what it had first, whose texts it carries, when it publishes, what we read."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from wireroom.edition.render import portal
from wireroom.edition.render.marks import marks_of
from wireroom.edition.render.portal.habits import Habits, hours_of, ledger
from wireroom.edition.render.portal.site import survey
from wireroom.records.editions import Edition, Post

LEDGER, WIRE, CARRIER = "harbor-ledger.example", "northern-wire.example", "mill-town-news.example"


def habits(edition: Edition, key: str) -> Habits:
    site = survey(edition, marks_of(edition))
    return ledger(site).habits(site, key)


def page(edition: Edition, key: str) -> str:
    path = f"providers/{key}/index.html"
    return next(one.body.decode() for one in portal.render(edition) if one.path == path)


def test_first_is_who_had_a_story_before_others_told_it_for_themselves(sample: Edition) -> None:
    [scoop] = habits(sample, LEDGER).scoops
    assert (scoop.others, scoop.ahead) == (2, timedelta(minutes=24)), "nine copies are no followers"
    assert habits(sample, WIRE).scoops == ()
    assert "24 min before the first of 2 others" in page(sample, LEDGER)


def test_a_tie_is_nobodys_scoop(sample: Edition) -> None:
    firsts = [post for post in sample.posts if post.article.provider.domain in (LEDGER, WIRE)]
    at = firsts[-1].article.published_at
    tied = tuple(dated(post, at) if post in firsts else post for post in sample.posts)
    assert habits(structs.replace(sample, posts=tied), LEDGER).scoops == ()


def test_copies_on_hold_count_and_say_whose_text_they_carry(sample: Edition) -> None:
    said = habits(sample, CARRIER)
    assert (said.read, said.published, said.copied) == (1, 1, 1)
    assert said.carried == (("Northern Wire", 1),)
    assert "1 (100 %)" in page(sample, CARRIER)


def test_what_is_read_is_known_by_its_domain(sample: Edition) -> None:
    assert [one.url for one in habits(sample, LEDGER).sources] == ["https://harbor-ledger.example/rss"]
    away = tuple(structs.replace(one, url="https://feeds.example/x", site_url=None) for one in sample.sources)
    assert habits(structs.replace(sample, sources=away), LEDGER).sources == ()
    assert "No feed of its own" in page(structs.replace(sample, sources=away), LEDGER)


@pytest.mark.parametrize(
    ("hours", "span"),
    [
        ([6] * 6 + [7] * 5 + [1, 12, 18, 20], (6, 8)),
        ([23] * 5 + [0] * 5 + [9], (23, 1)),
        ([8] * 20, (8, 9)),
        ([8] * 9, None),
    ],
)
def test_the_rhythm_is_the_shortest_span_with_half_of_the_reports(
    sample: Edition, hours: list[int], span: tuple[int, int] | None
) -> None:
    post = sample.posts[0]
    posts = [dated(post, datetime(2026, 11, 1 + number, hour, 30, tzinfo=UTC)) for number, hour in enumerate(hours)]
    assert hours_of(posts) == span


def dated(post: Post, at: datetime | None) -> Post:
    return structs.replace(post, article=structs.replace(post.article, published_at=at))
