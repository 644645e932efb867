"""How is a text shown in about three hundred characters?

Cuts at a word end and says so with an ellipsis. It must not choose which text is worth showing.
"""

import re

from wireroom.text.tokens import sentences

LIMIT = 300
"""Characters; RECORDS §6."""
_TRAILING = " ,;:.-–—…"
_NEEDLESS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f])\s*(?:…|\[…\]|\[\.\.\.\])$")
"""What publishing systems put after a text that they cut at a sentence's end."""


def excerpt(text: str, limit: int = LIMIT) -> str:
    """Return text on one line in at most `limit` characters, cut at a word end with an ellipsis when it was longer."""
    return shortened(" ".join(text.split()), limit)


def shortened(line: str, limit: int = LIMIT) -> str:
    """Return the excerpt of a text that stands on one line already."""
    flat = _NEEDLESS.sub("", line) if line.endswith(("…", "]")) else line
    if len(flat) <= limit:
        return flat
    cut = flat.rfind(" ", 0, limit)
    # Scripts without spaces have no word end to cut at.
    kept = flat[:cut] if cut > limit * 6 // 10 else flat[: max(limit - 1, 0)]
    return f"{kept.rstrip(_TRAILING)}…"


def first_sentences(text: str, limit: int = LIMIT) -> str:
    """Return as many whole opening sentences as fit into `limit` characters, at least a cut first one."""
    taken = ""
    for sentence in sentences(text[: limit * 4]):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > limit:
            break
        taken = longer
    return taken or excerpt(text, limit)
