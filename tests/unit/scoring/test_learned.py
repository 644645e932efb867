from datetime import UTC, datetime
from math import sqrt

import pytest

from wireroom.records.articles import Article
from wireroom.records.ids import article_id
from wireroom.records.learned import TextModel
from wireroom.records.sources import Provider
from wireroom.scoring.learned import bucket, features_of, opinion


def article(title: str, excerpt: str = "", text: str = "") -> Article:
    return Article(
        id=article_id("https://daily.example/a"),
        extractor="test",
        read_at=datetime(2026, 11, 2, tzinfo=UTC),
        canonical_url="https://daily.example/a",
        original_url="https://daily.example/a",
        title=title,
        excerpt=excerpt,
        text=text,
        provider=Provider(name="Daily"),
    )


def model(**weights: float) -> TextModel:
    return TextModel(
        bias=-1, slope=2, shift=0.5, examples=9, weights={bucket(name): weight for name, weight in weights.items()}
    )


def test_words_count_most_in_the_title_and_the_text_has_length_one() -> None:
    found = features_of(article("Face scans", "Face it", "face body"), ["daily.example"])
    assert found["face"] / found["it"] == 2
    assert found["it"] / found["body"] == 2
    assert sqrt(sum(value**2 for name, value in found.items() if not name.endswith(" "))) == pytest.approx(1)
    assert found["daily.example "] == 1
    assert "face scans" in found
    assert "face body" not in found, "pairs of the body would be most of a model"


def test_a_probability_is_calibrated_and_says_by_which_words() -> None:
    said = opinion(model(gates=3.0, weather=-5.0), {"gates": 1.0, "weather": 0.1})
    assert said.probability == pytest.approx(1 / (1 + 2.718281828 ** -(2 * (-1 + 3 - 0.5) + 0.5)))
    assert said.because == "“gates”"
    assert opinion(model(), {"gates": 1.0}).because == "the usual share"


def test_the_order_of_features_is_no_matter() -> None:
    names = [f"word{n}" for n in range(50)]
    weighed = model(**{name: 0.1 * n - 2 for n, name in enumerate(names)})
    there, back = (opinion(weighed, dict.fromkeys(order, 0.3)) for order in (names, names[::-1]))
    assert there == back


def test_no_sum_is_too_large() -> None:
    assert (
        0 < opinion(model(loud=1e9), {"loud": -1.0}).probability < opinion(model(loud=1e9), {"loud": 1.0}).probability
    )
