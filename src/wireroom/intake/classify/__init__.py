"""Which subjects of the beat is an article about?"""

from wireroom.intake.classify.combine import LIKELY, Tagger, rule_mark

__all__ = ["LIKELY", "Tagger", "rule_mark"]
