import pytest

from wireroom.intake.extract.agencies import credited, listed, parted

SENTENCE = "The council decided on Friday to rebuild the quay."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AFP, Reuters and dpa", ("AFP", "Reuters", "dpa")),
        ("mit dpa", ("dpa",)),
        ("lfl/dpa/AFP", ("dpa", "AFP")),
        ("أ ف ب", ("AFP",)),
        ("MENA region", ()),
        ("Pap Rivers", ()),
    ],
)
def test_agencies_in_a_list(text: str, names: tuple[str, ...]) -> None:
    assert listed(text) == names


@pytest.mark.parametrize(
    ("byline", "before", "behind"),
    [
        ("Ada Rivers with inputs from PTI", "Ada Rivers ", ("PTI",)),
        ("Źródło: PAP, IAR", "", ("PAP",)),
        ("2026-11-20 10:15 来源\uff1a新华社", "2026-11-20 10:15 ", ("Xinhua",)),
        ("Ada Resource: AFP", "Ada Resource: AFP", ()),
    ],
)
def test_what_stands_behind_a_word_for_sources_is_no_name(byline: str, before: str, behind: tuple[str, ...]) -> None:
    assert parted(byline) == (before, behind)


@pytest.mark.parametrize(
    ("text", "below", "names"),
    [
        (f"HARBOUR TOWN, Nov 20 (Reuters) - {SENTENCE}", (), ["Reuters"]),
        (f"Hafenstadt (dpa/tmn) - {SENTENCE}", (), ["dpa"]),
        (f"The town (AP photo) met. {SENTENCE}", (), []),
        (f"{SENTENCE}\n\n{SENTENCE} (APA, 20.11.2026)", (), ["APA"]),
        (f"{SENTENCE}\n\n/ritzau/", (), ["Ritzau", "Ritzau"]),
        (SENTENCE, ("Källa: TT", "Foto: AP", "Reuters reports more"), ["TT"]),
        (
            "20 Nov\n\n(서울=연합뉴스) 김하늘 기자 = 시의회는 금요일 동쪽 부두를 다시 짓기로 했다.",
            (),
            ["김하늘 기자", "Yonhap"],
        ),
        ("【ニューヨーク共同】市議会は金曜日、東埠頭を建て替えることを決めたと発表した。", (), ["Kyodo"]),
        ("新华社海港11月20日电 市议会星期五决定重建东码头\uff0c此前的勘察发现码头全长都有裂缝。", (), ["Xinhua"]),
    ],
)
def test_credits_at_the_ends_of_a_text(text: str, below: tuple[str, ...], names: list[str]) -> None:
    assert list(credited(text, below)) == names
