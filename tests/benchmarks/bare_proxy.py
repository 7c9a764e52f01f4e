"""The least that a relay in Python can cost: ``websockets`` on both sides, nothing kept, nothing known.

``python -m tests.benchmarks.bare_proxy <address of the service>`` listens on a free port and prints it.
"""

from __future__ import annotations

import asyncio
import sys
from binascii import b2a_base64

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

HEADER_BYTES = 16


async def pass_down(service: ClientConnection, page: ServerConnection) -> None:
    async for message in service:
        await page.send(message)


async def relay(page: ServerConnection, address: str) -> None:
    async with connect(address, compression=None) as service:
        passing = asyncio.create_task(pass_down(service, page))
        try:
            async for frame in page:
                pcm = b2a_base64(frame[HEADER_BYTES:], newline=False)  # type: ignore[arg-type]
                await service.send(b'{"type":"input_audio.append","audio":"' + pcm + b'"}', text=True)
        except ConnectionClosed:
            pass
        finally:
            passing.cancel()


async def main(address: str) -> None:
    async with serve(lambda page: relay(page, address), "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
