"""The newsstand's truth is found out: every article, its facts, its copies, its story, its topics."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from tests.acceptance.conftest import Newsroom

from wireroom.app.beat import load_beat
from wireroom.app.build import opened_archive
from wireroom.app.demo import run_demo
from wireroom.edition.gather import gather
from wireroom.edition.lineup import judge
from wireroom.newsstand import NEWSSTAND_NOW, Expected, TrueArticle, truth
from wireroom.records.editions import Snapshot
from wireroom.records.ids import TopicId
from wireroom.runner.room import Silent

TRUTH = truth()
READ = frozenset({"ok", "moved", "truncated"})
"""Outcomes after which a feed counts as read."""
READABLE = {article.url: article for article in TRUTH.articles}


def pairs(newsroom: Newsroom) -> list[tuple[TrueArticle, str]]:
    return [(article, url) for url, article in READABLE.items() if url in newsroom.candidates]


def test_every_article_is_stored_once(newsroom: Newsroom) -> None:
    assert sorted(set(READABLE) - set(newsroom.candidates)) == []
    assert sorted(set(newsroom.candidates) - set(READABLE)) == []


def test_titles_dates_and_providers(newsroom: Newsroom) -> None:
    wrong = []
    for true, url in pairs(newsroom):
        article = newsroom.candidates[url].article
        if article.title != true.titles[0]:
            wrong.append((url, "title", article.title, true.titles[0]))
        if article.published_at != true.published:
            wrong.append((url, "published", str(article.published_at), str(true.published)))
        if article.provider.name != true.provider:
            wrong.append((url, "provider", article.provider.name, true.provider))
    assert wrong == []


def test_authors_and_amp(newsroom: Newsroom) -> None:
    wrong = []
    for true, url in pairs(newsroom):
        article = newsroom.candidates[url].article
        if set(article.authors) != set(true.authors):
            wrong.append((url, article.authors, true.authors))
        if article.amp_url != true.amp_url:
            wrong.append((url, (article.amp_url or "",), (true.amp_url or "",)))
    assert wrong == []


def test_lead_images_have_their_true_size(newsroom: Newsroom) -> None:
    wrong = []
    for true, url in pairs(newsroom):
        images = newsroom.candidates[url].article.images
        size = (images[0].width, images[0].height) if images else None
        if true.lead_image and size != true.lead_image:
            wrong.append((url, size, true.lead_image))
    assert wrong == []


def test_copies_are_found_and_nothing_else(newsroom: Newsroom) -> None:
    by_id = {candidate.article.id: url for url, candidate in newsroom.candidates.items()}
    wrong = []
    for true, url in pairs(newsroom):
        copy = newsroom.candidates[url].copy
        found = by_id.get(copy.copy_of) if copy and copy.copy_of else None
        if bool(found) != bool(true.copy_of):
            wrong.append((url, copy.kind if copy else None, true.copy_kind))
    assert wrong == []


def test_stories_are_the_happenings(newsroom: Newsroom) -> None:
    """B-cubed over all readable articles (Bagga & Baldwin 1998)."""
    found, real = defaultdict(set), defaultdict(set)
    for true, url in pairs(newsroom):
        link = newsroom.candidates[url].link
        assert link, url
        found[link.story].add(url)
        real[true.story].add(url)
    ours = {url: group for group in found.values() for url in group}
    theirs = {url: group for group in real.values() for url in group}
    precision = sum(len(ours[url] & theirs[url]) / len(ours[url]) for url in ours) / len(ours)
    recall = sum(len(ours[url] & theirs[url]) / len(theirs[url]) for url in ours) / len(ours)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\nstories: B-cubed F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}")
    assert f1 >= 0.999


def wrong_counts(newsroom: Newsroom) -> dict[str, list[int]]:
    """Return the stories whose independent sources are not counted exactly, with the counts found."""
    snapshot = newsroom.archive.snapshot(newsroom.beat.policy.beat, NEWSSTAND_NOW)
    counted = defaultdict(list)
    for told in gather(snapshot):
        for story in {READABLE[m.article.canonical_url].story for m in told.members}:
            counted[story].append(len(told.independent))
    return {story.id: counted[story.id] for story in TRUTH.stories if counted[story.id] != [story.independent]}


def test_independent_sources_are_counted(newsroom: Newsroom) -> None:
    assert wrong_counts(newsroom) == {}


def test_topics(newsroom: Newsroom) -> None:
    """Precision and recall of topics as readers see them; whoever names a sub-topic names its parents."""
    parents = {topic.id: topic.parent for topic in newsroom.beat.policy.topics}
    snapshot = Snapshot(
        beat=newsroom.beat.policy.beat, taken_at=NEWSSTAND_NOW, candidates=tuple(newsroom.candidates.values())
    )
    judged = {
        item.candidate.article.canonical_url: item for item in judge(snapshot, newsroom.beat.policy, NEWSSTAND_NOW)
    }
    good = found = real = 0
    for true, url in pairs(newsroom):
        ours = {match.topic for match in judged[url].topics}
        theirs = {TopicId(topic) for topic in true.topics}
        while above := {up for topic in theirs if (up := parents[topic])} - theirs:
            theirs |= above
        good, found, real = good + len(ours & theirs), found + len(ours), real + len(theirs)
    print(f"\ntopics: precision {good / found:.3f}, recall {good / real:.3f}")
    assert good / found >= 0.92
    assert good / real >= 0.88


def test_promotion_does_not_pass(newsroom: Newsroom) -> None:
    shown = {item["webUrl"] for item in _items(newsroom)}
    promoted = sorted(article.url for article in TRUTH.articles if article.promotional)
    assert promoted
    assert [url for url in promoted if url in shown] == []


def test_copies_are_not_published(newsroom: Newsroom) -> None:
    shown = {item["webUrl"] for item in _items(newsroom)}
    repeated = [a.url for a in TRUTH.articles if a.copy_kind in {"exact", "near", "syndicated", "scraper"}]
    assert repeated
    assert [url for url in repeated if url in shown] == []


@pytest.mark.parametrize("expected", TRUTH.feeds, ids=lambda one: one.url)
def test_feeds_end_as_they_should(newsroom: Newsroom, expected: Expected) -> None:
    health = {one.feed.url: one for one in newsroom.archive.health(newsroom.beat.policy.beat)}
    state = health[expected.url].state
    assert state is not None
    assert (state.failures == 0 and state.last_error is None) == (expected.outcome in READ), (expected, state)


@pytest.mark.parametrize("expected", [page for page in TRUTH.pages if page.feed], ids=lambda one: one.url)
def test_unreadable_pages_say_why(newsroom: Newsroom, expected: Expected) -> None:
    troubles = {trouble.url: trouble.reason for trouble in newsroom.archive.troubles(newsroom.beat.policy.beat, 1000)}
    assert troubles.get(expected.url)


def test_second_run_is_incremental(newsroom: Newsroom, tmp_path: Path) -> None:
    # In a copy: other tests look at the newsroom as its first run left it.
    shutil.copytree(newsroom.folder, tmp_path / "demo")
    again = run_demo(tmp_path / "demo", report=Silent())
    assert again.stored >= newsroom.summary.stored
    assert again.deliveries[0].unchanged > 0
    edited = [article for article in TRUTH.articles if len(article.titles) > 1]
    assert edited
    with opened_archive(load_beat(tmp_path / "demo")) as archive:
        dossier = archive.dossier(newsroom.beat.policy.beat, newsroom.candidates[edited[0].url].article.id)
    assert [change.after for version in dossier.versions for change in version.changes if change.field == "title"] == [
        edited[0].titles[1],
    ]


def _items(newsroom: Newsroom) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    page = 1
    while page:
        listing = json.loads((newsroom.site / "api" / "news" / "page" / str(page) / "index.json").read_text("utf-8"))
        items.extend(listing["value"])
        page = listing["nextPage"]
    return items
