"""Forms of one name: surnames, titles, datelines, and places that are not the stadium named after them."""

import pytest

from wireroom.edition.forms import Names, gathered
from wireroom.records.stories import Thing, ThingKind


def thing(name: str, kind: ThingKind = ThingKind.NAME) -> Thing:
    return Thing(name=name, kind=kind)


def told(*names: str) -> tuple[Thing, ...]:
    return tuple(map(thing, names))


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Mara Quill", "Mara Quill"),
        ("Mara Quill", "Quill"),
        ("Mara Quill", "Councilwoman Mara Quill"),
        ("Mara Quill", "Mara Quill of Lockport"),
        ("Councilwoman Mara Quill", "Mara Quill"),
        ("Veil Systems", "Veil"),
        ("LOCKPORT", "Lockport"),
        ("Señal", "Senal"),
    ],
)
def test_another_form_of_a_known_name_is_not_new(known: str, name: str) -> None:
    names = Names()
    names.add(told(known))
    assert names.has(thing(name))


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Lockport", "Lockport Stadium"),
        ("Lockport", "University of Lockport"),
        ("Lockport County", "Lockport County Superior Court"),
        ("Mara Quill", "Mara Quince"),
        ("Mara Quill", "Quillon"),
    ],
)
def test_what_is_named_after_it_is_new(known: str, name: str) -> None:
    names = Names()
    names.add(told(known))
    assert not names.has(thing(name))


def test_what_the_gazetteer_knows_is_no_short_form() -> None:
    names = Names()
    names.add(told("Lockport Stadium"))
    assert names.has(thing("Lockport"))
    assert not names.has(thing("Lockport", ThingKind.PLACE))


def test_reports_are_counted_by_name_in_whatever_form() -> None:
    reports = [told("Quill", "Veil Systems"), told("Mara Quill"), told("Councilwoman Mara Quill", "VEIL SYSTEMS")]
    assert gathered(reports) == [(thing("Veil Systems"), 2), (thing("Mara Quill"), 3)]


def test_a_place_does_not_go_with_the_stadium_that_fewer_name() -> None:
    reports = [told("Lockport", "Lockport Stadium"), told("Lockport")]
    assert gathered(reports) == [(thing("Lockport"), 2), (thing("Lockport Stadium"), 1)]


def test_a_surname_of_two_stands_alone() -> None:
    reports = [told("Mara Quill", "Tom Quill", "Quill")]
    assert [one.name for one, _ in gathered(reports)] == ["Mara Quill", "Tom Quill", "Quill"]


def test_the_gazetteer_spells_a_name_and_takes_in_its_forms() -> None:
    known = thing("Mara Quill", ThingKind.PERSON)
    assert gathered([(known,), told("Mayor Mara Quill")]) == [(known, 2)]
