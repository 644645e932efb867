"""The commands of the editor's desk: what waits, and rulings on single articles."""

import getpass
from datetime import datetime
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at, parse_time
from wireroom.cli.terminal import columns, emit, manners, say

app = typer.Typer(help="Overrule the machine, one article at a time.", no_args_is_help=True)

Wanted = Annotated[str, typer.Argument(metavar="URL|PATH", help="An article's address, or the path of its post.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; readers of `why` will see it.")]
By = Annotated[str, typer.Option("--by", help="Who rules. Default: your user name.")]


@app.command()
def queue(
    beat: BeatOption = None,
    now: NowOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20,
    json: JsonOption = False,
) -> None:
    """List the held articles that come nearest to being published.

    Example: wireroom desk queue --limit 10
    """
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.app.drafting import drafted
        from wireroom.desk import review

        found = beat_at(beat)
        with opened_archive(found) as archive:
            posts = review.queue(drafted(found, archive, clock(now).now(), with_held=True), limit)
        if json:
            for post in posts:
                emit({"path": post.path, "title": post.article.title, "heat": post.weight, "flip": post.verdict.flip})
            return
        rows = [(f"{post.weight:g}", post.article.title, post.path) for post in posts]
        say(columns(rows, ("heat", "title", "path")) if rows else "Nothing is held.")


@app.command()
def publish(wanted: Wanted, reason: Reason, beat: BeatOption = None, by: By = "", now: NowOption = None) -> None:
    """Publish an article whatever its score.

    Example: wireroom desk publish https://harbor-ledger.example/vote --reason "first report"
    """
    _rule("publish", wanted, reason, by, beat, now)


@app.command()
def hold(
    wanted: Wanted,
    reason: Reason,
    until: Annotated[
        datetime | None,
        typer.Option("--until", parser=parse_time, metavar="TIME", help="An embargo: when the ruling ends by itself."),
    ] = None,
    beat: BeatOption = None,
    by: By = "",
    now: NowOption = None,
) -> None:
    """Hold an article back whatever its score, for good or until a time.

    Example: wireroom desk hold _news/2026-11-20-vote.md --reason "embargo" --until 2026-11-21T06:00:00Z
    """
    _rule("hold", wanted, reason, by, beat, now, until)


@app.command()
def boost(wanted: Wanted, reason: Reason, beat: BeatOption = None, by: By = "", now: NowOption = None) -> None:
    """Push an article by the preset's `boost` points; its score still decides.

    Example: wireroom desk boost https://harbor-ledger.example/vote --reason "our town"
    """
    _rule("boost", wanted, reason, by, beat, now)


@app.command()
def spike(wanted: Wanted, reason: Reason, beat: BeatOption = None, by: By = "", now: NowOption = None) -> None:
    """Leave an article out of editions.

    Example: wireroom desk spike _news/2026-11-20-vote.md --reason "off the beat"
    """
    _rule("spike", wanted, reason, by, beat, now)


@app.command()
def kill(wanted: Wanted, reason: Reason, beat: BeatOption = None, by: By = "", now: NowOption = None) -> None:
    """Take an article down everywhere: posts, API, feeds, portal.

    Example: wireroom desk kill _news/2026-11-20-vote.md --reason "court order"
    """
    _rule("kill", wanted, reason, by, beat, now)


@app.command()
def undo(
    wanted: Wanted, reason: Reason = "undone", beat: BeatOption = None, by: By = "", now: NowOption = None
) -> None:
    """Take the newest ruling on an article back.

    Example: wireroom desk undo _news/2026-11-20-vote.md
    """
    _rule("undo", wanted, reason, by, beat, now)


def _rule(
    kind: str, wanted: str, reason: str, by: str, beat: BeatOption, now: NowOption, until: datetime | None = None
) -> None:
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.desk import review
        from wireroom.records.rulings import RulingKind

        found = beat_at(beat)
        words = review.Words(by=by or getpass.getuser(), reason=reason, at=clock(now).now(), until=until)
        with opened_archive(found) as archive:
            review.rule(archive, found.policy.beat, wanted, RulingKind(kind), words)
        say(f"{kind.capitalize()}: {wanted}. The next edition obeys: wireroom edition")
