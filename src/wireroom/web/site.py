"""How is a made edition served? Static files on loopback, with and without a trailing slash; nothing is computed."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from wireroom.errors import UsageError
from wireroom.records import portal

Started = Callable[..., None]
HEADERS = dict(portal.HEADERS)


def serve_folder(folder: Path, port: int, started: Started = print) -> None:
    """Serve a folder on 127.0.0.1 until interrupted; raise UsageError when the port is taken."""
    listen(site(folder), port, started)


def listen(application: web.Application, port: int, started: Started) -> None:
    """Serve an application on 127.0.0.1 until interrupted; raise UsageError when the port is taken.

    `started` is told once that requests are answered from now on.
    """
    try:
        web.run_app(application, host="127.0.0.1", port=port, print=started)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}). Name another: --port {port + 1}") from None


def site(folder: Path) -> web.Application:
    """Return the application that serves a folder."""
    root = folder.resolve()

    async def answer(request: web.Request) -> web.StreamResponse:
        file = _file(root, request.match_info["path"])
        if file is None:
            if moved := _moved(root, request.path):
                return web.Response(status=301, headers={**HEADERS, "Location": moved})
            return _nothing(root)
        return web.FileResponse(file, headers=HEADERS)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    return application


def _file(root: Path, path: str) -> Path | None:
    """Find the file an address means; None when there is none or it lies outside, whatever the path contains."""
    if "\0" in path:
        return None
    target = (root / path.strip("/")).resolve()
    if not target.is_relative_to(root) or any(part.startswith(".") for part in target.relative_to(root).parts):
        return None
    index = target / "index.html"
    for candidate in (target, index, target / "index.json"):
        if candidate.is_file():
            return candidate
    return None


def _nothing(root: Path) -> web.StreamResponse:
    """Answer for an address that leads nowhere, with the edition's page for it when there is one."""
    page = root / "404.html"
    if page.is_file():
        return web.FileResponse(page, status=404, headers=HEADERS)
    return web.Response(status=404, text="Nothing is published at this address.\n", headers=HEADERS)


def _moved(root: Path, path: str) -> str | None:
    """Return where an address leads that the edition's `_redirects` names."""
    table = root / "_redirects"
    for line in table.read_text("utf-8").splitlines() if table.is_file() else ():
        old, new, _ = line.split(" ")
        if old.endswith("*") and path.startswith(old[:-1]):
            return new.replace(":splat", quote(path.removeprefix(old[:-1])))
        if path == old:
            return new
    return None
