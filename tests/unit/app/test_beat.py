"""A beat folder is read with care: what is wrong is named, with the file, the key and the nearest known one."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wireroom.app.beat import find_beat, load_beat
from wireroom.app.starting import shipped, start_beat
from wireroom.errors import BeatError, UsageError
from wireroom.records.sources import KnownProvider


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "beat"
    shutil.copytree(shipped("ai-watch"), target, ignore=shutil.ignore_patterns(".wireroom", "site"))
    return target


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "the edit must change something"
    file.write_text(after, encoding="utf-8")


def complaint(folder: Path) -> str:
    with pytest.raises(BeatError) as caught:
        load_beat(folder)
    return str(caught.value)


def test_shipped_beat_is_sound(folder: Path) -> None:
    beat = load_beat(folder)
    ids = {topic.id for topic in beat.policy.topics}
    assert {
        "facial-recognition",
        "fr-schools",
        "fr-police",
        "fr-bans",
        "biometric-privacy-law",
        "fr-vendors",
        "fr-bias",
    } <= ids
    assert len(beat.feeds) > 80
    assert any(feed.paused and feed.note for feed in beat.feeds), "feeds that may block are paused, and say why"
    assert len({feed.id for feed in beat.feeds}) == len(beat.feeds)


def test_the_edition_is_told_by_what_rules_it_is_made(folder: Path) -> None:
    plain = load_beat(folder)
    preset = plain.policy.preset
    assert (plain.masthead.threshold, plain.masthead.least_quality) == (preset.threshold, preset.least_quality)
    assert plain.masthead.cools_later is (preset.decides == "peak")
    edit(
        folder / "beat.toml", lambda text: f'{text}\n[desk]\nprovider_share = 0.5\nembargoes = {{ "a.example" = 2 }}\n'
    )
    said = load_beat(folder).masthead.notes
    assert said[2:] == plain.masthead.notes
    assert ("may fill is bounded" in said[0], "hours that the desk has set" in said[1]) == (True, True)


def test_unknown_key_names_the_nearest(folder: Path) -> None:
    edit(folder / "beat.toml", lambda text: text.replace("main_topic =", "main_topik ="))
    said = complaint(folder)
    assert "beat.toml" in said
    assert "unknown key 'beat.main_topik': did you mean 'main_topic'?" in said
    assert "'beat.main_topic' is missing" in said


def test_unknown_table_names_the_nearest(folder: Path) -> None:
    edit(folder / "beat.toml", lambda text: text + "\n[windos]\nstory_h = 3\n")
    assert "did you mean 'windows'?" in complaint(folder)


def test_unknown_term_names_the_nearest(folder: Path) -> None:
    edit(folder / "beat.toml", lambda text: text.replace('preset = "modern"', 'preset = "modren"'))
    assert "modern" in complaint(folder)


def test_parquet_without_its_library_names_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder / "beat.toml", lambda text: text + "\n[edition]\nparquet = true\n")
    assert load_beat(folder).masthead.parquet
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'wireroom[parquet]'" in complaint(folder)


def test_wrong_type_is_named(folder: Path) -> None:
    edit(folder / "beat.toml", lambda text: text + '\n[fetch]\ntimeout_s = "long"\n')
    assert "'fetch.timeout_s'" in complaint(folder)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"[beat\n", "beat.toml, line 1: not TOML: Expected ']' at the end of a table declaration"),
        (b'[beat]\nid = "x"\nname = = 3\n', "beat.toml, line 3: not TOML: Invalid value"),
        (b"[beat]\nid = [\n1,\n", "beat.toml, line 3: not TOML: Invalid value"),
        (b"[beat]\nname = 'M\xfcnster'\n", "beat.toml, line 2: not UTF-8, as TOML has to be"),
    ],
)
def test_broken_toml_names_the_line(folder: Path, written: bytes, said: str) -> None:
    (folder / "beat.toml").write_bytes(written)
    assert complaint(folder).endswith(said)


def test_topic_whose_list_would_stand_where_another_stands(folder: Path) -> None:
    (folder / "topics" / "90-odd.yaml").write_text("taxonomy: topic\n_id: page2\nname: Odd\n", encoding="utf-8")
    assert "90-odd.yaml, line 2: '_id: page2' is the address of a page of the API; give it another" in complaint(folder)


def test_topic_that_is_its_own_parent(folder: Path) -> None:
    for name, parent in (("aa", "bb"), ("bb", "aa")):
        text = f"taxonomy: topic\n_id: {name}\nname: {name}\nparent: {parent}\nkeywords: [{name} word]\n"
        (folder / "topics" / f"90-{name}.yaml").write_text(text, encoding="utf-8")
    assert "their own parents: aa → bb → aa" in complaint(folder)


WORDS = {
    "''": "too short",
    "a": "too short",
    "' b '": "too short",
    "the": "stands in nearly every text",
    "One of the": "stands in nearly every text",
    "ban*": "at least 4 letters",
    "'*'": "at least 4 letters",
    "sc*ns": "at least 4 letters",
    "face NEAR camera": "write it like face NEAR/6 camera*",
    "face NEAR/99 camera": "write it like face NEAR/6 camera*",
    "face NEAR/2 camera NEAR/2 school": "write it like face NEAR/6 camera*",
    "'topic:ai'": "goes into `must` only",
}


@pytest.mark.parametrize("word", WORDS)
def test_a_keyword_that_cannot_be_meant_is_refused_by_line(folder: Path, word: str) -> None:
    text = f"taxonomy: topic\n_id: odd\nname: Odd\nkeywords:\n  - sound word\n  - {word}\n"
    (folder / "topics" / "90-odd.yaml").write_text(text, encoding="utf-8")
    said = complaint(folder)
    assert WORDS[word] in said
    assert "90-odd.yaml, line 6: " in said


def test_must_that_names_no_topic(folder: Path) -> None:
    text = "taxonomy: topic\n_id: odd\nname: Odd\nkeywords: [odd one]\nmust:\n  - topic:facial-recognitoin\n"
    (folder / "topics" / "90-odd.yaml").write_text(text, encoding="utf-8")
    said = complaint(folder)
    assert "line 6: 'facial-recognitoin' is no topic; did you mean 'facial-recognition'?" in said


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ('"amq" = 5', "preset modern has no term 'amq'; did you mean 'amp'?"),
        ('"amp" = "much"', "'preset.changes.amp': input should be a valid number (found 'much')"),
        ('"amp" = inf', "the weight of 'amp' must be a number, not inf"),
    ],
)
def test_a_changed_term_that_cannot_be_weighed_is_refused_by_line(folder: Path, change: str, expected: str) -> None:
    edit(folder / "beat.toml", lambda text: text.replace("[preset.changes]", f"[preset.changes]\n{change}"))
    lines = (folder / "beat.toml").read_text("utf-8").splitlines()
    said = complaint(folder)
    assert expected in said
    assert f"line {lines.index(change) + 1}: " in said


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            "[desk.quotas]\nfr-polise = 3\n",
            "line 2: [desk] names 'fr-polise', which is no topic; did you mean 'fr-police'?",
        ),
        ("[desk.boosts]\nfr-polise = 1\n", "[desk] names 'fr-polise'"),
        ("[desk]\nprovider_share = 0\n", "'desk.provider_share': input should be greater than 0"),
        ("[desk.quotas]\nfr-police = -1\n", "'desk.quotas.fr-police': input should be greater than or equal to 0"),
    ],
)
def test_what_the_desk_cannot_mean_is_refused(folder: Path, settings: str, expected: str) -> None:
    edit(folder / "beat.toml", lambda text: f"{settings}\n{text}")
    assert expected in complaint(folder)


def test_a_beat_has_its_own_threshold_and_half_life(folder: Path) -> None:
    edit(
        folder / "beat.toml",
        lambda text: text.replace("[preset.changes]", "[preset]\nthreshold = 66\nhalf_life_h = 12\n\n[preset.changes]"),
    )
    preset = load_beat(folder).policy.preset
    assert (preset.threshold, preset.half_life_h, preset.name) == (66, 12, "modern")


def test_the_desk_s_settings_are_read(folder: Path) -> None:
    settings = '[desk]\nprovider_share = 0.3\n[desk.quotas]\nfr-police = 4\n[desk.boosts]\n"WWW.Daily.example" = 1\n'
    edit(folder / "beat.toml", lambda text: f"{settings}\n{text}")
    desk = load_beat(folder).policy.desk
    assert (desk.provider_share, desk.quotas, desk.boosts) == (0.3, (("fr-police", 4),), (("daily.example", 1.0),))


def test_unknown_parent_names_the_nearest(folder: Path) -> None:
    text = "taxonomy: topic\n_id: odd\nname: Odd\nparent: facial-recognitoin\nkeywords: [odd]\n"
    (folder / "topics" / "90-odd.yaml").write_text(text, encoding="utf-8")
    assert "did you mean 'facial-recognition'?" in complaint(folder)


def test_a_provider_s_file_says_how_its_pages_are_written(folder: Path) -> None:
    file = folder / "providers" / "harbour.yaml"
    file.write_text("name: Harbour Post\ndomain: harbour-post.example\nbylines: ['.who b']\n", encoding="utf-8")
    known = next(one for one in load_beat(folder).policy.providers if one.name == "Harbour Post")
    assert isinstance(known, KnownProvider)
    assert known.bylines == (".who b",)
    file.write_text("name: Harbour Post\ndomain: harbour-post.example\nbylines: ['p[[x']\n", encoding="utf-8")
    assert "harbour.yaml" in complaint(folder)
    assert "css selector" in complaint(folder)


def test_outlet_must_not_be_the_beat_itself(folder: Path) -> None:
    from wireroom.app.build import outlets

    edit(folder / "beat.toml", lambda text: text.replace('path = "site"', 'path = "."'))
    with pytest.raises(BeatError, match="holds the beat itself"):
        outlets(load_beat(folder))


def test_missing_beat_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BeatError, match="wireroom new"):
        find_beat(tmp_path)


def test_new_beat_bears_its_name_and_is_sound(tmp_path: Path) -> None:
    start_beat(tmp_path / "School Cameras", "ai-watch")
    beat = load_beat(tmp_path / "School Cameras")
    assert (beat.policy.beat, beat.masthead.name) == ("school-cameras", "School Cameras")


def test_new_beat_from_blank_is_sound(tmp_path: Path) -> None:
    start_beat(tmp_path / "fresh", "blank")
    assert load_beat(tmp_path / "fresh").feeds == ()


def test_new_beat_refuses_a_full_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(BeatError, match="already holds something"):
        start_beat(tmp_path, "blank")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_unknown_start_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ai-watch, blank"):
        start_beat(tmp_path / "x", "nope")
