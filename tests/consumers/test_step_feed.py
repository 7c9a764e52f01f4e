"""What one page is sent, whenever it pulls and whatever it hears meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from transcripts.actions.edit.read import Steps
from transcripts.actions.live.page_line import PageLine
from transcripts.consumers.step_feed import StepFeed
from transcripts.consumers.step_source import StepSource

CODE = "abcdefgh"


class SlowSource(StepSource):
    """A database that answers when a test says so, with what was there when it was asked."""

    def __init__(self) -> None:
        super().__init__(CODE)
        self.version = 0
        self.asked: list[int] = []
        self.answered = asyncio.Semaphore(0)

    async def since(self, version: int, reaching: int = 0) -> Steps | None:
        self.asked.append(version)
        there = range(version, self.version)
        await self.answered.acquire()
        return Steps(version, [{"n": n} for n in there], ["page"] * len(there))


class HeardLine(PageLine):
    """Keeps what it is told."""

    def __init__(self) -> None:
        async def nowhere(_text: str) -> None:
            return

        super().__init__(nowhere)
        self.heard: list[Mapping[str, Any]] = []

    def tell(self, message: Mapping[str, Any]) -> None:
        self.heard.append(message)

    @property
    def numbers(self) -> list[int]:
        return [step["n"] for message in self.heard for step in message["steps"]]


class Pull:
    """A feed between the two."""

    def __init__(self) -> None:
        self.source, self.line = SlowSource(), HeardLine()
        self.feed = StepFeed(self.source, self.line)

    async def answer(self, count: int = 1) -> None:
        for _ in range(count):
            self.source.answered.release()
            for _ in range(5):
                await asyncio.sleep(0)


@pytest.fixture
async def pull() -> Pull:
    return Pull()


async def test_it_works(pull: Pull) -> None:
    pull.source.version = 2
    pull.feed.pull(0)
    await pull.answer()
    pull.source.version = 3
    pull.feed.news(3)
    await pull.answer()
    assert pull.line.numbers == [0, 1, 2]
    pull.feed.close()


async def test_news_that_come_while_an_older_state_is_read_are_not_forgotten(pull: Pull) -> None:
    pull.feed.pull(0)
    await asyncio.sleep(0)
    pull.source.version = 1
    pull.feed.news(1)
    await pull.answer(2)
    assert pull.line.numbers == [0]
    assert pull.source.asked == [0, 0]


async def test_a_hint_of_what_is_not_there_is_no_reason_to_ask_for_ever(pull: Pull) -> None:
    pull.feed.pull(0)
    await pull.answer()
    pull.feed.news(5)
    await pull.answer()
    assert pull.source.asked == [0, 0]
    pull.source.version = 5
    pull.feed.news(5)
    await pull.answer()
    assert pull.line.numbers == [0, 1, 2, 3, 4]


async def test_a_page_that_pulls_again_is_answered_from_where_it_is(pull: Pull) -> None:
    pull.source.version = 3
    pull.feed.pull(2)
    await asyncio.sleep(0)
    pull.feed.pull(0)
    await pull.answer(2)
    assert pull.line.numbers == [0, 1, 2]


async def test_what_the_page_has_already_is_not_sent(pull: Pull) -> None:
    pull.feed.pull(0)
    await pull.answer()
    pull.source.version = 2
    pull.feed.has(0, 2)
    pull.feed.news(2)
    await pull.answer()
    assert pull.line.numbers == [] and pull.source.asked == [0]
