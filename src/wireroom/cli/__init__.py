"""What can a user do from a terminal? One module per command group; each imports what it needs when it runs."""

from wireroom.runner.collector import look_rarely


def main() -> None:
    """Run the command line."""
    look_rarely()
    from wireroom.cli.commands import app

    app()
