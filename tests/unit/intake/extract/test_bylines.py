import pytest

from wireroom.intake.extract import merge
from wireroom.intake.extract.byline_patterns import words_of, words_told
from wireroom.intake.extract.bylines import Byline, below, collective, read_byline, signature
from wireroom.intake.extract.houses import is_house, without_accounts
from wireroom.intake.extract.sheet import clue
from wireroom.intake.extract.tables import table


@pytest.mark.parametrize(
    ("written", "people", "agencies"),
    [
        ("By Ada Rivers", ("Ada Rivers",), ()),
        ("Ada Rivers Senior Political Correspondent For Coastmail", ("Ada Rivers",), ()),
        ("Ada Nadi / TNN / Nov 20, 2026, 10:15 IST", ("Ada Nadi",), ("TNN",)),
        ("Press Trust of India", (), ("PTI",)),
        ("Ada Rivers of the Daily Boat", ("Ada Rivers",), ()),
        ("Ada Rivers, CNN Business", ("Ada Rivers",), ()),
        ("Ada Fluss, ARD-Studio Tokio", ("Ada Fluss",), ()),
        ("Ada Fluss / RND", ("Ada Fluss",), ("RND",)),
        ("dpa/lni", (), ("dpa",)),
        ("Von unserer Korrespondentin Ada Fluss", ("Ada Fluss",), ()),
        ("Van onze verslaggever Ada Stroom", ("Ada Stroom",), ()),
        ("Ada Nehir - İstanbul", ("Ada Nehir",), ()),
        ("김하늘 선임기자", ("김하늘",), ()),
        ("부산=김하늘 기자", ("김하늘",), ()),
        ("海野川子\uff08ロンドン支局\uff09", ("海野川子",), ()),
        ("Reuters in London", (), ("Reuters",)),
        ("PA Reporters", (), ("PA Media",)),
        ("Bo Lind|Photographer|Ada Rivers|Reporter", ("Ada Rivers",), ()),
        ("Ada Rivers, reporter; Bo Lind, photographer", ("Ada Rivers",), ()),
        ("Ada Flod|Reporter|ada@news.example|Cia Berg|Fotograf|cia@news.example", ("Ada Flod",), ()),
        ("Photographer|Bo Lind|Reporter|Ada Rivers", ("Ada Rivers",), ()),
        ("Text|Ada Rivers|Foto|Bo Lind", ("Ada Rivers",), ()),
        ("Bo Lind|Photographer", ("Bo Lind",), ()),
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
        ("Ada Rivers, Bo Lind, and Cleo Vance", ("Ada Rivers", "Bo Lind", "Cleo Vance"), ()),
        ("ADA RIVERS AND BO LIND", ("ADA RIVERS", "BO LIND"), ()),
        ("Ada A Rivers and Dan E Lind", ("Ada A Rivers", "Dan E Lind"), ()),
        ("Ada Rivers, Jr., and Bo Lind", ("Ada Rivers Jr", "Bo Lind"), ()),
        ("Ada Rivers, MS, RD", ("Ada Rivers",), ()),
        ("By Ada Rivers, AP Space Writer", ("Ada Rivers",), ("Associated Press",)),
        ("Ada Rivers AP Space Writer", ("Ada Rivers",), ("Associated Press",)),
        ("Ada Rivers, Reuters", ("Ada Rivers",), ("Reuters",)),
        ("AFP, Springfield", (), ("AFP",)),
        ("Von Ada Rivers, Bonn", ("Ada Rivers",), ()),
        ("Ada Rivers in Bonn und Bo Lind", ("Ada Rivers", "Bo Lind"), ()),
        ("Ada Rivers on Monday", ("Ada Rivers",), ()),
        ("Submitted by|Ada Rivers| on |Fri, 11/20/2026", ("Ada Rivers",), ()),
        ("Ada Sun", ("Ada Sun",), ()),
        ("By Ada Rivers on June 26, 2026 at 9:00a", ("Ada Rivers",), ()),
        ("By Ada Rivers, in News, Town", ("Ada Rivers",), ()),
        ("Ada Rivers|Senior Europe Correspondent", ("Ada Rivers",), ()),
        ("Ada Rivers Executive News Editor", ("Ada Rivers",), ()),
        ("Ada Rivers, Redakteurin Politik", ("Ada Rivers",), ()),
        ("Ada Rivers| Envoyée spéciale à Bonn", ("Ada Rivers",), ()),
        ("Ada Rivers, Special to the Post", ("Ada Rivers",), ()),
        ("Ada Rivers, Harbour Post Business", ("Ada Rivers",), ()),
        ("Ada Rivers HARBOUR POST", ("Ada Rivers",), ()),
        ("Reporter : Ada Rivers | Editor : Bo Lind", ("Ada Rivers",), ()),
        ("Photos by|Bo Lind| |By |Ada Rivers", ("Ada Rivers",), ()),
        ("Reporting by Ada Rivers; Editing by Bo Lind", ("Ada Rivers",), ()),
        ("Autorin/Autor Ada Rivers", ("Ada Rivers",), ()),
        ("Text: Ada Rivers", ("Ada Rivers",), ()),
        ("De Rivers", ("De Rivers",), ()),
        ("siteadmin", (), ()),
        ("skrifar frá Bonn", (), ()),
        ("Reuters Staff", (), ("Reuters",)),
        ("By Ada Rivers, CNN", ("Ada Rivers",), ()),
        ("연합뉴스", (), ("Yonhap",)),
        ("Sponsored", (), ()),
        ("Eine Kolumne von Ada Rivers", ("Ada Rivers",), ()),
        ("dal nostro inviato Ada Rivers", ("Ada Rivers",), ()),
        ("Por Ada Rivers para Harbour Post", ("Ada Rivers",), ()),
        ("Ada Rivers, enviada especial a Londres", ("Ada Rivers",), ()),
        ("Ada Rivers (tekst) Bo Lind (foto)", ("Ada Rivers",), ()),
        ("Reuters, New York", (), ("Reuters",)),
        ("Ada Rivers, Professor of Harbour Law, University of Bonn", ("Ada Rivers",), ()),
        ("Ada Rivers, corresponsal en Londres", ("Ada Rivers",), ()),
        ("Por |Ada Rivers|, Harbour Post — Porto Novo", ("Ada Rivers",), ()),
        ("Ada Rivers (Text) und Bo Lind (Fotos)", ("Ada Rivers",), ()),
        ("Av|Ada Rivers|og|Bo Lind|(foto)", ("Ada Rivers",), ()),
        ("Interview: Ada Rivers", ("Ada Rivers",), ()),
        ("Ada Rivers Special to Harbour Post", ("Ada Rivers",), ()),
        ("Par Ada Rivers avec AFP Publié le 19/11/2026 à 07h05 - Mis à jour", ("Ada Rivers",), ("AFP",)),
        ("Published by Ada Rivers", ("Ada Rivers",), ()),
        ("Γράφει η Νίκη Θαλάσση", ("Νίκη Θαλάσση",), ()),
        ("Írta: Kikötő Anna", ("Kikötő Anna",), ()),
        ("كتبت: ليلى البحر", ("ليلى البحر",), ()),
        ("מאת: דנה ים", ("דנה ים",), ()),
        ("Tác giả: Nguyễn Bến", ("Nguyễn Bến",), ()),
        ("文・港花子、写真・岸太郎", ("港花子",), ()),
        ("【港花子】", ("港花子",), ()),
        ("记者\uff1a李海 通讯员\uff1a王河 编辑\uff1a赵江", ("李海", "王河"), ()),
        ("本报记者 李海", ("李海",), ()),
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
    assert collective("20 Minutes avec AFP") == ("20 Minutes avec AFP",)
    assert collective("PA Reporters") == collective("Reuters in London") == ()


def credited(*stated: tuple[str, str, str, float]) -> Byline:
    clues = [clue(field, text, source, confidence) for field, text, source, confidence in stated]
    return merge.authors(clues, ("Harbour Post", "harbourpost"))[0]


def test_a_house_s_account_gives_way_to_whoever_else_signs() -> None:
    account = ("author", "Harbour D", "json-ld", 0.8)
    assert credited(account, ("author", "ADA RIVERS", "text", 0.42)) == Byline(people=("ADA RIVERS",))
    assert credited(account) == Byline(people=("Harbour D",))


def test_an_agency_that_is_declared_first_wrote_the_piece() -> None:
    agency = ("house", "Reuters", "json-ld", 0.8)
    assert credited(agency, ("author", "Harbour Post", "meta", 0.65)) == Byline(agencies=("Reuters",))
    assert credited(("author", "Harbour Post", "meta", 0.65)) == Byline(people=("Harbour Post",))


def test_short_lines_of_a_body_can_sign_it() -> None:
    assert signature("By Ada Rivers", bold=False) == "By Ada Rivers"
    assert signature("Ada Rivers/Jonas Weber", bold=True) == "Ada Rivers/Jonas Weber"
    assert signature("Ada Rivers", bold=False) is None
    assert signature("By the river the town has built a bridge.", bold=False) is None
    assert signature("Read more here", bold=True) is None
    assert signature("Text Size", bold=False) is None
    assert signature("By Land", bold=False) is None


def test_under_a_body_only_a_noun_names_the_author() -> None:
    assert below("Autorin/Autor Ada Rivers") == "Autorin/Autor Ada Rivers"
    assert below("By Ada Rivers") is None


def test_a_house_signs_with_its_name_its_letters_or_an_account() -> None:
    house = ("Harbour Post", "harbourpost")
    assert is_house(["The Harbour Post", "HARBOURPOST"], house)
    assert not is_house(["Ada Rivers"], house)
    assert without_accounts(["Harbour D", "Post Reporter", "Ada Rivers", "Harbour Lind"], house) == (
        "Ada Rivers",
        "Harbour Lind",
    )


def test_a_plain_name_is_read_as_it_is_read_word_by_word() -> None:
    """A mark behind it makes a line that is not told at a glance."""
    whole = {name for known in table("agencies")["names"].items() for name in known} | words_of("nobody")
    for word in sorted(words_told() | whole):
        for name in (
            f"{word.title()} Rivers",
            f"Ada {word.title()}",
            f"Ada Rivers {word.title()}",
            f"{word.title()}s Bo",
            word,
            f"{word}-r",
            word.title(),
            word.upper(),
            f"{word.upper()} RIVERS",
            f"ADA {word.upper()}",
            f"Ada B. {word.title()}",
            f"{word.title()} E. Rivers",
            f"{word.title()}Rivers",
            f"Ada Mac{word.title()}",
        ):
            for line in (name, f"By {name}", f"|by ||{name}| "):
                assert read_byline(line) == read_byline(f"{line};"), line
