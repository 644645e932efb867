"""The commands that keep running: serve and up."""

from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, beat_at
from wireroom.cli.terminal import complain, manners

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on 127.0.0.1.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("up")(up)
    app.command("serve")(serve)


def serve(beat: BeatOption = None, port: PortOption = 8787) -> None:
    """Serve the edition of a beat on this machine, until Ctrl-C.

    Example: wireroom serve --beat beats/ai-watch --port 8787
    """
    with manners():
        from wireroom.app.serving import served_folder
        from wireroom.web.site import serve_folder

        folder = served_folder(beat_at(beat))
        serve_folder(folder, port, lambda _: complain(f"Serving {folder} at http://127.0.0.1:{port}/ (Ctrl-C stops)"))


def up(
    beat: BeatOption = None,
    port: PortOption = 8787,
    every: Annotated[int, typer.Option("--every", min=1, max=1440, help="Minutes between two cycles.")] = 15,
) -> None:
    """Keep running: serve the edition, and run a cycle every few minutes; feeds are only asked when they are due.

    Example: wireroom up --beat beats/ai-watch --every 15
    """
    with manners():
        from wireroom.app.build import outlet_folders
        from wireroom.web.up import keep_up

        found = beat_at(beat)
        folder = outlet_folders(found)[0]
        keep_up(found.folder, folder, port, every * 60.0, complain)
