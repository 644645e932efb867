"""Which article repeats another, and which passage proves it?"""

from wireroom.intake.dedupe.desk import JUDGE, CopyDesk

__all__ = ["JUDGE", "CopyDesk"]
