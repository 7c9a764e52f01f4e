"""A live session with a scripted service, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.fakes.scripted_realtime import MODEL, ScriptedRealtime, Step
from tests.speech.conftest import KEY
from transcripts.speech.realtime import LiveOptions, LiveTimeouts, RealtimeSession, open_session
from transcripts.speech.realtime_events import Done, RealtimeEvent, TextDelta

QUICK = LiveTimeouts(
    open_seconds=5,
    greeting_seconds=5,
    update_seconds=5,
    send_seconds=5,
    done_seconds=5,
    last_done_seconds=0.1,
    close_seconds=1,
)


@asynccontextmanager
async def live(
    step: Step, options: LiveOptions | None = None, timeouts: LiveTimeouts = QUICK
) -> AsyncIterator[tuple[ScriptedRealtime, RealtimeSession]]:
    """A service that plays ``step``, and a session with it."""
    service = ScriptedRealtime([step])
    wanted = options or LiveOptions(MODEL)
    async with (
        service,
        asyncio.timeout(20),
        open_session(service.url, KEY, wanted, timeouts=timeouts) as session,
    ):
        yield service, session


async def heard(session: RealtimeSession) -> list[RealtimeEvent]:
    return [event async for event in session.events()]


def text_of(events: list[RealtimeEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def dones_of(events: list[RealtimeEvent]) -> list[tuple[str, bool]]:
    """Text and whether it is the final one."""
    return [(event.text, event.final) for event in events if isinstance(event, Done)]
