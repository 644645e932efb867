"""What did the web answer then? A Web over recorded outcomes, for replay and for tests of plugin authors."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from wireroom.ports.web import Web
from wireroom.records.ids import digest
from wireroom.records.outcomes import Failed, Fetched, NotModified, Outcome, Request


class RecordedWeb:
    """Answers from outcomes by address: a mapping, or a folder that a Recorder filled."""

    def __init__(self, outcomes: Mapping[str, Outcome] | Path) -> None:
        self._outcomes = outcomes

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """Answer every request in order, minding validators and limits as a server and the gateway would."""
        for request in requests:
            yield request, _as_asked(request, self._find(request.url))

    def close(self) -> None:
        """Do nothing: nothing is held."""

    def _find(self, url: str) -> Outcome:
        if isinstance(self._outcomes, Path):
            path = _place(self._outcomes, url)
            found = msgspec.json.decode(path.read_bytes(), type=Outcome) if path.exists() else None
        else:
            found = self._outcomes.get(url)
        return found or Failed(url=url, reason="nothing is recorded for this address")


class Recorder:
    """Passes requests on to another Web and keeps every outcome in a folder."""

    def __init__(self, web: Web, folder: Path) -> None:
        self._web = web
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """Fetch all and keep what came; a 304 does not replace the body that was kept before."""
        for request, outcome in self._web.fetch_all(requests):
            if not isinstance(outcome, NotModified):
                _place(self._folder, request.url).write_bytes(msgspec.json.encode(outcome))
            yield request, outcome

    def close(self) -> None:
        """Close the other Web."""
        self._web.close()


def _place(folder: Path, url: str) -> Path:
    return folder / f"{digest('recorded', url)}.json"


def _as_asked(request: Request, outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Fetched):
        return outcome
    if request.etag and request.etag == outcome.header("etag"):
        return NotModified(url=request.url, final_url=outcome.final_url, headers=outcome.headers)
    if request.first_bytes is not None and len(outcome.body) >= request.first_bytes:
        return replace(outcome, body=outcome.body[: request.first_bytes], truncated=True)
    if len(outcome.body) > request.max_bytes:
        return Failed(url=request.url, reason=f"body larger than {request.max_bytes} bytes")
    return outcome
