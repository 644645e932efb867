"""The post file of a post, whole."""

from collections.abc import Callable
from datetime import timedelta

from msgspec import structs

from wireroom.edition.render import front_matter, posts
from wireroom.records.editions import Edition
from wireroom.records.rulings import Decision

EXPECTED = """---
category: news
title: "State board tells district to switch off its cameras"
excerpt: "The education board voted four to one to end the face-matching trial at six schools by Friday. The district had 417 cameras, not the 300 it had reported."
publishedDateTime: 2026-11-20T02:09:00Z
originalUrl: "https://www.harbor-ledger.example/state-board-tells-district-to-switch-off-its-cameras?utm_source=feed"
webUrl: "https://www.harbor-ledger.example/state-board-tells-district-to-switch-off-its-cameras"
type: article
quality: 71
heat: 128
published: true

provider:
  name: Harbor Ledger
  domain: harbor-ledger.example
  images:
    - url: "https://watch.example/logos/harbor-ledger.example-50x50.png"
      width: 50
      height: 50

topics:
  - AI
  - Facial Recognition
  - Schools

images:
  - url: "https://img.harbor-ledger.example/lead.jpg"
    width: 1200
    height: 675

related:
  - title: "Regional appeals court hears four hours of argument on whether a county may keep, share and sell the face prints of every visitor who walked into its library, its pool and its bus station since spring"
    publishedDateTime: 2026-11-20T09:03:00Z
    webUrl: "https://www.court-circular.example/regional-appeals-court-hears-four-hours-of-argument-on-whether-a-county-may-keep"
    type: article
    provider:
      name: Court Circular
      domain: court-circular.example
    quality: 62
---

"""  # noqa: E501 - the file as it is


def test_a_post_file_whole(sample: Edition) -> None:
    path = "_news/2026-11-20-state-board-tells-district-to-switch-off-its-cameras-harbor-ledger.md"
    [file] = [file for file in posts.render(sample) if file.path == path]
    assert file.body.decode() == EXPECTED


def test_held_posts_are_written_unpublished_or_not_at_all(sample: Edition) -> None:
    held = [post.path for post in sample.posts if post.verdict.decision is Decision.HOLD]
    written = {file.path: front_matter.read(file.body).fields for file in posts.render(sample)}
    assert len(held) == 2
    assert [written[path]["published"] for path in held] == [False, False]
    closed = structs.replace(sample, masthead=structs.replace(sample.masthead, write_held=False))
    assert not {file.path for file in posts.render(closed)} & set(held)


def test_an_undated_post_has_no_date_and_no_empty_values(single: Callable[..., Edition]) -> None:
    [post] = single(title="No date", hours_ago=None, excerpt="", topics=()).posts
    fields = posts.fields(post)
    assert not {"publishedDateTime", "excerpt", "topics", "related", "secured", "ampWebUrl"} & set(fields)
    assert None not in fields.values()


def test_scores_are_rounded_down_so_that_none_reaches_the_threshold_by_rounding(single: Callable[..., Edition]) -> None:
    [post] = single(title="Nearly", heat=69.9, quality=69.5, decision=Decision.HOLD).posts
    assert (posts.fields(post)["heat"], posts.fields(post)["quality"]) == (69, 69)


def test_an_amp_address_goes_with_its_cache_or_not_at_all(single: Callable[..., Edition]) -> None:
    [post] = single(title="Amp").posts
    alone = structs.replace(post, article=structs.replace(post.article, amp_url="https://a.example/amp"))
    assert "ampWebUrl" not in posts.fields(alone)


def test_secured_and_updated_are_carried(single: Callable[..., Edition]) -> None:
    [post] = single(title="Sealed").posts
    assert post.article.published_at
    updated = post.article.published_at + timedelta(hours=1)
    sealed = structs.replace(post, secured="q==;v==", article=structs.replace(post.article, updated_at=updated))
    fields = posts.fields(sealed)
    assert list(fields)[-1] == "secured"
    assert list(fields)[3:5] == ["publishedDateTime", "updatedDateTime"]
