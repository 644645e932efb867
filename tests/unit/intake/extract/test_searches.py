"""A page is searched for what its tags can hold, and for nothing that stands in its text and programs alone."""

import pytest

from wireroom.intake.extract.searches import search, words_of
from wireroom.intake.extract.tables import table
from wireroom.text.html import parse


def found(markup: str, what: str = "bylines") -> list[str | None]:
    tree = parse(markup)
    assert tree is not None
    return [node.tag for node in search(tree, tree, what)]


@pytest.mark.parametrize(
    "attributes",
    [
        'class="c-author"',
        "class=AUTHOR",
        'title="a<b" data-to="x>y" class="[&>b]:mt-4 c-author"',
        'class="c-author" title="a>b" id="1<2"',
        """title="a" Class='c-author'""",
        'class = "first-class c-author"',
        f'class="{"so " * 1_000} c-author"',
        f'title="{"so " * 1_000}" class="c-author"',
        f'class="c-author" title="{"so " * 1_000}"',
    ],
)
def test_a_word_in_a_tag_is_searched_for_whatever_else_the_tag_holds(attributes: str) -> None:
    assert found(f"<p {attributes}>Ada Rivers</p>") == ["p"]


def test_an_address_is_looked_for_where_it_stands_and_a_class_within_it_too() -> None:
    assert found('<a href="/author/rivers">Ada</a><p class="author">Bo</p>') == ["a", "p"]
    assert found('<a href="/author/rivers" class="group/author">Ada</a>') == ["a", "a"]


def test_words_of_text_and_programs_cost_no_search() -> None:
    text = "<p>Two authors, a reporter and a signature.</p>"
    markup = f'<p class="writer">{text}<script>{{"author": "Ada Rivers"}}</script>'
    assert words_of(markup.encode(), "bylines") == {"writer"}


def test_words_of_other_attributes_cost_no_search() -> None:
    link = '<a class="link" href="/signature-dishes" title="A reporter and an author">Dishes</a>'
    markup = f'<meta name="author" content="Ada Rivers"><p class="writer" id="/author/7">{link}'
    assert words_of(markup.encode(), "bylines") == {"writer"}


def test_a_word_that_decides_on_a_search_stands_in_all_that_is_searched_for() -> None:
    for name, search_ in table("selectors")["searches"].items():
        for word, selector in search_["words"].items():
            if word != "test-id":  # which is the attribute's name, not its value
                assert word.replace("-", "") in selector, name
