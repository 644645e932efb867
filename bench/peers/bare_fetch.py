"""How quickly can aiohttp fetch the bench's feeds and do nothing with them? The floor that a poll is held against."""

import asyncio
import json
import resource
import sys
import time

import aiohttp


async def fetch(port: int, feeds: int, at_once: int, wanted: int) -> None:
    gate = asyncio.Semaphore(at_once)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(number: int) -> int:
            headers = {"If-None-Match": f'"f{number}.xml"'} if wanted == 304 else {}
            async with gate, session.get(f"http://127.0.0.1:{port}/{number}.xml", headers=headers) as response:
                await response.read()
                return response.status

        assert set(await asyncio.gather(*(one(number) for number in range(feeds)))) == {wanted}


def main() -> None:
    port, feeds, at_once, wanted = map(int, sys.argv[1:5])
    start, cpu = time.perf_counter(), time.process_time()
    asyncio.run(fetch(port, feeds, at_once, wanted))
    inner = (time.perf_counter() - start, time.process_time() - cpu)
    print(json.dumps({"inner": inner, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
