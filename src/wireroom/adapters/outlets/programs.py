"""How are git and rsync asked? By name, with words of ours and paths on stdin; their complaints are handed on."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from wireroom.errors import DeliveryError

LONGEST_S = 1800
"""A transfer that takes longer hangs."""
_KEPT = "the edition is kept here, and the next run tries again"


def ask(words: Sequence[str], *, folder: Path, paths: Iterable[str] = ()) -> str:
    """Run a program in a folder and return what it prints; raise DeliveryError when it fails."""
    import subprocess  # noqa: PLC0415 - most outlets are folders, and it loads slowly

    try:
        done = subprocess.run(  # noqa: S603 - no shell; the words are ours and checked settings, paths come on stdin
            words,
            cwd=folder,
            input="".join(f"{path}\0" for path in paths),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
            check=False,
            # Nobody sits at a terminal: a question for a password would wait for ever.
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise DeliveryError(f"{words[0]} is not installed; this outlet needs it") from None
    except subprocess.TimeoutExpired:
        raise DeliveryError(f"{words[0]} did not end in {LONGEST_S // 60} minutes; {_KEPT}") from None
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise DeliveryError(f"{' '.join(words[:2])}: {said}; {_KEPT}")
    return done.stdout
