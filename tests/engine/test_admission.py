"""Who may start, who waits, who is sent away."""

from __future__ import annotations

import asyncio

import pytest

from transcripts.engine.admission import Admission
from transcripts.engine.api_errors import ApiError


async def test_it_works() -> None:
    admission = Admission(active=1, waiting=1)
    leave = await admission.enter()
    second = asyncio.ensure_future(admission.enter())
    await asyncio.sleep(0)
    with pytest.raises(ApiError) as refusal:
        await admission.enter()
    assert refusal.value.status == 429
    leave()
    leave()
    (await asyncio.wait_for(second, 5))()
    await asyncio.wait_for(admission.enter(), 5)


async def test_who_gives_up_waiting_takes_no_place() -> None:
    admission = Admission(active=1, waiting=5)
    leave = await admission.enter()
    waiting = [asyncio.ensure_future(admission.enter()) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    leave()
    await asyncio.to_thread(await asyncio.wait_for(waiting[1], 5))
    (await asyncio.wait_for(waiting[2], 5))()
    await asyncio.wait_for(admission.enter(), 5)


async def test_a_place_given_to_someone_leaving_is_passed_on() -> None:
    admission = Admission(active=1, waiting=5)
    leave = await admission.enter()
    first, second = (asyncio.ensure_future(admission.enter()) for _ in range(2))
    await asyncio.sleep(0)
    leave()
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait_for(second, 5)
