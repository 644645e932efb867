"""Is the shipped beat fit for use? Its files, and how well its words find the subject on the newsstand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wireroom.app.beat import Beat, load_beat
from wireroom.intake.classify import Tagger
from wireroom.newsstand.pieces import pieces
from wireroom.records.articles import Article
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider

NOW = datetime(2026, 11, 20, tzinfo=UTC)
HEADLINES = {
    "City council bans facial recognition by police": {"facial-recognition", "fr-bans", "fr-police"},
    "School district halts face scans at its gates": {"facial-recognition", "fr-schools", "fr-bans"},
    "Company settles biometric privacy suit for $9 million": {"biometric-privacy-law"},
    "Face recognition twice as wrong for darker skin, audit finds": {"facial-recognition", "fr-bias"},
    "Clearview AI wins border contract": {"facial-recognition", "fr-vendors"},
    "EU AI Act: what changes in August": {"ai-policy"},
    "Chatbot told patients to stop their medicine": {"generative-ai", "ai-healthcare"},
    "Warehouse workers strike over algorithm that sets their shifts": {"ai-labor"},
    "GPU shortage delays university supercomputer": {"ai-hardware"},
    "Sicherheitsbehörden testen Gesichtserkennung am Bahnhof": {"facial-recognition"},
}


@pytest.fixture(scope="module")
def beat() -> Beat:
    return load_beat(Path(__file__).resolve().parents[2] / "beats/ai-watch")


def topics(tagger: Tagger, title: str, excerpt: str = "", text: str = "") -> set[str]:
    url = "https://daily.example/a"
    article = Article(
        id=article_id(url),
        extractor="test",
        read_at=NOW,
        canonical_url=url,
        original_url=url,
        title=title,
        excerpt=excerpt,
        text=text,
        provider=Provider(name="Daily"),
    )
    return {str(match.topic) for match in tagger.match(article, dedicated=False)}


def test_feeds_that_may_block_are_paused_and_say_why(beat: Beat) -> None:
    assert len(beat.feeds) >= 80
    paused = [feed for feed in beat.feeds if feed.paused]
    assert paused
    assert all("block" in (feed.note or "") for feed in paused)
    assert len({feed.category for feed in beat.feeds}) == 4


def test_every_publisher_is_known_once(beat: Beat) -> None:
    domains = [provider.domain for provider in beat.policy.providers]
    assert len(domains) == len(set(domains)) >= 40


@pytest.mark.parametrize("title", HEADLINES)
def test_headlines_find_their_subjects(beat: Beat, title: str) -> None:
    assert HEADLINES[title] | {"ai"} <= topics(Tagger(beat.policy), title)


@pytest.mark.parametrize("title", ["Ai Weiwei opens a show", "Bank raises rates", "Council bans leaf blowers"])
def test_other_subjects_are_left_alone(beat: Beat, title: str) -> None:
    assert topics(Tagger(beat.policy), title) == set()


STRIKE = "Teamsters voted on Sunday to strike at nine depots. The union says automated sorting cost 40 jobs last year."


def test_a_strike_without_such_systems_is_not_this_beat_s_labor(beat: Beat) -> None:
    tagger = Tagger(beat.policy)
    assert (
        topics(tagger, "Teamsters set strike date at parcel hubs", STRIKE, f"{STRIKE} Workers want more hiring.")
        == set()
    )
    assert "ai-labor" in topics(tagger, "Teamsters strike over algorithm that sets routes", STRIKE)


def test_the_beat_finds_its_subject_on_the_newsstand(beat: Beat) -> None:
    """Measured 2026-11: precision 1.00, recall 0.79; many stories there avoid the words on purpose."""
    tagger = Tagger(beat.policy)
    found = [
        (bool(topics(tagger, piece.title, piece.excerpt[:300], "\n".join(piece.paragraphs))), bool(piece.topics))
        for piece in pieces().values()
    ]
    right = sum(said and true for said, true in found)
    assert right / sum(said for said, _ in found) >= 0.98
    assert right / sum(true for _, true in found) >= 0.79
