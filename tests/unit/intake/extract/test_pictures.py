"""The lead picture is one that readers see as the lead: no counter, no logo, no teaser of another piece."""

import pytest

from wireroom.intake.extract import pictures
from wireroom.intake.extract.images import is_thumbnail, looks_poor
from wireroom.intake.extract.sheet import clue, open_sheet
from wireroom.text.html import parse

URL = "https://www.harbour-post.example/news/bridge-opens-after-years"
CARD = "https://www.harbour-post.example/media/bridge_112018_lead.jpg"


def shown(body: str, *stated: str) -> list[str]:
    tree = parse(f"<html><body><article><h1>Bridge opens</h1>{body}</article></body></html>")
    assert tree is not None
    claims = [clue("image", address, "open-graph", 0.8) for address in stated]
    return [told.value for told in pictures.evidence(open_sheet(tree, URL), claims)]


@pytest.mark.parametrize(
    ("address", "poor"),
    [
        ("https://media.example/sites/default/files/bridge.jpg", False),
        ("https://media.example/dims4/default/7e69e14/resize/1200x630/?url=bridge.jpg", False),
        ("https://media.example/1x1-1400/bridge-opens-110.jpg", False),
        ("https://media.example/silicon-valley-pixel-phone-shown-to-icons-of-trade.jpg", False),
        ("https://media.example/assets/harbour-logo.png", True),
        ("https://media.example/assets/postlogo_1200x800.png", True),
        ("https://media.example/facebook-default.jpg", True),
        ("https://media.example/icons/17.png", True),
        ("https://media.example/services/counter/?id=17", True),
        ("https://media.example/drawing.svg", True),
    ],
)
def test_an_address_looks_poor_by_its_file_and_not_by_the_folders_of_a_system(address: str, *, poor: bool) -> None:
    assert looks_poor(address) is poor


@pytest.mark.parametrize(
    ("address", "small"),
    [
        ("https://media.example/bridge.jpg?w=100&h=75", True),
        ("https://media.example/bridge-150x150.jpg", True),
        ("https://media.example/styles/thumb_small/bridge.jpg", True),
        ("https://media.example/thumbnail/1200x675/bridge.jpg", False),
        ("https://media.example/bridge.jpg?width=1200", False),
        ("https://media.example/2026/11/20/bridge.jpg", False),
    ],
)
def test_a_thumbnail_says_so_in_its_address(address: str, *, small: bool) -> None:
    assert is_thumbnail(address) is small


def test_the_largest_of_a_set_is_taken_however_its_commas_stand() -> None:
    tight = '<img srcset="/a-bridge.jpg?x=1 320w,/a-bridge.jpg?x=2 828w,https://media.example/a-bridge.jpg 1024w">'
    spaced = '<img srcset="/a-bridge.jpg?x=1 320w, /a-bridge.jpg?x=2 828w , https://media.example/a-bridge.jpg 1024w">'
    assert shown(f"<figure>{tight}</figure>") == shown(f"<figure>{spaced}</figure>")
    assert shown(f"<figure>{tight}</figure>") == ["https://media.example/a-bridge.jpg"]


def test_a_picture_that_is_loaded_late_counts_by_its_true_address() -> None:
    late = '<img src="/bridge.jpg?w=40" data-src="/bridge.jpg?w=1200">'
    assert shown(f"<figure>{late}</figure>") == ["https://www.harbour-post.example/bridge.jpg?w=1200"]


@pytest.mark.parametrize(
    "counter",
    [
        '<img src="https://counts.example/p?c4=https://www.harbour-post.example/news/bridge-opens-after-years">',
        '<img src="https://counts.example/ad;url=/news/bridge-opens-after-years;sz=728x90">',
        '<img src="/hits?id=1" style="visibility: hidden; position: absolute">',
        '<img src="/hits?id=1" width="1" height="1">',
    ],
)
def test_counters_are_no_pictures(counter: str) -> None:
    assert shown(counter) == []
    assert shown(f'{counter}<figure><img src="/media/bridge.jpg"></figure>') == [
        "https://www.harbour-post.example/media/bridge.jpg"
    ]


def test_the_picture_that_shares_most_with_the_card_is_the_same_one() -> None:
    other = '<img src="https://media.example/harbourbridge_030217.jpg">'
    same = '<img src="https://media.example/large/harbourbridge_112018.jpg">'
    card = "https://media.example/card/harbourbridge_112018.jpg"
    assert shown(other + same, card) == ["https://media.example/large/harbourbridge_112018.jpg"]


def test_an_agency_in_two_file_names_makes_no_same_picture() -> None:
    other = '<figure><img src="https://media.example/10368-GettyImages-1.jpg?w=100&amp;h=75"></figure>'
    assert shown(other, "https://media.example/10485-GettyImages-2.jpg") == []


def test_a_small_version_of_what_the_card_names_is_left_to_the_card() -> None:
    assert shown('<img src="/media/bridge_112018_lead-150x150.jpg">', CARD) == []


def test_a_picture_is_the_card_s_by_its_file_s_name_not_by_the_folder_of_all_pictures() -> None:
    other = '<img src="/uploadimages/programmes/Channel-1.jpg">'
    tree = parse(f"<article><h1>Bridge opens</h1>{other}</article>")
    assert tree is not None
    card = clue("image", "https://www.harbour-post.example/uploadimages/Doc-T-7.jpg", "open-graph", 0.8)
    assert [told.confidence for told in pictures.evidence(open_sheet(tree, URL), [card])] == [0.50]  # not the card's
    full = "https://media.example/full/town-hall-seen-at-dusk.jpg"
    shot = '<img src="https://media.example/2/town-hall-seen-at-dusk-1024x576.jpg?w=2500">'
    assert shown(f"{other}{shot}", full) == ["https://media.example/2/town-hall-seen-at-dusk-1024x576.jpg?w=2500"]


def test_the_card_s_picture_is_found_behind_a_dozen_others_of_the_piece() -> None:
    others = "".join(f'<figure><img src="/media/harbour_{number}.jpg"></figure>' for number in range(101010, 101024))
    same = '<img src="/media/large/bridge_112018_lead.jpg">'
    assert shown(others + same, CARD) == ["https://www.harbour-post.example/media/large/bridge_112018_lead.jpg"]
    assert shown(others, CARD) == ["https://www.harbour-post.example/media/harbour_101010.jpg"]
