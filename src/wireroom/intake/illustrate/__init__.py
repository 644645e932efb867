"""How large is the picture at an image address, and which copy of it do we keep?"""

from wireroom.intake.illustrate.copying import copies, plan_copy
from wireroom.intake.illustrate.measure import absorb, plan

__all__ = ["absorb", "copies", "plan", "plan_copy"]
