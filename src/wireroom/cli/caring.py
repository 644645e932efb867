"""The commands that care for an installation: doctor, config, backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, beat_at
from wireroom.cli.terminal import FAILED, columns, emit, manners, say


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("doctor")(doctor)
    app.command("config")(config)
    app.command("backup")(backup)
    app.command("restore")(restore)


def doctor(beat: BeatOption = None, json: JsonOption = False) -> None:
    """Look whether everything is in order, and say what to do where it is not.

    Example: wireroom doctor --beat beats/ai-watch
    """
    with manners():
        from wireroom.app.beat import find_beat
        from wireroom.app.health import examine

        findings = examine(beat or find_beat(Path.cwd()))
        for finding in findings:
            emit(finding) if json else say(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.what}")
        if not all(finding.ok for finding in findings):
            raise typer.Exit(FAILED)


def config(
    beat: BeatOption = None,
    origins: Annotated[bool, typer.Option("--origins", help="Say where each value comes from.")] = False,
    json: JsonOption = False,
) -> None:
    """Show the configuration in force.

    Example: wireroom config --origins
    """
    with manners():
        from wireroom.app.beat import find_beat
        from wireroom.app.health import settings_in_force

        values = settings_in_force(beat or find_beat(Path.cwd()))
        if json:
            emit(values)
        elif origins:
            say(columns([(one.key, _written(one.value), one.origin) for one in values], ("key", "value", "from")))
        else:
            say("\n".join(f"{one.key} = {_written(one.value)}" for one in values))


def _written(value: object) -> str:
    """Write a value as the beat's file would hold it."""
    from msgspec import json

    return "(not set)" if value is None else json.encode(value).decode()


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, for example newsroom.tar.gz.")],
    beat: BeatOption = None,
    json: JsonOption = False,
) -> None:
    """Write one file that holds the beat, its archive and the pages it has read; a run may go on meanwhile.

    Example: wireroom backup newsroom.tar.gz --beat beats/ai-watch
    """
    with manners():
        from wireroom.app.backup import back_up

        kept = back_up(beat_at(beat), file)
        if json:
            emit(kept)
        else:
            say(f"Wrote {kept.file}: {kept.files} files, {kept.size / 1e6:.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `wireroom backup` wrote.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    json: JsonOption = False,
) -> None:
    """Unpack a backup into a new folder; its edition is then made with `wireroom edition`.

    Example: wireroom restore newsroom.tar.gz beats/ai-watch
    """
    with manners():
        from wireroom.app.backup import restore as unpack

        kept = unpack(file, folder)
        if json:
            emit(kept)
        else:
            say(f"Restored {kept.files} files into {folder}. Next: wireroom edition --beat {folder}")
