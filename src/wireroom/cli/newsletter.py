"""The commands about the newsletter: make an issue, look at the letter, send it, see what became of it."""

from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import complain, emit, manners, say

app = typer.Typer(help="The newsletter.", no_args_is_help=True)


@app.command()
def make(
    beat: BeatOption = None,
    daily: Annotated[bool, typer.Option("--daily", help="News of the last 24 hours, not of the last 7 days.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the issue into this folder and do not keep it.")
    ] = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Make the issue of the day and keep it, so that editions carry it; without news there is none.

    Example: wireroom newsletter make --beat beats/ai-watch --daily
    """
    with manners():
        from wireroom.app.issues import make_issue
        from wireroom.edition.render.classic_issue import Period

        made = make_issue(beat_at(beat), Period.DAILY if daily else Period.WEEKLY, now=now, out=out)
        if json:
            emit(made)
            return
        say(f"{made.path}: {made.because}" if made.made else f"No issue {made.path}: {made.because}")
        for title in made.titles:
            say(f"  {title}")


Daily = Annotated[bool, typer.Option("--daily", help="News of the last 24 hours, not of the last 7 days.")]


@app.command()
def preview(
    beat: BeatOption = None,
    daily: Daily = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write letter.html and letter.txt into this folder.")
    ] = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Show the letter that would be sent now; nothing is kept and nobody gets it.

    Example: wireroom newsletter preview --beat beats/ai-watch --out /tmp/letter
    """
    with manners():
        from wireroom.app.posting import preview as preview_letter
        from wireroom.edition.render.classic_issue import NoIssue, Period

        made = preview_letter(beat_at(beat), Period.DAILY if daily else Period.WEEKLY, now=now)
        if json:
            emit(made)
        elif isinstance(made, NoIssue):
            say(f"No letter: {made.because}")
        elif out is None:
            say(made.text)
        else:
            out.mkdir(parents=True, exist_ok=True)
            (out / "letter.html").write_text(made.html, "utf-8")
            (out / "letter.txt").write_text(made.text, "utf-8")
            say(f"{made.title}\n{out}/letter.html, {out}/letter.txt")


@app.command()
def send(
    beat: BeatOption = None,
    daily: Daily = False,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Send the letter of the day to every subscriber who has not had it; run it again after an interruption.

    The server comes from WIREROOM_SMTP, `smtp://user:password@host:port`, from WIREROOM_LISTMONK or WIREROOM_KEILA.

    Example: wireroom newsletter send --beat beats/ai-watch --daily
    """
    with manners():
        from wireroom.app.posting import send as send_letter
        from wireroom.edition.render.classic_issue import Period

        done = send_letter(beat_at(beat), Period.DAILY if daily else Period.WEEKLY, now=now)
        if json:
            emit(done)
        elif not done.made:
            say(f"No letter {done.path}: {done.because}")
        else:
            say(f"{done.path}: {done.sent} sent, {done.before} had it before, {len(done.refused)} refused")
            say("It is on the web with the next edition: wireroom edition")
        for line in (*done.refused, *(f"{one} (may have arrived: not sent again)" for one in done.uncertain)):
            complain(line)
        if done.refused or done.uncertain:
            raise typer.Exit(1)


@app.command()
def status(beat: BeatOption = None, now: NowOption = None, json: JsonOption = False) -> None:
    """Tell what became of the letter of the day, recipient by recipient.

    Example: wireroom newsletter status --beat beats/ai-watch
    """
    with manners():
        from wireroom.app.posting import outbox

        postings = outbox(beat_at(beat), now=now)
        for one in postings:
            if json:
                emit(one)
            else:
                say(f"{one.state:8} {one.recipient} {one.because}".rstrip())
        if not postings and not json:
            say("The letter of the day was sent to nobody yet.")
