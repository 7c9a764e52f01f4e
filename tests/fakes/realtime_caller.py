"""The client of a scripted realtime service as a step sees it, and what a step can do with it."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

PATH = "/v1/audio/transcriptions/realtime"
WAIT_SECONDS = 20.0


@dataclass
class SeenSession:
    """One connection as it arrived. ``audio`` is everything appended, ``messages`` all but the appends.

    ``audio_before`` says for each message how many bytes of sound had arrived before it. ``ended``
    is set when the connection is gone, by whichever side.
    """

    target: str
    headers: Mapping[str, str]
    messages: list[dict[str, Any]] = field(default_factory=list)
    audio_before: list[int] = field(default_factory=list)
    audio: bytearray = field(default_factory=bytearray)
    appends: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    close_code: int | None = None

    @property
    def model(self) -> str:
        return parse_qs(urlsplit(self.target).query).get("model", [""])[0]

    @property
    def kinds(self) -> list[str]:
        """The types of ``messages``, in order."""
        return [str(message.get("type")) for message in self.messages]

    @property
    def settings(self) -> dict[str, Any]:
        """What the first ``session.update`` asked for; empty when there was none."""
        found = (m["session"] for m in self.messages if m.get("type") == "session.update")
        return dict(next(found, {}))

    def take(self, message: dict[str, Any]) -> None:
        if message.get("type") == "input_audio.append":
            self.audio += base64.b64decode(message["audio"], validate=True)
            self.appends += 1
        else:
            self.audio_before.append(len(self.audio))
            self.messages.append(message)


class Caller:
    """What a step can do. Reads and keeps whatever arrives until ``stop_reading``."""

    def __init__(self, connection: ServerConnection, seen: SeenSession) -> None:
        self._connection = connection
        self._news = asyncio.Condition()
        self.seen = seen
        self.faults: list[Exception] = []
        self._reading = asyncio.create_task(self._read())

    async def say(self, kind: str, **data: Any) -> None:
        await self.say_raw(json.dumps({"type": kind, **data}, ensure_ascii=False))

    async def say_raw(self, message: str | bytes, *, text: bool | None = None) -> None:
        """Bytes go out as a binary frame, with ``text`` as a text frame whatever they hold."""
        await self._connection.send(message, text=text)

    async def until(self, is_enough: Callable[[SeenSession], bool]) -> None:
        """Wait for what arrives; raises `ConnectionClosed` when the client leaves before it is enough."""
        async with asyncio.timeout(WAIT_SECONDS), self._news:
            while not is_enough(self.seen):
                if self.seen.ended.is_set():
                    raise ConnectionClosed(None, None)
                await self._news.wait()

    async def has_hung_up(self) -> None:
        """Wait until the client is gone."""
        async with asyncio.timeout(WAIT_SECONDS):
            await self._connection.wait_closed()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        await self._connection.close(code, reason)

    def stop_reading(self) -> None:
        """Take nothing more from the socket: the client's sends get stuck when the buffers are full."""
        self._reading.cancel()
        self._connection.transport.pause_reading()

    def reset(self) -> None:
        """End with a TCP reset instead of a close frame."""
        raw = self._connection.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.transport.abort()

    async def _read(self) -> None:
        try:
            async for message in self._connection:
                self.seen.take(json.loads(message))
                await self._tell()
        except ConnectionClosed:
            pass
        except (ValueError, KeyError) as fault:
            self.faults.append(fault)
            await self._connection.close(1003)
        finally:
            await self._connection.wait_closed()
            self.seen.close_code = self._connection.close_code
            self.seen.ended.set()
            await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


Action = Callable[[Caller], Awaitable[None]]


def play(*actions: Action) -> Action:
    """One after the other; after the last one the connection is closed in order."""

    async def step(caller: Caller) -> None:
        for action in actions:
            await action(caller)

    return step


def greet(request_id: str = "ws-1", **session: Any) -> Action:
    """The first message of a session."""
    given = {"request_id": request_id, "model": "scripted", **_AUDIO_FORMAT, **session}
    return say("session.created", session=given)


def agree(request_id: str = "ws-1", **session: Any) -> Action:
    """Wait for ``session.update`` and answer with the settings asked for, or with ``session``."""

    async def action(caller: Caller) -> None:
        await hears("session.update")(caller)
        asked = {**caller.seen.settings}
        asked["speaker_references"] = sorted(asked.get("speaker_references", {})) or None
        given = {"request_id": request_id, "model": "scripted", **_AUDIO_FORMAT, **asked, **session}
        await caller.say("session.updated", session=given)

    return action


def say(kind: str, **data: Any) -> Action:
    return lambda caller: caller.say(kind, **data)


def delta(*texts: str, **extra: Any) -> Action:
    async def action(caller: Caller) -> None:
        for text in texts:
            await caller.say("transcription.text.delta", text=text, **extra)

    return action


def segment(text: str, start: float, end: float, **extra: Any) -> Action:
    return say("transcription.segment", text=text, start=start, end=end, **extra)


def done(text: str = "", **data: Any) -> Action:
    """``transcription.done``, whenever the script comes to it."""
    usage = {"prompt_audio_seconds": 1, "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    given = {"model": "scripted", "language": None, "segments": [], "usage": usage, **data}
    return say("transcription.done", text=text, **given)


def error(message: object, code: int | str) -> Action:
    return say("error", error={"message": message, "code": code})


def raw(message: str | bytes) -> Action:
    """Exactly this message; bytes go out as a binary frame."""
    return lambda caller: caller.say_raw(message)


def raw_text(message: bytes) -> Action:
    """Exactly these bytes in a text frame, UTF-8 or not."""
    return lambda caller: caller.say_raw(message, text=True)


def flood(deltas: int) -> Action:
    """So many numbered pieces of text, as fast as the client takes them."""
    return delta(*(f" n{number}" for number in range(deltas)))


def hears(kind: str) -> Action:
    """Wait until a message of this type has arrived."""
    return lambda caller: caller.until(lambda seen: kind in seen.kinds)


def hears_audio(total_bytes: int) -> Action:
    """Wait until so much sound has arrived."""
    return lambda caller: caller.until(lambda seen: len(seen.audio) >= total_bytes)


def pause(seconds: float) -> Action:
    return lambda _: asyncio.sleep(seconds)


async def stall(caller: Caller) -> None:
    """Read on and say nothing until the client gives up."""
    await caller.has_hung_up()


async def stop_reading(caller: Caller) -> None:
    """Read nothing more and say nothing until the block is left: a full socket cannot tell a hang-up."""
    caller.stop_reading()
    await asyncio.Event().wait()


async def reset(caller: Caller) -> None:
    """Break the TCP connection off."""
    caller.reset()


def close(code: int = 1000, reason: str = "") -> Action:
    return lambda caller: caller.close(code, reason)


_AUDIO_FORMAT = {"audio_format": {"encoding": "pcm_s16le", "sample_rate": 16000}}
