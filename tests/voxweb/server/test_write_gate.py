"""The gate an application's send waits for."""

from __future__ import annotations

import asyncio

from voxweb.server.write_gate import WriteGate


async def test_it_works() -> None:
    gate = WriteGate()
    await gate.passed()
    gate.pauseProducing()
    waiting = asyncio.ensure_future(gate.passed())
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.resumeProducing()
    await waiting


async def test_a_lost_connection_frees_who_waits() -> None:
    gate = WriteGate()
    gate.pauseProducing()
    waiting = asyncio.ensure_future(gate.passed())
    await asyncio.sleep(0)
    gate.stopProducing()
    await waiting
