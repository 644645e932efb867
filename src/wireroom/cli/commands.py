"""Which commands are there? Gathers the groups under one name; start-up must stay light."""

from typing import Annotated

import typer

from wireroom import __version__
from wireroom.cli import (
    caring,
    editing,
    feeds,
    importing,
    learning,
    looking,
    making,
    newsletter,
    replaying,
    sealing,
    serving,
    stories,
    trying,
)

app = typer.Typer(
    name="wireroom",
    help="A newsroom for one beat that a small team runs by itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wireroom {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Run a newsroom for one beat."""


for group in (making, serving, looking, replaying, learning, caring):
    group.register(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(editing.app, name="desk")
app.add_typer(importing.app, name="import")
app.add_typer(stories.app, name="stories")
app.add_typer(newsletter.app, name="newsletter")
app.add_typer(sealing.app, name="seal")
app.add_typer(trying.app, name="try")
