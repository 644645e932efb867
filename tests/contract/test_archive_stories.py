"""Stories in an archive: late originals, merges, an editor's rulings, and judging again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from wireroom.adapters.blobs.memory import MemoryBlobs
from wireroom.adapters.clock import FixedClock
from wireroom.adapters.web.recorded import RecordedWeb
from wireroom.desk import placing, stories
from wireroom.desk.review import Words
from wireroom.errors import UsageError
from wireroom.records.copies import CopyKind
from wireroom.records.editions import Masthead
from wireroom.records.policy import Policy
from wireroom.records.sources import Provider
from wireroom.runner import judging, making
from wireroom.runner.room import Room, Silent
from wireroom.scoring.presets import shipped

if TYPE_CHECKING:
    from tests.contract.conftest import World

    from wireroom.edition.gather import Happening
    from wireroom.edition.stock import Stock
    from wireroom.records.articles import Article
    from wireroom.records.ids import StoryId

VOTE = (
    "The school board of Lockport voted five to four on Wednesday to switch off its Aegis face recognition system. "
    "Superintendent Mara Quill had defended the 417 cameras, bought with a state grant, as a shield against intruders. "
    "Parents had asked for the vote since spring, when a pupil of Lockport High was taken for somebody else. "
    "The cameras stay on the walls until the contract with Aegis ends in June, said board member Olaf Brenner."
)
VOTE_TOO = (
    "Lockport schools must turn off the Aegis cameras that match faces, a divided school board decided on Wednesday. "
    "The 417 devices, paid for by the state, were championed by superintendent Mara Quill, who left without a word."
)
STORM = (
    "A storm knocked out power to 9,400 homes around Tarnwick overnight and closed the coastal road. Crews expect "
    "repairs to last until Friday, said spokesman Piet Harms, and asked people to stay away from fallen lines."
)


class Town:
    """A room over an archive, with a hand to bring reports in and to judge them."""

    def __init__(self, world: World) -> None:
        self.world, self.hours = world, 1.0
        self.feed = world.listed("gazette")[0]

    def tell(self, name: str, title: str, text: str, *, hours: float, published: float | None = None) -> Article:
        """Bring a report of the publisher `name`."""
        self.world.see(self.feed, name, hours=hours)
        (page,) = self.world.fetch(name, hours=hours)
        when = self.world.at(hours if published is None else published)
        article = self.world.article(page, hours=hours, says=self.world.says(title=title, text=text, published=when))
        provider = Provider(name=name.title(), domain=f"{name}.example")
        told = structs.replace(article, provider=provider, language="en")
        self.world.archive.record_readings([self.world.reading(told)], [])
        self.hours = max(self.hours, hours)
        return told

    def judge(self) -> int:
        """Let an hour pass, then find copies and stories."""
        self.hours += 1
        policy = Policy(beat=self.world.beat, main_topic="", topics=(), preset=shipped("modern"))
        room = Room(
            policy=policy,
            masthead=Masthead(beat=policy.beat, name="", description="", address="https://b.example/"),
            feeds=(self.feed,),
            archive=self.world.archive,
            web=RecordedWeb({}),
            blobs=MemoryBlobs(),
            clock=FixedClock(self.world.at(self.hours)),
            report=Silent(),
        )
        judging.dedupe(room)
        return judging.link(room)

    def stock(self) -> Stock:
        return making.stock(self.world.archive, self.world.beat, self.world.at(self.hours + 0.9), None)

    def story(self, article: Article) -> Happening:
        return stories.found(self.stock(), self.world.archive, article.canonical_url)

    def words(self) -> Words:
        self.hours += 1
        return Words(by="Ada", reason="another meeting", at=self.world.at(self.hours))

    def undo(self, story: StoryId) -> int:
        return placing.undo(self.world.archive, self.world.beat, story, self.words())


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)


@pytest.fixture
def reports(town: Town) -> tuple[Article, Article, Article]:
    """Bring two reports of a vote and one of a storm."""
    first = town.tell("courier", "Lockport board votes to switch off Aegis face recognition", VOTE, hours=1)
    second = town.tell("herald", "Lockport schools must turn off Aegis cameras", VOTE_TOO, hours=6)
    third = town.tell("mirror", "Storm cuts power around Tarnwick", STORM, hours=7)
    assert town.judge() == 3
    return first, second, third


def test_reports_of_one_happening_are_one_story(town: Town, reports: tuple[Article, Article, Article]) -> None:
    first, second, third = reports
    assert town.story(first).id == town.story(second).id != town.story(third).id
    assert [line.reports for line in stories.listed(town.stock(), ambiguous=False, limit=9)] == [2]


def test_judging_again_changes_nothing(town: Town, reports: tuple[Article, Article, Article]) -> None:
    before = [town.story(article).id for article in reports]
    assert town.judge() == 0
    assert [town.story(article).id for article in reports] == before


def test_a_split_survives_judging_again_and_can_be_undone(
    town: Town, reports: tuple[Article, Article, Article]
) -> None:
    first, second, _ = reports
    whole = town.story(first)
    own = placing.split(town.world.archive, whole, [second.id], town.words())
    assert (town.story(second).id, town.story(first).id) == (own, whole.id)
    assert town.judge() == 1
    assert town.story(second).id == own
    assert "Ada ruled split: another meeting" in stories.viewed(town.stock(), town.story(second)).reports[0].because
    assert town.undo(own) == 1
    town.judge()
    assert town.story(second).id == whole.id


def test_a_merge_leads_the_old_id_to_the_story_that_stays(
    town: Town, reports: tuple[Article, Article, Article]
) -> None:
    first, _, third = reports
    kept, gone = town.story(first), town.story(third)
    placing.merge(town.world.archive, kept, gone, town.words())
    town.judge()
    view = stories.viewed(town.stock(), town.story(third))
    assert (view.line.id, view.line.reports, view.formerly) == (kept.id, 3, (gone.id,))
    assert stories.found(town.stock(), town.world.archive, gone.id[:6]).id == kept.id
    assert town.undo(kept.id) == 1
    town.judge()
    assert town.story(third).id == gone.id
    assert stories.viewed(town.stock(), town.story(first)).formerly == ()


def test_a_split_leaves_something_and_takes_something(town: Town, reports: tuple[Article, Article, Article]) -> None:
    with pytest.raises(UsageError, match="leaves some"):
        placing.split(town.world.archive, town.story(reports[2]), [reports[2].id], town.words())
    with pytest.raises(UsageError, match="no ruling"):
        town.undo(town.story(reports[0]).id)


def test_copies_go_along_with_a_split_original(town: Town, reports: tuple[Article, Article, Article]) -> None:
    first, second, _ = reports
    copied = town.tell("daily", "Lockport board votes to switch off Aegis face recognition", VOTE, hours=9)
    town.judge()
    own = placing.split(town.world.archive, town.story(first), [first.id], town.words())
    assert (town.story(first).id, town.story(copied).id) == (own, own)
    assert town.story(second).id != own


def test_an_original_that_arrives_late_takes_over_by_appending(town: Town) -> None:
    copied = town.tell("daily", "Board switches off cameras", VOTE, hours=5, published=5)
    town.judge()
    archive, beat = town.world.archive, town.world.beat
    assert archive.copies_of(beat, [copied.id])[copied.id].kind is CopyKind.ORIGINAL
    first = town.tell(
        "courier", "Lockport board votes to switch off Aegis face recognition", VOTE, hours=8, published=2
    )
    town.judge()
    now = archive.copies_of(beat, [copied.id, first.id])
    assert (now[first.id].kind, now[copied.id].copy_of) == (CopyKind.ORIGINAL, first.id)
    assert "school board of Lockport" in now[copied.id].proof
    assert next(one.kind for one in archive.dossier(beat, copied.id).copies) is CopyKind.ORIGINAL


def test_rulings_on_stories_do_not_publish_or_hold(town: Town, reports: tuple[Article, Article, Article]) -> None:
    placing.split(town.world.archive, town.story(reports[0]), [reports[1].id], town.words())
    snapshot = town.world.archive.snapshot(town.world.beat, town.world.at(town.hours))
    assert [candidate.ruling for candidate in snapshot.candidates] == [None, None, None]


def test_a_story_beyond_all_others_is_suspect() -> None:
    assert stories.usual_size([]) == stories.usual_size([900]) == 25
    assert stories.usual_size([30, 3, 2]) == 25
    assert stories.usual_size([40, 90, 2]) == 160
