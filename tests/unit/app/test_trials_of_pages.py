"""`wireroom try extract` reads pages within the limits that a run has."""

from datetime import UTC, datetime

import pytest

from wireroom.app.trials import Unusable
from wireroom.app.trials.documents import PageTrial

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://harbour-post.example/bridge"
GOOD = (
    "<title>Bridge opens</title><meta name=date content=2026-11-20>" + "<p>The first tram crossed the bridge.</p>" * 9
)
HURTS = GOOD + "".join(f"<p><b id={number}>x" for number in range(2_000))


def test_a_page_that_hurts_is_refused_with_the_reason_and_the_next_is_read() -> None:
    with PageTrial(None, NOW) as trial:
        assert trial.try_page("good.html", GOOD.encode(), URL).title == "Bridge opens"
    slow = pytest.raises(Unusable, match=r"^reading it took longer than 0\.5 seconds$")
    with PageTrial(None, NOW, limit_s=0.5) as trial, slow:
        trial.try_page("hurts.html", HURTS.encode(), URL)


def test_a_page_without_an_address_is_refused() -> None:
    with PageTrial(None, NOW) as trial, pytest.raises(Unusable, match="add --url"):
        trial.try_page("good.html", GOOD.encode(), None)
