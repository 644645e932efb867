"""Where can Wireroom be tried without a network? A bundled little world of outlets, and the truth about it."""

from wireroom.newsstand.server import Newsstand
from wireroom.newsstand.truth import Expected, TrueArticle, TrueStory, Truth, truth
from wireroom.newsstand.world import NEWSSTAND_NOW

__all__ = ["NEWSSTAND_NOW", "Expected", "Newsstand", "TrueArticle", "TrueStory", "Truth", "truth"]
