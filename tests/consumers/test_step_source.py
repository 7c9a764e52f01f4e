"""Steps that all pages of a process share."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.actions.edit.test_push import typing
from transcripts.actions.edit.push import Push, push
from transcripts.actions.edit.read import Steps, document_of
from transcripts.consumers import step_source
from transcripts.consumers.step_source import MOST_CHARACTERS, MOST_STEPS, StepSource
from transcripts.models import Transcript, User


def numbered(first: int, last: int) -> Steps:
    return Steps(first, [{"n": n} for n in range(first, last)], ["page"] * (last - first))


class Looks:
    """Stands for the database: counts how often it is asked."""

    def __init__(self, found: Steps | None) -> None:
        self.found = found
        self.count = 0

    async def __call__(self, *_args: object) -> Steps | None:
        self.count += 1
        await asyncio.sleep(0)
        return self.found


def watched(monkeypatch: pytest.MonkeyPatch, found: Steps | None) -> Looks:
    looks = Looks(found)
    monkeypatch.setattr(step_source, "in_database", looks)
    return looks


async def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, source = watched(monkeypatch, numbered(3, 6)), StepSource("code")
    pages = await asyncio.gather(*(source.since(3) for _ in range(5)))
    assert pages == [numbered(3, 6)] * 5 and looks.count == 1
    source.add(numbered(5, 8))
    assert await source.since(4) == numbered(4, 8)
    assert looks.count == 1


async def test_what_is_older_or_newer_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, source = watched(monkeypatch, numbered(0, 1)), StepSource("code")
    source.add(numbered(5, 8))
    for version, reaching in ((4, 0), (8, 0), (6, 9)):
        await source.since(version, reaching)
    assert looks.count == 3
    assert await source.since(6, reaching=8) == numbered(6, 8)


async def test_behind_a_gap_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, source = watched(monkeypatch, None), StepSource("code")
    source.add(numbered(0, 3))
    source.add(numbered(5, 6))
    assert await source.since(5) == numbered(5, 6)
    assert await source.since(2) is None and looks.count == 1


async def test_it_keeps_a_bounded_number_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, source = watched(monkeypatch, None), StepSource("code")
    source.add(numbered(0, MOST_STEPS + 1))
    assert await source.since(0) is None and looks.count == 1
    assert await source.since(1) == numbered(1, MOST_STEPS + 1)
    large = {"text": "w" * (MOST_CHARACTERS - len(json.dumps({"text": ""})))}
    source.add(Steps(MOST_STEPS + 1, [large], ["page"]))
    assert await source.since(MOST_STEPS) is None
    assert await source.since(MOST_STEPS + 1) == Steps(MOST_STEPS + 1, [large], ["page"])


@pytest.mark.django_db(transaction=True)
def test_it_reads_what_is_committed(transcript: Transcript, editor: User) -> None:
    version, _ = document_of(transcript)
    steps = typing(transcript, "line0", 0, "x")
    push(transcript, Push(version, "page", steps, editor))
    found = asyncio.run(StepSource(transcript.code).since(version))
    assert found == Steps(version, steps, ["page"])
    assert asyncio.run(StepSource("nowhere").since(0)) is None
