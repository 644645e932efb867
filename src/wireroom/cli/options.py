"""Which options do many commands share, and how are their values read?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wireroom.app.beat import Beat

BeatOption = Annotated[
    Path | None,
    typer.Option(
        "--beat",
        envvar="WIREROOM_BEAT",
        help="The beat folder. Default: the one that holds beat.toml upwards from here.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else there.")]


def parse_time(text: str | datetime) -> datetime:
    """Read a time as `--now` takes it; without a zone it is UTC."""
    if isinstance(text, datetime):
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no time; write it like 2026-11-20T09:15:00Z") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


NowOption = Annotated[
    datetime | None,
    typer.Option(
        "--now", parser=parse_time, metavar="TIME", help="Act as if it were this time, e.g. 2026-11-20T09:15:00Z."
    ),
]


def beat_at(folder: Path | None) -> "Beat":
    """Load the beat of `--beat`, else the one found upwards from here."""
    from wireroom.app.beat import find_beat, load_beat

    return load_beat(folder or find_beat(Path.cwd()))
