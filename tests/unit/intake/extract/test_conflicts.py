from msgspec import structs

from wireroom.intake.extract.conflicts import find_conflicts
from wireroom.intake.extract.sheet import clue


def test_statements_that_differ_in_form_alone_are_no_conflict() -> None:
    told = (
        clue("title", "Bridge opens", "json-ld", 0.8),
        clue("title", "“Bridge” opens!", "heading", 0.7),
        clue("title", "Bridge opens | Harbour Post", "open-graph", 0.74),
        clue("provider", "Harbour Post", "open-graph", 0.8),
        clue("published", "2026-11-20T23:30:00Z", "json-ld", 0.9),
        clue("published", "2026-11-21", "meta", 0.6),
        clue("published", "2026-11-21T01:30:00+02:00", "open-graph", 0.8),
        clue("canonical", "https://outlet.example/a?utm_source=x", "link", 0.9),
        clue("canonical", "https://outlet.example/a", "open-graph", 0.6),
    )
    assert find_conflicts(told) == ()


def test_contradictions_are_listed_with_the_chosen_statement_first() -> None:
    chosen = structs.replace(clue("title", "Bridge opens", "heading", 0.7), chosen=True)
    told = (clue("title", "Tram bridge: all you need to know", "json-ld", 0.86), chosen)
    (conflict,) = find_conflicts(told)
    assert conflict.field == "title"
    assert [statement.source for statement in conflict.statements] == ["heading", "json-ld"]


def test_what_we_read_off_the_layout_proves_nothing() -> None:
    told = (clue("published", "2026-11-20", "json-ld", 0.9), clue("published", "2019-01-01", "text", 0.2))
    assert find_conflicts(told) == ()
