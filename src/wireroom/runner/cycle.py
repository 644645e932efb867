"""How is all that is pending taken in? The stages of the intake line, one after the other."""

from collections.abc import Callable

from msgspec import Struct

from wireroom.intake.lineup import LINEUP
from wireroom.runner import gathering, judging, polling
from wireroom.runner.room import Room

STEPS: dict[str, Callable[[Room], int]] = {
    "poll": polling.poll,
    "fetch": gathering.fetch,
    "extract": gathering.read,
    "illustrate": gathering.illustrate,
    "dedupe": judging.dedupe,
    "classify": judging.classify,
    "appraise": judging.appraise,
    "link": judging.link,
}


class Intake(Struct, frozen=True, kw_only=True):
    """How many items each stage took in this run, in the order of the line."""

    done: tuple[tuple[str, int], ...]


def take_in(room: Room) -> Intake:
    """Run the intake line until nothing is pending."""
    room.archive.sync_feeds(room.policy.beat, room.feeds, room.clock.now())
    done = []
    for stage in LINEUP:
        room.report.begin(stage.name, stage.doing)
        count = STEPS[stage.name](room)
        room.report.end(stage.name, count)
        done.append((stage.name, count))
    return Intake(done=tuple(done))
