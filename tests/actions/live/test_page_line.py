"""What goes down to a recording page: in order, newest ack and caption only, bounded."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from transcripts.actions.live.page_line import MOST_WAITING, PageLine


class Page:
    """Takes messages while its gate is open."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.news = asyncio.Event()

    async def send(self, text: str) -> None:
        await self.gate.wait()
        self.got.append(json.loads(text))
        self.news.set()


async def test_it_works() -> None:
    page = Page()
    line = PageLine(page.send)
    line.tell({"type": "hello"})
    line.caption({"type": "caption", "text": "so"})
    line.ack(3200, 0)
    await line.empty()
    assert [message["type"] for message in page.got] == ["hello", "caption", "ack"]
    assert page.got[2] == {"type": "ack", "written": 3200, "durable": 0}


async def test_only_the_newest_caption_and_ack_wait() -> None:
    page = Page()
    line = PageLine(page.send)
    for number in range(5):
        line.caption({"type": "caption", "text": str(number)})
        line.ack(number, number)
    await line.empty()
    assert [message.get("text", message.get("written")) for message in page.got] == ["4", 4]


async def test_it_sends_as_messages_come() -> None:
    page = Page()
    line = PageLine(page.send)
    running = asyncio.ensure_future(line.run())
    for number in range(3):
        line.tell({"type": "final", "n": number})
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        while len(page.got) < 3:
            page.news.clear()
            await page.news.wait()
    running.cancel()
    assert [message["n"] for message in page.got] == [0, 1, 2]


async def test_a_page_that_is_too_slow_is_given_up() -> None:
    page = Page()
    page.gate.clear()
    line = PageLine(page.send, patience_seconds=0.1)
    running = asyncio.ensure_future(line.run())
    for number in range(MOST_WAITING + 10):
        line.tell({"n": number})
    async with asyncio.timeout(5):
        await running
