"""How is the newsstand looked at by hand? `python -m wireroom.newsstand [--port N] [--stage 2]`; Ctrl-C ends it."""

import argparse
import sys
from threading import Event

from wireroom.newsstand.server import Newsstand
from wireroom.newsstand.truth import truth


def main() -> int:
    """Serve until interrupted."""
    options = argparse.ArgumentParser(prog="python -m wireroom.newsstand", description="Serve the bundled newsstand.")
    options.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    options.add_argument("--stage", type=int, default=1, help="2 = later, when a headline was edited")
    chosen = options.parse_args()
    try:
        with Newsstand(port=chosen.port, stage=chosen.stage) as newsstand:
            sys.stdout.write(_notice(newsstand))
            sys.stdout.flush()
            Event().wait()
    except OSError as error:
        sys.stderr.write(f"The newsstand cannot serve on port {chosen.port}: {error.strerror}. Try another --port.\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _notice(newsstand: Newsstand) -> str:
    feeds = "".join(f"  {feed.outcome:<12} {feed.url}\n" for feed in truth().feeds)
    example = f"curl -H 'Host: harbor-ledger.example' {newsstand.origin}/feed.xml"
    return f"Newsstand on {newsstand.origin} ({len(truth().articles)} articles)\nTry: {example}\nFeeds:\n{feeds}"


if __name__ == "__main__":
    sys.exit(main())
