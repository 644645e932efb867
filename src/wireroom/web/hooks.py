"""Where do hubs reach us? Two answers per feed: yes, we subscribed, and thank you for the news (WebSub)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from wireroom.app.listening import Ear
from wireroom.errors import WireroomError

LARGEST = 5_000_000
"""Bytes that a hub may send, as much as a feed may have."""
RENEW_EVERY_S = 3600


def hooks(ear: Ear, say: Callable[[str], None]) -> web.Application:
    """Return the application that listens; `say` hears what happens, in words."""
    turn = asyncio.Lock()  # an archive is used by one at a time

    async def confirm(request: web.Request) -> web.Response:
        async with turn:
            challenge = await asyncio.to_thread(ear.confirm, request.match_info["feed"], dict(request.query))
        if challenge is None:
            return web.Response(status=404)
        return web.Response(text=challenge, headers={"X-Content-Type-Options": "nosniff"})

    async def take(request: web.Request) -> web.Response:
        body, signature = await request.read(), request.headers.get("X-Hub-Signature")
        async with turn:
            new = await asyncio.to_thread(
                ear.take, request.match_info["feed"], body, request.headers.get("Content-Type"), signature
            )
        if new is not None:
            say(f"{new} new entries from a hub")
        return web.Response(status=202)  # also to those who are not the hub: they learn nothing (WebSub §8)

    async def renewing(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_renew(ear, say))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    application = web.Application(client_max_size=LARGEST)
    application.router.add_get("/{feed:[0-9a-f]{32}}", confirm)
    application.router.add_post("/{feed:[0-9a-f]{32}}", take)
    application.cleanup_ctx.append(renewing)
    return application


async def _renew(ear: Ear, say: Callable[[str], None]) -> None:
    """Subscribe now and whenever a lease is about to end; a hub asks back while it is being asked."""
    while True:
        try:
            for line in await asyncio.to_thread(lambda: list(ear.subscribe())):
                say(line)
        except WireroomError as error:  # an archive in use now is free in an hour
            say(str(error))
        await asyncio.sleep(RENEW_EVERY_S)
