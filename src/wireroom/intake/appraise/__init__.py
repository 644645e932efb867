"""What is an article worth by itself?"""

from wireroom.intake.appraise.score import appraise, judge_name, quality_of
from wireroom.intake.appraise.signals import marks_of

__all__ = ["appraise", "judge_name", "marks_of", "quality_of"]
