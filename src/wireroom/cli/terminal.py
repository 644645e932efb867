"""How do we speak on a terminal? Aligned columns, one accent, silence when nobody looks."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import dumps
from typing import TYPE_CHECKING, Self

import typer

from wireroom.errors import ArchiveError, UsageError, WireroomError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

ACCENT = "red"
FAILED, USAGE, ARCHIVE, INTERRUPTED = 1, 2, 3, 130
"""Exit codes; see docs/reference/commands.md."""

_UNSEEN = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if chr(code) not in "\n\t"
}
"""Control characters, with which a headline could move the cursor or rename the window, and halves of characters."""


def say(text: str = "", *, style: str | None = None) -> None:
    """Print a line for people, on stdout."""
    text = text.translate(_UNSEEN)
    if style and sys.stdout.isatty():
        text = typer.style(text, fg=style)
    typer.echo(text)


def complain(text: str) -> None:
    """Print a message on stderr, where it does not disturb a program that reads stdout."""
    typer.echo(text.translate(_UNSEEN), err=True)


def emit(record: object) -> None:
    """Print one JSON line, keys in the order given, text unescaped."""
    from msgspec import json, to_builtins

    try:
        line = json.encode(record).decode()
    except UnicodeEncodeError:  # a word of the command line or a file's name that is not UTF-8
        line = dumps(to_builtins(record), separators=(",", ":"))
    typer.echo(line)


@contextmanager
def manners() -> Iterator[None]:
    """Turn what may go wrong into a sentence on stderr and the right exit code."""
    try:
        yield
    except KeyboardInterrupt:
        complain("Stopped. What was done is kept; the next run goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough. Python would complain again when it flushes stdout at exit.
        sys.stderr.close()
        raise typer.Exit(0) from None
    except WireroomError as error:
        complain(str(error))
        raise typer.Exit(_code(error)) from None


def _code(error: WireroomError) -> int:
    if isinstance(error, UsageError):
        return USAGE
    return ARCHIVE if isinstance(error, ArchiveError) else FAILED


class Bars:
    """Draws the stages of a run as progress bars on stderr, when that is a terminal."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Start drawing."""
        if sys.stderr.isatty():
            self._progress = _progress()
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing, leaving the finished lines."""
        self.stop()

    def stop(self) -> None:
        """Stop drawing before the summary is printed; stopping twice is fine."""
        if self._progress:
            self._progress.stop()

    def begin(self, stage: str, doing: str) -> None:
        """Draw a new line."""
        if self._progress:
            self._task = self._progress.add_task(doing, total=None, name=stage)

    def advance(self, done: int, total: int | None = None) -> None:
        """Move the line on."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def end(self, stage: str, done: int) -> None:
        """Finish the line."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, completed=done, total=max(done, 1), name=stage)


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.fields[name]:<10}"),
        TextColumn("{task.description:<20}", style="dim"),
        BarColumn(bar_width=24, complete_style=ACCENT, finished_style="dim"),
        TextColumn("{task.completed:>6.0f}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def columns(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...]) -> str:
    """Align rows under their heads; numbers to the right."""
    widths = [max(len(row[index]) for row in [heads, *rows]) for index in range(len(heads))]
    right = [bool(rows) and all(row[index].replace(".", "").isdigit() for row in rows) for index in range(len(heads))]
    lines = [
        "  ".join(
            cell.rjust(width) if flush else cell.ljust(width)
            for cell, width, flush in zip(row, widths, right, strict=True)
        )
        for row in [heads, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)
