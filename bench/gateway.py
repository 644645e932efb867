"""How much slower than a bare aiohttp loop is the polite gateway? 1,000 feeds of 54 KB from a loopback server.

Both sides read the same bytes in the same run; spacing is off. Exit code 1 when the ratio is missed.
"""

import asyncio
import multiprocessing
import sys
import time
from multiprocessing.connection import Connection

import aiohttp
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Fetched, Request

FEEDS, SIZE, ROUNDS, LIMIT = 1_000, 54_000, 5, 1.6


def serve(ready: Connection) -> None:
    body = b"<item>news</item>" * (SIZE // 17)

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /private/")
        return web.Response(body=body, content_type="application/rss+xml")

    async def run() -> None:
        runner = web.AppRunner(web.Application(middlewares=()), access_log=None)
        runner.app.router.add_get("/{path:.*}", answer)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.send(site.name)
        await asyncio.Event().wait()

    asyncio.run(run())


async def bare(origin: str) -> int:
    gate = asyncio.Semaphore(64)
    total = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(number: int) -> None:
            nonlocal total
            async with gate, session.get(f"{origin}/{number}.xml") as response:
                total += len(await response.read())

        await asyncio.gather(*(one(number) for number in range(FEEDS)))
    return total


def polite(origin: str, *, robots: bool) -> int:
    settings = GatewaySettings(per_host_interval_s=0, detour={"*": origin})
    gateway = Gateway(settings)
    urls = (f"https://feed{number}.example/{number}.xml" for number in range(FEEDS))
    try:
        outcomes = gateway.fetch_all(Request(url=url, follow_robots=robots) for url in urls)
        return sum(len(outcome.body) for _, outcome in outcomes if isinstance(outcome, Fetched))
    finally:
        gateway.close()


def main() -> int:
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    origin = str(ours.recv()).rstrip("/")
    best = dict.fromkeys(("bare aiohttp", "gateway", "gateway with robots.txt"), float("inf"))
    for _ in range(ROUNDS):
        for name in best:
            start = time.perf_counter()
            size = asyncio.run(bare(origin)) if name == "bare aiohttp" else polite(origin, robots="robots" in name)
            best[name] = min(best[name], time.perf_counter() - start)
            assert size == FEEDS * (SIZE // 17) * 17, f"{name} read {size} bytes"
    server.terminate()
    base = best["bare aiohttp"]
    for name, seconds in best.items():
        print(f"{name:26} {seconds:7.3f} s  {FEEDS / seconds:7.0f} feeds/s  ×{seconds / base:.2f}")
    return int(best["gateway"] / base > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
