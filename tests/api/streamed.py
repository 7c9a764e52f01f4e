"""Read an answer that streams asynchronously."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from typing import Any, cast

from django.core.signals import request_finished
from django.db import close_old_connections


def body_of(answer: Any) -> bytes:
    """Return the whole body, streamed or not; the test client closes the answer behind the last block."""
    if not answer.streaming:
        return cast(bytes, answer.content)

    async def read(stream: AsyncIterable[bytes]) -> bytes:
        return b"".join([block async for block in stream])

    return asyncio.run(read(answer.streaming_content))


def leave(answer: Any) -> None:
    """Close an answer that nobody read, as a server does; the test's database stays open."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
