"""Which happening does an article tell?"""

from wireroom.intake.link.assign import JUDGE, Linker
from wireroom.intake.link.merging import Merged, carried, placements, relinked

__all__ = ["JUDGE", "Linker", "Merged", "carried", "placements", "relinked"]
