import pytest

from wireroom.intake.extract.mastheads import evidence
from wireroom.records.articles import Evidence


def named(url: str, title: str) -> list[str]:
    stated = Evidence(field="title", value=title, source="title", confidence=0.5)
    return [clue.value for clue in evidence(url, [stated])]


@pytest.mark.parametrize(
    ("url", "title", "name"),
    [
        ("https://www.lakeside-courier.example/a/b", "A bridge opens | Lakeside Courier", "Lakeside Courier"),
        ("https://www.lakeside-courier.example/a/b", "Lakeside Courier: A bridge opens", "Lakeside Courier"),
        ("https://hfs.example/a", "A bridge opens :: Harbour Feature Service", "Harbour Feature Service"),
        ("https://news.example.org/a", "A bridge opens - Town - The Example", "The Example"),
        ("https://elfaro.example/a", "Se abre el puente – El Faró", "El Faró"),
    ],
)
def test_a_name_the_host_agrees_with_is_the_house(url: str, title: str, name: str) -> None:
    assert named(url, title) == [name]


@pytest.mark.parametrize(
    "title", ["A bridge opens | Town news", "A bridge opens", "Lakes: a bridge opens", "A bridge | EU"]
)
def test_section_labels_and_headlines_are_no_house(title: str) -> None:
    assert named("https://www.lakeside-courier.example/a/b", title) == []
