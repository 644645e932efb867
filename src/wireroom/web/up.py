"""How does a newsroom keep running? It serves its edition, and starts a cycle of work again and again.

Each cycle is a process of its own: what it needs is given back to the machine when it ends, and one that fails takes
neither the server nor the next cycle with it.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from wireroom.web.site import listen, site

Say = Callable[[str], None]
PATIENCE_S = 30.0
"""How long a cycle may take to come to a clean end when we are asked to stop."""


def keep_up(beat: Path, folder: Path, port: int, every_s: float, say: Say) -> None:
    """Serve `folder` on 127.0.0.1 and run the beat's cycle every `every_s` seconds, until interrupted."""
    folder.mkdir(parents=True, exist_ok=True)
    application = site(folder)

    async def work(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_cycles(beat, every_s, say))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    application.cleanup_ctx.append(work)
    told = f"Serving {folder} at http://127.0.0.1:{port}/, a cycle every {every_s / 60:g} min (Ctrl-C stops)"
    listen(application, port, lambda _: say(told))


async def _cycles(beat: Path, every_s: float, say: Say) -> None:
    """Run one cycle after another; the pause counts from the start of each."""
    clock = asyncio.get_running_loop().time
    while True:
        began = clock()
        code = await _cycle(beat)
        say("A cycle ended well." if code == 0 else f"A cycle ended with exit code {code}; the next one goes on.")
        await asyncio.sleep(max(0.0, began + every_s - clock()))


async def _cycle(beat: Path) -> int:
    """Run one cycle and return its exit code; when we are stopped, stop it as Ctrl-C would."""
    command = (sys.executable, "-m", "wireroom", "run", "--beat", str(beat))
    # A group of its own: Ctrl-C on the terminal reaches us, and we pass it on once.
    process = await asyncio.create_subprocess_exec(*command, start_new_session=True)
    try:
        return await process.wait()
    except asyncio.CancelledError:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            try:
                await asyncio.wait_for(process.wait(), PATIENCE_S)
            except TimeoutError:
                process.kill()
                await process.wait()
        raise
