"""What a report is about, seen with the affair that its story continues."""

from msgspec import structs
from tests.unit.edition.test_affairs import MODERN, report, told
from tests.unit.edition.test_lineup import MASTHEAD, NOW, snapshot

from wireroom.edition.lineup import make
from wireroom.records.editions import Candidate, Post
from wireroom.records.ids import ArticleId

MERGER = told("Sable Optics", "Lens Works", "Mara Quill")


def posts(*candidates: Candidate, story: bool = True) -> dict[str, Post]:
    rule = structs.replace(MODERN.preset.topics, story=story)
    policy = structs.replace(MODERN, preset=structs.replace(MODERN.preset, topics=rule))
    return {post.article.id: post for post in make(snapshot(*candidates), policy, MASTHEAD, (), NOW).posts}


def affair() -> tuple[Candidate, ...]:
    """Return a merger in three steps, of which only the first names the subject, and stories about other things."""
    others = [report(f"o{n}", f"o{n}", told(f"Person {n}"), hours=99) for n in range(8)]
    steps = [("a", 72.0), ("b", 48.0), ("c", 24.0)]
    first, *later = (report(name, name, MERGER, hours=hours) for name, hours in steps)
    return (first, *(structs.replace(one, topics=()) for one in later), *others)


def test_a_story_without_any_topic_takes_over_those_of_the_affair_it_continues() -> None:
    found = posts(*affair())
    for name in "bc":
        post = found[ArticleId(name)]
        assert [match.topic for match in post.matches] == ["ai", "faces"]
        assert post.matches[0].because == "the affair that it continues is about it: “a reports”"
        assert {term.name: term.points for term in post.heat.terms}["subject of the story"] == 25


def test_that_is_the_preset_s_choice() -> None:
    assert {"b", "c"} & set(posts(*affair(), story=False)) == set()


def test_a_story_of_its_own_takes_over_nothing() -> None:
    alone = structs.replace(report("x", "x", told("Nobody Else")), topics=())
    assert "x" not in posts(*affair(), alone)
