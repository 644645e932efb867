"""The commands that try one stage alone: on files, with no archive and no network.

Many inputs per call, one JSON line per input, in order. An input that fails gives `{"input": …, "error": …}` and exit
code 1 at the end; it never stops the others.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, NowOption, beat_at
from wireroom.cli.terminal import FAILED, emit, manners

app = typer.Typer(help="Try one stage alone, on files: no archive, no network.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Files to read; - is stdin. A .gz is read as is.")]
Words = Annotated[list[str], typer.Argument(metavar="TEXT…", help="What to try; - reads one a line from stdin.")]
UrlOption = Annotated[str | None, typer.Option("--url", help="The address the file came from.")]


@app.command()
def post(files: Files) -> None:
    """Read posts, write them again, and compare the bytes.

    Example: wireroom try post _news/*.md
    """
    from wireroom.app.trials import posts

    _each(files, lambda name: posts.try_post(name, _bytes(name)))


@app.command()
def score(
    files: Files,
    beat: BeatOption = None,
    preset: Annotated[str | None, typer.Option("--preset", help="classic or modern; default: the beat's own.")] = None,
    now: NowOption = None,
) -> None:
    """Score posts from their facts and their related records, ignoring the scores written in them.

    Example: wireroom try score _news/*.md --preset classic --beat beats/ai-watch
    """
    from wireroom.app.build import clock
    from wireroom.app.trials import posts

    with manners():
        policy = posts.policy_for(beat_at(beat), preset)
        at = clock(now).now()
        _each(files, lambda name: posts.try_score(name, _bytes(name), policy, at))


@app.command()
def parse(
    files: Files,
    url: UrlOption = None,
    headers: Annotated[
        Path | None, typer.Option("--headers", help="A file of `Name: value` lines, as the server sent them.")
    ] = None,
) -> None:
    """Parse feed documents.

    Example: wireroom try parse feed.xml --url https://harbor-ledger.example/feed.xml
    """
    from wireroom.app.trials import documents

    with manners():
        sent = documents.read_headers(headers) if headers else {}
        _each(files, lambda name: documents.try_parse(name, _bytes(name), url, sent))


@app.command()
def extract(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE…", help="Pages to read.")] = None,
    url: UrlOption = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="JSON Lines of {file, url}, instead of FILE.")
    ] = None,
    beat: BeatOption = None,
    now: NowOption = None,
) -> None:
    """Read pages into records.

    Example: wireroom try extract page.html.gz --url https://harbor-ledger.example/2026/11/board-votes
    """
    from wireroom.app.build import clock
    from wireroom.app.trials import documents

    with manners(), documents.PageTrial(beat_at(beat) if beat else None, clock(now).now()) as reader:
        if manifest:
            _each(documents.manifest_lines(manifest), reader.try_line)
        else:
            _each(files or [], lambda name: reader.try_page(name, _bytes(name), url))


@app.command()
def amp(urls: Words) -> None:
    """Give the AMP cache address of AMP pages.

    Example: wireroom try amp https://harbor-ledger.example/amp/board-votes
    """
    from wireroom.app.trials import words

    _each(_lines(urls), words.try_amp)


@app.command()
def url(urls: Words) -> None:
    """Give the canonical form and the registrable domain of addresses.

    Example: wireroom try url 'https://www.harbor-ledger.example/a?utm_source=feed'
    """
    from wireroom.app.trials import words

    _each(_lines(urls), words.try_url)


@app.command()
def slug(texts: Words) -> None:
    """Give the slug of titles.

    Example: wireroom try slug 'Board votes 4–1 for cameras'
    """
    from wireroom.app.trials import words

    _each(_lines(texts), words.try_slug)


@app.command()
def topics(files: Files, beat: BeatOption = None) -> None:
    """Find the topics of texts: JSON Lines of {title, excerpt?, text?}.

    Example: wireroom try topics titles.jsonl --beat beats/ai-watch
    """
    from wireroom.app.trials import judgements

    with manners():
        _stream(judgements.try_topics(files, _bytes, beat_at(beat).policy))


@app.command()
def stories(files: Files) -> None:
    """Group reports that tell the same happening: CSV or JSON Lines of {id, title, url, published, …}, in time order.

    Example: wireroom try stories reports.csv
    """
    from wireroom.app.trials import judgements

    _stream(judgements.try_stories(files, _bytes))


@app.command()
def copies(files: Files) -> None:
    """Find which texts repeat which: JSON Lines of {id, title, text, provider, published}.

    Example: wireroom try copies texts.jsonl
    """
    from wireroom.app.trials import judgements

    _stream(judgements.try_copies(files, _bytes))


@app.command()
def sanitize(files: Files) -> None:
    """Sanitise HTML as it would be shown.

    Example: wireroom try sanitize body.html
    """
    from wireroom.app.trials import documents

    _each(files, lambda name: documents.try_sanitize(name, _bytes(name)))


def _each(inputs: Iterable[str], attempt: Callable[[str], object]) -> None:
    """Try each input; one line each, whatever happens to the others."""
    from wireroom.app.trials import attempted

    _stream(attempted(one, attempt) for one in inputs)


def _stream(lines: Iterable[object]) -> None:
    """Print each line; end with exit code 1 when one of them is a mishap."""
    from wireroom.app.trials import Mishap

    failed = False
    with manners():
        for line in lines:
            emit(line)
            failed = failed or isinstance(line, Mishap)
        if failed:
            raise typer.Exit(FAILED)


def _lines(words: list[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin if line.strip())
        else:
            yield word


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
