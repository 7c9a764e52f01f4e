"""Steps for the pages of one transcript in this process: one look at the database serves all of them."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any, NamedTuple

from ..actions.edit.read import Steps, steps_since
from ..actions.live.database import in_database
from ..models import Transcript

MOST_STEPS = 400
MOST_CHARACTERS = 1024 * 1024
"""Of JSON that is kept; a page that is further behind is answered from the database."""


class _Step(NamedTuple):
    client: str
    json: dict[str, Any]
    characters: int


class StepSource:
    """Keeps the latest steps, and asks the database for those before and behind them."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._latest: deque[_Step] = deque()
        self._characters = 0
        self._end = 0
        self._looks: dict[int, asyncio.Future[Steps | None]] = {}

    def add(self, found: Steps) -> None:
        """These are committed. Behind a gap they begin anew; those that are known change nothing."""
        if found.v > self._end:
            self._forget(found.v)
        known = self._end - found.v
        for client, step in zip(found.clients[known:], found.steps[known:], strict=True):
            self._keep(_Step(client, step, len(json.dumps(step, ensure_ascii=False))))

    def _keep(self, step: _Step) -> None:
        self._latest.append(step)
        self._end += 1
        self._characters += step.characters
        while len(self._latest) > MOST_STEPS or self._characters > MOST_CHARACTERS:
            self._characters -= self._latest.popleft().characters

    def _forget(self, end: int) -> None:
        self._latest.clear()
        self._characters, self._end = 0, end

    async def since(self, version: int, reaching: int = 0) -> Steps | None:
        """Steps behind ``version``: the kept ones if they reach far enough, else all that are committed.

        None where the transcript has gone. Raises DatabaseError and OSError.
        """
        if self._end - len(self._latest) <= version < self._end and reaching <= self._end:
            kept = list(self._latest)[version - self._end :]
            return Steps(version, [step.json for step in kept], [step.client for step in kept])
        look = self._looks.get(version) or self._look(version)
        return await asyncio.shield(look)

    def _look(self, version: int) -> asyncio.Future[Steps | None]:
        look = asyncio.ensure_future(self._read(version))
        self._looks[version] = look
        look.add_done_callback(lambda _: self._looks.pop(version))
        return look

    async def _read(self, version: int) -> Steps | None:
        found = await in_database(_steps_of, self._code, version)
        if found is not None:
            self.add(found)
        return found


def _steps_of(code: str, version: int) -> Steps | None:
    transcript = Transcript.objects.filter(code=code).first()
    return None if transcript is None else steps_since(transcript, version)
