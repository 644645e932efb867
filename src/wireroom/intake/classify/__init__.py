"""Which subjects of the beat is an article about?"""

from wireroom.intake.classify.combine import Tagger

__all__ = ["Tagger"]
