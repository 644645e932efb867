import pytest

from wireroom.records.policy import PresetTerm
from wireroom.scoring.engine import Signal, add_up, moved_to, points_of, raised_to


def signal(value: float) -> Signal:
    return Signal(value=value, because=f"measured {value:g}")


def test_terms_sum_and_carry_their_evidence() -> None:
    rows = (PresetTerm(name="a", signal="x", weight=3), PresetTerm(name="b", signal="y", weight=-2))
    score = add_up("p", rows, {"x": signal(4), "y": signal(5)})
    assert score.value == 2
    assert [(t.name, t.points, t.because) for t in score.terms] == [("a", 12, "measured 4"), ("b", -10, "measured 5")]


def test_what_was_not_measured_or_gives_nothing_leaves_no_term() -> None:
    rows = (PresetTerm(name="a", signal="x"), PresetTerm(name="b", signal="y", weight=0))
    assert add_up("p", rows, {"y": signal(9)}).terms == ()


@pytest.mark.parametrize(
    ("weight", "value", "points"),
    [(0.5, 25, 13), (0.5, -25, -13), (0.1, 25, 3), (1, 100, 40), (1, -100, -20), (0.2, 1, 0)],
)
def test_points_are_whole_and_bounded(weight: float, value: float, points: float) -> None:
    assert points_of(PresetTerm(name="a", signal="x", weight=weight, floor=-20, cap=40), value) == points


def test_a_share_is_taken_from_the_terms_before_it() -> None:
    rows = (
        PresetTerm(name="a", signal="x"),
        PresetTerm(name="cold", signal="c", share=True),
        PresetTerm(name="b", signal="x"),
    )
    assert [t.points for t in add_up("p", rows, {"x": signal(80), "c": signal(-0.25)}).terms] == [80, -20, 80]


def test_a_bound_is_a_term() -> None:
    low = add_up("p", (PresetTerm(name="a", signal="x"),), {"x": signal(-7)})
    assert raised_to(low, 0, "bound").value == 0
    assert raised_to(low, 0, "bound").terms[-1].points == 7
    assert raised_to(low, -9, "bound") == low
    assert sum(term.points for term in moved_to(low, -1, "other", "why").terms) == -1
