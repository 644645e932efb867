"""What nobody should send and somebody will: an edition is made all the same."""

from collections.abc import Callable, Iterator

import pytest
from lxml import html
from msgspec import structs

from wireroom.edition.render import addresses, portal, render
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File
from wireroom.records.ids import TopicId
from wireroom.records.topics import Topic


def taxonomy(number: int, *, deep: bool) -> Iterator[Topic]:
    for one in range(number):
        above = one - 1 if deep else one // 10
        yield Topic(id=TopicId(f"t{one}"), name=f"Topic {one}", parent=TopicId(f"t{above}") if one else None)


@pytest.mark.parametrize(("number", "deep"), [(50_000, False), (3_000, True)])
def test_a_huge_or_a_deep_taxonomy(sample: Edition, number: int, *, deep: bool) -> None:
    topics = (*sample.topics, *taxonomy(number, deep=deep))
    planned = {one.path: one for one in portal.render(structs.replace(sample, topics=topics))}
    assert sum(path.startswith("topics/") for path in planned) == len(topics) + 1
    assert len(planned[addresses.FRONT].body) < 50_000
    listed = planned[addresses.TOPICS].body.count(b"<li>")
    assert (listed == len(topics)) is not deep
    assert b"Topic 42" in planned[addresses.topic(TopicId("t42"))].body


@pytest.mark.parametrize(
    "title",
    [
        "x" * 2_000,
        "word " * 400,
        "\u202eright to left\u202c المدينة",
        "👩\u200d👩\u200d👧\u200d👦🏴\U000e0067\U000e0062",
        "\x00\x01\x1b[31mred\x1b[0m\x7f",
        "half a pair \ud83d",
        "\ufffe\uffff",
        " \t\n ",
        "../../../etc/passwd",
        "CON",
        "%s %d {0} {title} {{ 7*7 }} ${x}",
    ],
)
def test_odd_titles(single: Callable[..., Edition], title: str) -> None:
    made: list[File | Draft] = list(render(single(title=title, excerpt=title, provider=title)))
    assert all(file.body is not None for file in made)
    assert all(len(part.encode()) <= 255 for file in made for part in file.path.split("/"))
    page = next(file.body for file in made if file.path.startswith("articles/")).decode()
    assert "49" not in html.fromstring(page).findtext(".//h1", "")
