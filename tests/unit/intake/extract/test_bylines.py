import pytest

from wireroom.intake.extract.bylines import Byline, collective, read_byline, signature


@pytest.mark.parametrize(
    ("written", "people", "agencies"),
    [
        ("By Ada Rivers", ("Ada Rivers",), ()),
        ("Von Ada Rivers und Jonas Weber", ("Ada Rivers", "Jonas Weber"), ()),
        ("Par Chloé Martin avec AFP", ("Chloé Martin",), ("AFP",)),
        ("Ada Rivers, Staff Reporter", ("Ada Rivers",), ()),
        ("ADA RIVERS | Political Correspondent", ("ADA RIVERS",), ()),
        ("Ada Rivers (Reuters)", ("Ada Rivers",), ("Reuters",)),
        ("dpa/AFP", (), ("dpa", "AFP")),
        ("김하늘 기자", ("김하늘",), ()),
        ("記者 林小美", ("林小美",), ()),
        ("ada.rivers@outlet.example", (), ()),
        ("https://social.example/ada", (), ()),
        ("Foto: Jonas Weber", (), ()),
        ("Harbour Post", (), ()),
        ("The Harbour Post", (), ()),
        ("admin", (), ()),
        ("Published 3 May 2026", (), ()),
        ("", (), ()),
    ],
)
def test_bylines_give_names_without_words_around_them(
    written: str, people: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    assert read_byline(written, house=("Harbour Post",)) == Byline(people=people, agencies=agencies)


def test_a_newsroom_signs_as_a_whole_but_an_account_or_agency_does_not() -> None:
    assert collective("Harbour Post Staff") == ("Harbour Post Staff",)
    assert collective("abc; xyz") == ("abc", "xyz")
    assert collective("November 3, 2026 at 06:30") == ()
    assert collective("admin") == collective("Reuters") == collective("") == ()


def test_short_lines_of_a_body_can_sign_it() -> None:
    assert signature("By Ada Rivers", bold=False) == "By Ada Rivers"
    assert signature("Ada Rivers/Jonas Weber", bold=True) == "Ada Rivers/Jonas Weber"
    assert signature("Ada Rivers", bold=False) is None
    assert signature("By the river the town has built a bridge.", bold=False) is None
    assert signature("Read more here", bold=True) is None
