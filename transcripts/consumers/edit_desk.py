"""What a page sends: how far it is, steps, and where its caret stands."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Protocol

from django.db import DatabaseError
from django.http import Http404

from ..access import NotAllowedError, transcript_to_edit
from ..actions.edit.push import Moved, Push, Stale, push
from ..actions.edit.read import Steps
from ..actions.live.database import in_database
from ..actions.live.page_line import PageLine
from ..broadcast import tell_pages
from ..document.apply import MOST_STEPS
from ..document.errors import StepsRejectedError, TooManyStepsError
from ..models import Transcript, User
from .handshake import BAD_MESSAGE, NOT_FOUND, Caller
from .hello import describe_person
from .step_feed import StepFeed, messages_of
from .watch_room import Room

Receive = Callable[[], Awaitable[dict[str, Any]]]

logger = logging.getLogger(__name__)

MOST_MESSAGES = 400
PER_SECONDS = 10.0
"""More messages than this in a while, and it is not a page that sends them."""

BUSY_MESSAGE = "The server is busy. Your changes are kept on this device and sent again."

_CLIENT = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")


class Watcher(Protocol):
    """The socket."""

    caller: Caller
    code: str
    line: PageLine
    feed: StepFeed

    def close(self, code: int) -> None: ...


class Change(NamedTuple):
    """Steps of the page ``client`` on top of ``version``."""

    client: str
    version: int
    steps: list[dict[str, Any]]

    @property
    def as_steps(self) -> Steps:
        return Steps(self.version, self.steps, [self.client] * len(self.steps))


Outcome = int | Stale | dict[str, Any]
"""Of a push: the new version, how far the document is instead, or why it was not taken."""


class BadMessage(Exception):
    """Not what a page of ours would send."""


class EditDesk:
    """Serves one socket until it closes; one message after the other."""

    def __init__(self, watcher: Watcher, room: Room) -> None:
        self._watcher = watcher
        self._room = room
        self._client = ""
        self._since = time.monotonic()
        self._heard = 0
        self._work = {"pull": self._pull, "push": self._push, "at": self._at, "ping": self._ping}

    async def serve(self, receive: Receive) -> None:
        while (event := await receive())["type"] != "websocket.disconnect":
            try:
                self._count()
                message = _parsed(event.get("text"))
                await self._work[message["type"]](message)
            except (BadMessage, KeyError, TypeError, ValueError, RecursionError):
                self._watcher.close(BAD_MESSAGE)
                return await _drain(receive)
        return None

    async def leave(self) -> None:
        """Tell the others that this page has gone."""
        if self._client:
            await _tell(self._watcher.code, {"type": "gone", "client": self._client})

    def _count(self) -> None:
        now = time.monotonic()
        if now - self._since > PER_SECONDS:
            self._since, self._heard = now, 0
        self._heard += 1
        if self._heard > MOST_MESSAGES:
            raise BadMessage

    async def _ping(self, _message: dict[str, Any]) -> None:
        self._watcher.line.tell({"type": "pong"})

    async def _pull(self, message: dict[str, Any]) -> None:
        self._watcher.feed.pull(_whole(message["v"]))

    async def _at(self, message: dict[str, Any]) -> None:
        self._client = _client_of(message)
        place = {name: _whole(message[name]) for name in ("from", "to", "v")}
        person = describe_person(self._watcher.caller.user)
        await _tell(self._watcher.code, {"type": "at", "client": self._client, **person, **place})

    async def _push(self, message: dict[str, Any]) -> None:
        rid = _whole(message["rid"])
        steps = message["steps"]
        if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
            raise BadMessage
        change = Change(_client_of(message), _whole(message["v"]), steps)
        answer = await self._pushed(change)
        self._watcher.line.tell({**await self._answer(change, answer), "rid": rid})
        if isinstance(answer, int | Moved):
            await self._announce(answer if isinstance(answer, int) else answer.version)

    async def _answer(self, change: Change, answer: Outcome) -> dict[str, Any]:
        if isinstance(answer, Stale):
            return {"type": "stale", "v": answer.version, **await self._missing(change, answer.version)}
        if isinstance(answer, int):
            self._room.source.add(change.as_steps)
            self._watcher.feed.has(change.version, change.version + len(change.steps))
            return {"type": "ack", "v": answer}
        return answer

    async def _announce(self, version: int) -> None:
        self._room.news(version)
        await _tell(self._watcher.code, {"type": "version", "v": version})

    async def _pushed(self, change: Change) -> Outcome:
        try:
            if len(change.steps) > MOST_STEPS:
                raise TooManyStepsError
            return await in_database(_push_as, self._watcher.caller.user, self._watcher.code, change)
        except (StepsRejectedError, NotAllowedError) as error:
            return {"type": "reject", "code": error.code, "message": error.message}
        except (Http404, Transcript.DoesNotExist):
            self._watcher.close(NOT_FOUND)
            return {"type": "reject", "code": "not_found", "message": "This transcript has gone."}
        except (DatabaseError, OSError) as error:
            logger.warning("a push could not be stored: %s", type(error).__name__)
            return {"type": "busy", "message": BUSY_MESSAGE}

    async def _missing(self, change: Change, version: int) -> dict[str, Any]:
        """What came first, so that the page can send again at once; nothing where it is too much."""
        try:
            found = await self._room.source.since(change.version, reaching=version)
        except (DatabaseError, OSError) as error:
            logger.warning("a page has to pull by itself: %s", type(error).__name__)
            return {}
        messages = [] if found is None else list(messages_of(found))
        if found is None or len(messages) != 1 or messages[0]["type"] != "steps":
            return {}
        self._watcher.feed.has(found.v, found.v + len(found.steps))
        return {"steps": found.steps, "clients": found.clients}


def _push_as(user: User, code: str, change: Change) -> int | Stale:
    transcript = transcript_to_edit(user, code)
    if transcript.trashed_at:
        raise NotAllowedError("This transcript is in the trash. Take it out to change it.")
    return push(transcript, Push(change.version, change.client, change.steps, user, may_move=True))


async def _tell(code: str, message: dict[str, Any]) -> None:
    """A layer that is away costs hints, not changes."""
    try:
        async with asyncio.timeout(2):
            await tell_pages(code, message)
    except Exception as error:  # whatever the layer raises
        logger.warning("could not tell open pages: %s", type(error).__name__)


async def _drain(receive: Receive) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass


def _parsed(text: object) -> dict[str, Any]:
    if not isinstance(text, str):
        raise BadMessage
    message = json.loads(text)
    if not isinstance(message, dict):
        raise BadMessage
    return message


def _client_of(message: dict[str, Any]) -> str:
    client = message["client"]
    if not isinstance(client, str) or not _CLIENT.match(client):
        raise BadMessage
    return client


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise BadMessage
    return value
