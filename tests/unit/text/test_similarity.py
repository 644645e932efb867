from wireroom.text.similarity import containment, jaccard, passages


def test_shares_of_sets() -> None:
    assert jaccard({"a", "b"}, {"b", "c"}) == 1 / 3
    assert jaccard((), ()) == 0
    assert containment({"a", "b"}, {"b", "c", "d"}) == 0.5
    assert containment((), {"a"}) == 0


def test_passages_are_found_in_order() -> None:
    one = ["x", "a", "b", "c", "d", "e", "y", "f", "g", "h", "i", "j", "z"]
    other = ["a", "b", "c", "d", "e", "q", "q", "f", "g", "h", "i", "j"]
    found = passages(one, other, 5)
    assert [" ".join(run.words) for run in found] == ["a b c d e", "f g h i j"]
    assert [(run.in_one, run.in_other) for run in found] == [(1, 0), (7, 7)]


def test_passages_in_another_order_do_not_add_up() -> None:
    one = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]
    other = ["f", "g", "h", "i", "j", "k", "a", "b", "c", "d", "e"]
    assert [" ".join(run.words) for run in passages(one, other, 5)] == ["f g h i j k"]


def test_a_text_that_repeats_itself_costs_no_square() -> None:
    many = ["a"] * 20_000
    assert len(passages(many, many, 6)[0].words) == 20_000


def test_short_texts_share_nothing() -> None:
    assert passages(["a"], ["a"], 5) == ()
    assert passages([], [], 5) == ()
