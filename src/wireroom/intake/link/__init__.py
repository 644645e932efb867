"""Which happening does an article tell?"""

from wireroom.intake.link.assign import JUDGE, Linker

__all__ = ["JUDGE", "Linker"]
