# ruff: noqa: N802 - these names are Twisted's
"""Makes an application wait while its client does not keep up with reading."""

from __future__ import annotations

import asyncio


class WriteGate:
    """A Twisted push producer that an application's ``send`` waits for.

    The transport closes the gate above 64 KiB of unsent data and opens it once that has drained; a lost
    connection opens it for good, so that nothing waits for a client that has left.
    """

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    def pauseProducing(self) -> None:
        """Called by the transport when its buffer is full."""
        self._open.clear()

    def resumeProducing(self) -> None:
        """Called by the transport when its buffer is empty."""
        self._open.set()

    def stopProducing(self) -> None:
        """Called by the transport when the connection has gone."""
        self._open.set()

    async def passed(self) -> None:
        """Return when the client has room for more."""
        await self._open.wait()
