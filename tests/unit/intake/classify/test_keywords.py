from wireroom.intake.classify.keywords import PhraseFinder, hashtags, opened


def test_phrases_are_whole_words() -> None:
    finder = PhraseFinder(("ai", "face scan", "scan"))
    assert finder.find("Said: AI to face scans, a face scan") == {"ai": 1, "face scan": 1, "scan": 1}


def test_folding_forgives_case_accents_and_quotes() -> None:
    assert PhraseFinder(("Résumé", "worker's")).find("RESUME of the worker’s union") == {"resume": 1, "worker's": 1}


def test_dashes_are_opened_on_request_only() -> None:
    title = "Facial-recognition rules"
    assert PhraseFinder(("facial recognition",), opened).find(title) == {"facial recognition": 1}
    assert PhraseFinder(("facial recognition",)).find(title) == {}


def test_other_scripts_have_word_ends_too() -> None:
    assert PhraseFinder(("лица",)).find("Распознавание лица") == {"лица": 1}
    assert PhraseFinder(("лица",)).find("улицам") == {}


def test_no_phrases_find_nothing() -> None:
    assert PhraseFinder(()).find("anything") == {}
    assert PhraseFinder(("", "  ")).find("anything") == {}


def test_hashtags_stand_alone() -> None:
    assert hashtags("#BanFacialRecognition now, not a#b or # c") == {"banfacialrecognition"}
