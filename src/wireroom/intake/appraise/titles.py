"""Is a title clear? Its length, capitals and teasing; what it is about is asked elsewhere."""

from wireroom.intake.appraise.tables import marks
from wireroom.scoring.engine import Signal

FREE_LENGTH = 70
"""Characters of a title that cost nothing (RECORDS §3)."""

LOUD_WORDS = 4
"""Words of four letters and more that must all be capitals before a title shouts: fewer are acronyms."""


def title_signals(title: str) -> dict[str, Signal]:
    """Measure the title."""
    out: dict[str, Signal] = {}
    if len(title) - FREE_LENGTH >= 2:
        excess = float((len(title) - FREE_LENGTH) // 2)
        because = f"the title has {len(title)} characters, {FREE_LENGTH} are free"
        out["title_excess"] = Signal(value=excess, because=because)
    words = [word for word in title.split() if len(word) >= 4 and word.isalpha()]
    if len(words) >= LOUD_WORDS and sum(word.isupper() for word in words) > len(words) / 2:
        out["shouting"] = Signal(value=1.0, because="most of the title is in capitals")
    if appointment := marks().notice.search(title):
        out["notice"] = Signal(value=1.0, because=f"the title announces an appointment: “{appointment.group()}”")
    if teasers := tuple(dict.fromkeys(found.group().strip() for found in marks().clickbait.all(title))):
        said = ", ".join(f"“{teaser}”" for teaser in teasers)
        out["clickbait"] = Signal(value=float(len(teasers)), because=f"the title teases with {said}")
    return out
