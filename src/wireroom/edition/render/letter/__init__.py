"""What is mailed to readers? One letter a day or a week, from the same edition as everything else.

It tells stories, not articles: the hottest with its timeline, the others by topic, what has come to stories that an
earlier issue told, and what publishers corrected. Excerpt and link only.
"""

from wireroom.edition.render.classic_issue import NoIssue, Period, issue_path
from wireroom.edition.render.letter.contents import contents
from wireroom.edition.render.letter.written import UNSUBSCRIBE, written
from wireroom.records.editions import Edition
from wireroom.records.mail import Letter

__all__ = ["UNSUBSCRIBE", "NoIssue", "Period", "issue_path", "letter"]


def letter(edition: Edition, period: Period) -> Letter | NoIssue:
    """Write the letter of an edition's day; without news there is none, and it says so."""
    told = contents(edition, period)
    return told if isinstance(told, NoIssue) else written(edition, period, told)
