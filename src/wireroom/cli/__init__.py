"""What can a user do from a terminal? One module per command group; each imports what it needs when it runs."""


def main() -> None:
    """Run the command line."""
    from wireroom.cli.commands import app

    app()
