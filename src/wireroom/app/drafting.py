"""How do those who choose from an edition get it, or what it is made from: letters, and the editor's desk?"""

from datetime import datetime

from msgspec import structs

from wireroom.app.beat import Beat
from wireroom.app.build import spools
from wireroom.edition.lineup import Frame
from wireroom.edition.stock import Stock
from wireroom.ports.archive import EditionArchive
from wireroom.records.editions import Edition
from wireroom.runner import making


def drafted(beat: Beat, archive: EditionArchive, at: datetime, *, with_held: bool = False) -> Edition:
    """Make the edition as of `at`, a few stories at a time; nothing is sealed or delivered.

    With `with_held` it has what is on hold, also where the beat publishes no files of that.
    """
    masthead = structs.replace(beat.masthead, write_held=with_held or beat.masthead.write_held)
    return making.draft(archive, Frame(policy=beat.policy, masthead=masthead, now=at), spools(beat))


def stocked(beat: Beat, archive: EditionArchive, at: datetime) -> Stock:
    """Lay ready what is known of the beat as of `at`."""
    return making.stock(archive, beat.policy.beat, at, spools(beat))
