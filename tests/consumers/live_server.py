"""A really started web process on the test database, and a raw client of its ``/ws/live``."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.listening import address_of
from transcripts.capture.frames import HEADER, PCM_KIND
from transcripts.models import ApiToken, User

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 15.0
FRAME_BYTES = 3_200


@dataclass
class LiveServer:
    url: str
    media: Path
    process: subprocess.Popen[str]

    @property
    def socket_url(self) -> str:
        return self.url.replace("http://", "ws://") + "/ws/live"

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(WAIT_SECONDS)


@contextmanager
def live_server(media: Path, speech_url: str, **extra: str) -> Iterator[LiveServer]:
    """``python -m voxweb.server`` with this speech service; its database is the test's own."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "VOXWEB_MEDIA_DIR": str(media),
        "VOXWEB_BROWSER_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "VOXWEB_BROWSER_TEST_STATIC": str(media / "static"),
        "MISTRAL_API_KEY": "a-key-that-must-stay-secret",
        "VOXWEB_SPEECH_URL": speech_url,
        **extra,
    }
    command = [sys.executable, "-m", "voxweb.server", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        [*command, "voxweb.asgi:application"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield LiveServer(address_of(process), media, process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(WAIT_SECONDS)


@dataclass
class LiveCaller:
    """One connection. ``got`` is everything that came, in order."""

    socket: ClientConnection
    got: list[dict[str, Any]] = field(default_factory=list)
    sequence: int = 0
    close_code: int | None = None

    async def say(self, kind: str, **data: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **data}))

    async def start(self, **data: Any) -> dict[str, Any]:
        """Begin a take; returns the hello."""
        wishes = {"id": uuid.uuid4().hex, "title": "Harbour", "source": "program", "options": {}, **data}
        await self.say("start", **wishes)
        return await self.until("hello")

    async def send_pcm(self, pcm: bytes, offset: int, pace_seconds: float = 0.0) -> int:
        """Send sound from its byte ``offset`` on; returns the offset after it."""
        for start in range(0, len(pcm), FRAME_BYTES):
            piece = pcm[start : start + FRAME_BYTES]
            header = HEADER.pack(PCM_KIND, 0, 0, self.sequence, offset)
            await self.socket.send(header + piece)
            self.sequence += 1
            offset += len(piece)
            if pace_seconds:
                await asyncio.sleep(pace_seconds)
        return offset

    async def until(self, kind: str, **facts: Any) -> dict[str, Any]:
        """The first message from now on of this type and with these values."""
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                message = await self.next()
                if message["type"] == kind and all(message.get(name) == fact for name, fact in facts.items()):
                    return message

    async def next(self) -> dict[str, Any]:
        message = dict(json.loads(await self.socket.recv()))
        self.got.append(message)
        return message

    async def until_written(self, total_bytes: int) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while (await self.until("ack"))["written"] < total_bytes:
                pass

    async def until_closed(self) -> int | None:
        """Read to the end; returns the close code."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while True:
                    await self.next()
        except ConnectionClosed:
            self.close_code = self.socket.close_code
        return self.close_code

    async def stop(self, total_bytes: int) -> dict[str, Any]:
        await self.say("stop", bytes=total_bytes)
        return await self.until("stopped")


def back(hello: dict[str, Any]) -> str:
    """The query of a recorder that comes back to the take it was greeted with."""
    return f"?recording={hello['recording']}&token={hello['token']}"


@asynccontextmanager
async def calling(
    server: LiveServer, user: User | None, query: str = "", **options: Any
) -> AsyncIterator[LiveCaller]:
    """Connect as a program of ``user``; without one nobody is signed in."""
    headers = {}
    if user is not None:
        token = await asyncio.to_thread(ApiToken.issue, user)
        headers = {"Authorization": f"Bearer {token}"}
    async with connect(
        server.socket_url + query, additional_headers=headers, compression=None, **options
    ) as socket:
        yield LiveCaller(socket)
