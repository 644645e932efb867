import pytest

from wireroom.errors import BeatError
from wireroom.records.policy import Preset
from wireroom.scoring.presets import SHIPPED, changed, fingerprint, read_preset, shipped

PRESET = """name = "mine"
threshold = 70
[[quality]]
name = "image"
signal = "has_image"
weight = 20
[[heat]]
name = "quality"
signal = "quality"
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_presets_explain_every_term(name: str) -> None:
    preset = shipped(name)
    assert preset.threshold == 70
    assert all(term.why for term in (*preset.quality, *preset.heat))


def test_a_preset_reads_as_written() -> None:
    assert read_preset(PRESET, "mine.toml").quality[0].weight == 20


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            '"has_image"',
            '"has_imgae"',
            "mine.toml, line 5: unknown quality signal 'has_imgae'; did you mean 'has_image'?",
        ),
        ("weight = 20", 'weight = "much"', "mine.toml, line 6: weight must be a number, not 'much'"),
        ("weight = 20", "weight = nan", "mine.toml, line 6: weight must be a number, not nan"),
        ("weight = 20", "wieght = 20", "mine.toml, line 6: unknown key 'wieght'; did you mean 'weight'?"),
        ("threshold = 70", "treshold = 70", "mine.toml, line 2: unknown key 'treshold'; did you mean 'threshold'?"),
        ("threshold = 70", 'decides = "peek"', "mine.toml, line 2: unknown decides 'peek'; did you mean 'peak'?"),
        (
            '[[heat]]\nname = "quality"\nsignal = "quality"\n',
            "",
            "mine.toml: a preset needs at least one [[heat]] term",
        ),
        ("threshold = 70", "threshold = = 70", "mine.toml, line 2: not TOML: Invalid value"),
        ('name = "image"\n', "", "mine.toml: Object missing required field `name` - at `$.quality[0]`"),
    ],
)
def test_mistakes_are_named_with_line_and_suggestion(before: str, after: str, message: str) -> None:
    with pytest.raises(BeatError) as error:
        read_preset(PRESET.replace(before, after), "mine.toml")
    assert str(error.value) == message


def test_a_term_given_twice_is_refused() -> None:
    row = '[[quality]]\nname = "image"\nsignal = "has_image"\n'
    with pytest.raises(BeatError, match="the quality term 'image' is given twice"):
        read_preset(PRESET + row, "mine.toml")


def test_an_unknown_preset_names_the_nearest() -> None:
    with pytest.raises(BeatError, match="did you mean 'classic'"):
        shipped("clasic")


def test_a_beat_changes_single_weights() -> None:
    mine = changed(shipped("classic"), {"image": 5, "clicks": 0.5}, "beat.toml")
    assert weights(mine)["image"] == 5
    assert weights(mine)["clicks"] == 0.5
    assert fingerprint(mine) != fingerprint(shipped("classic"))


@pytest.mark.parametrize(("changes", "message"), [({"imge": 5}, "did you mean 'image'"), ({"image": "5"}, "a number")])
def test_a_wrong_change_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(BeatError, match=message):
        changed(shipped("classic"), changes, "beat.toml")


def weights(preset: Preset) -> dict[str, float]:
    return {term.name: term.weight for term in (*preset.quality, *preset.heat)}
