"""Is the truth about the newsstand consistent, and is the world as large and varied as promised?"""

from collections import Counter
from datetime import timedelta

from wireroom.newsstand import NEWSSTAND_NOW, truth
from wireroom.newsstand.pieces import pieces
from wireroom.newsstand.world import world


def test_the_world_is_large_enough() -> None:
    told = truth()
    assert len({article.provider for article in told.articles}) >= 14
    assert len(told.articles) >= 200
    assert sum(2 <= len(story.articles) <= 12 for story in told.stories) >= 25
    assert sum(len(story.articles) == 1 for story in told.stories) >= 25


def test_four_weeks_end_at_the_fixed_time() -> None:
    times = [article.published for article in truth().articles]
    assert times == sorted(times)
    assert max(times) < NEWSSTAND_NOW
    assert timedelta(days=21) < NEWSSTAND_NOW - min(times) < timedelta(days=29)


def test_every_kind_of_copy_occurs() -> None:
    kinds = Counter(article.copy_kind for article in truth().articles)
    assert set(kinds) == {"original", "exact", "near", "syndicated", "rewritten", "press-release", "scraper"}
    assert min(kinds.values()) >= 5


def test_a_copy_names_an_earlier_article_of_the_same_story() -> None:
    by_url = {article.url: article for article in truth().articles}
    for article in by_url.values():
        assert (article.copy_of is None) == (article.copy_kind == "original")
        if article.copy_of:
            assert by_url[article.copy_of].published < article.published
            assert by_url[article.copy_of].story == article.story


def test_every_article_is_in_a_feed_and_every_address_is_its_own() -> None:
    articles = truth().articles
    assert len({article.url for article in articles}) == len(articles)
    assert all(article.feeds and article.links for article in articles)


def test_exact_copies_have_equal_bodies_and_near_ones_do_not() -> None:
    for piece in pieces().values():
        if not piece.copy_of:
            continue
        original = pieces()[piece.copy_of]
        if piece.report.kind == "exact":
            assert piece.paragraphs == original.paragraphs
        if piece.report.kind in {"near", "rewritten"}:
            assert piece.paragraphs != original.paragraphs
            assert set(piece.paragraphs) & set(original.paragraphs)


def test_independent_reports_share_no_paragraph() -> None:
    own = Counter(
        paragraph for piece in pieces().values() if piece.copy_of is None for paragraph in set(piece.paragraphs)
    )
    assert [paragraph for paragraph, count in own.items() if count > 1] == []


def test_independent_sources_are_counted_by_provider() -> None:
    counts = {story.id: story.independent for story in truth().stories}
    assert counts["larkmoor-schools"] == 3  # Campus Bulletin, Harbor Ledger and the agency
    assert counts["promo-fr-global"] == 1
    assert min(counts.values()) == 1


def test_topics_come_from_one_list() -> None:
    known = {
        "ai", "machine-learning", "generative-ai", "computer-vision", "facial-recognition", "fr-schools", "fr-police",
        "fr-bans", "biometric-privacy-law", "fr-vendors", "fr-bias", "ai-ethics", "ai-policy", "ai-hardware",
        "ai-healthcare", "ai-labor",
    }  # fmt: skip
    used = {topic for article in truth().articles for topic in article.topics}
    assert used == known


def test_an_editor_spikes_promotion_copies_and_other_subjects() -> None:
    for article in truth().articles:
        if article.promotional or article.copy_of or not article.topics:
            assert not article.publish, article.key
    assert sum(article.publish for article in truth().articles) >= 100


def test_logos_and_default_cards_are_no_lead_image() -> None:
    by_host = {article.key: article.lead_image for article in truth().articles}
    assert by_host["off-beards/broadcast9"] is None
    assert by_host["larkmoor-schools/valley-tribune"] is None
    sizes = {size for size in by_host.values() if size}
    assert len(sizes) >= 15


def test_all_hosts_are_on_reserved_domains() -> None:
    hazards = world().hazards
    urls = [article.url for article in truth().articles] + [h.url for h in (*hazards.pages, *hazards.feeds)]
    assert all(url.split("/")[2].endswith(".example") for url in urls)
