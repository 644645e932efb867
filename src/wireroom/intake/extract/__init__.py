"""From a page's bytes and its address to a true record: what is certain, or the reason why there is none."""

from wireroom.intake.extract.conflicts import Conflict, find_conflicts
from wireroom.intake.extract.deciding import EXTRACTOR, NotArticle
from wireroom.intake.extract.reading import extract, read_head, read_page

__all__ = ["EXTRACTOR", "Conflict", "NotArticle", "extract", "find_conflicts", "read_head", "read_page"]
