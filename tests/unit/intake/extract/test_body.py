from wireroom.intake.extract.body import Body, read_body
from wireroom.text.html import parse

SENTENCE = (
    "The council said on Friday that the bridge would stay open through the winter, at a cost of three millions. "
)
PARAGRAPHS = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(6))


def read(markup: str) -> Body:
    tree = parse(f"<html><body>{markup}</body></html>")
    assert tree is not None
    return read_body(tree)


def test_the_body_is_what_holds_the_prose() -> None:
    menu = "<ul>" + '<li><a href="/x">Town and region and harbour and trams</a></li>' * 30 + "</ul>"
    found = read(f"<div>{menu}</div><div>{PARAGRAPHS}</div><div class='comments'><p>{SENTENCE * 2}</p></div>")
    assert found.text.count("The council") == 6
    assert "Town and region" not in found.text
    assert found.confidence > 0.7


def test_marked_boxes_inside_the_body_are_left_out() -> None:
    found = read(
        f"<article>{PARAGRAPHS}<div class='newsletter-signup'><p>Get it by mail. {SENTENCE}</p></div></article>"
    )
    assert "by mail" not in found.text


def test_a_wrapper_named_after_its_sidebar_is_still_the_body() -> None:
    assert "5. The council" in read(f"<div class='container has-sidebar related-enabled'>{PARAGRAPHS}</div>").text


def test_wrappers_of_one_name_that_together_hold_the_prose_are_the_body() -> None:
    sections = f"<div class='sidebar-grid'><div>{PARAGRAPHS}</div></div>" * 3
    assert read(f"<main>{sections}</main>").text.count("The council") == 18


def test_a_footer_longer_than_the_piece_is_not_the_body() -> None:
    footer = f"<div class='footer'><div>{'Our house can be reached at any time of the day. ' * 12}</div></div>"
    found = read(f"<div><div>{SENTENCE * 2}</div><div>{SENTENCE * 2}</div></div>{footer}")
    assert found.text.startswith("The council")
    assert "Our house" not in found.text


def test_a_named_body_is_taken_whole_when_its_parts_are_far_apart() -> None:
    part = f"<div><div><div>{PARAGRAPHS}</div></div></div>"
    assert read(f"<div class='article__body'>{part * 4}</div>").text.count("The council") == 24
    assert read(f"<div>{part * 4}</div>").text.count("The council") == 6


def test_text_between_line_breaks_is_a_paragraph() -> None:
    assert read(f"<div>{'<br><br>'.join([SENTENCE] * 5)}</div>").text.count("\n\n") == 4


def test_a_body_cut_into_sections_is_put_together() -> None:
    sections = "".join(
        f"<section>{PARAGRAPHS if at == 0 else PARAGRAPHS[: len(PARAGRAPHS) // 2]}</section>" for at in range(2)
    )
    assert read(f"<main><article>{sections}</article></main>").text.count("The council") >= 8


def test_words_of_neighbours_without_a_space_stay_apart_and_drop_caps_stay_on() -> None:
    byline = "<p><span>Mara Quill</span><span>Published today</span></p>"
    found = read(f"{byline}<p><span>T</span>HE QUAY. {SENTENCE}</p>{PARAGRAPHS}")
    assert "Mara Quill Published today" in found.text
    assert "THE QUAY" in found.text


def test_links_are_kept_as_written() -> None:
    assert read(f"{PARAGRAPHS}<p>{SENTENCE}<a href='/report'>report</a></p>").links == ("/report",)


def test_an_empty_page_has_no_body() -> None:
    assert read("") == Body()
    assert read("<p>Hi</p>").text in {"", "Hi"}
