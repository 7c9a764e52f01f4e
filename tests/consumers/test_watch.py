"""Watching a transcript over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.consumers.conftest import ToldServer
from tests.consumers.handshakes import cookie_of, session_of
from transcripts.consumers import watch
from transcripts.consumers.edit_desk import MOST_MESSAGES
from transcripts.consumers.handshake import BAD_MESSAGE, NOT_ALLOWED, NOT_FOUND, SIGN_IN, Caller
from transcripts.consumers.watch import CLOSE_SLOW, Watcher
from transcripts.consumers.watch_room import Rooms
from transcripts.models import ApiToken, Membership, Take, Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 10
CAPTION = {"type": "caption", "start_ms": 2000, "text": "and then", "speaker": ""}
FINAL = {
    "type": "final",
    "key": "k1",
    "start_ms": 0,
    "end_ms": 1900,
    "text": "Well.",
    "speaker": "",
    "hue": 0,
}
NO_CAPTION = {**CAPTION, "text": ""}


class Watching:
    """A page that watches a transcript on this server."""

    def __init__(self, server: ToldServer, code: str) -> None:
        self.server, self.code = server, code

    def by(self, **headers: str) -> connect:
        url = f"ws://{self.server.address}/ws/transcripts/{self.code}"
        return connect(url, additional_headers=headers, compression=None, proxy=None)

    def as_(self, user: User) -> connect:
        return self.with_session(session_of(user))

    def with_session(self, key: str) -> connect:
        return self.by(cookie=cookie_of(key), origin=f"http://{self.server.address}")

    def tell(self, *messages: dict[str, Any]) -> None:
        self.server.tell(self.code, *messages)


@pytest.fixture
def take(transcript: Transcript) -> Take:
    """The transcript is being recorded."""
    transcript.move_to_state(Transcript.State.RECORDING)
    return Take.objects.create(transcript=transcript, client_key="1:abcdefgh")


@pytest.fixture
def watching(told_server: ToldServer, take: Take) -> Watching:
    return Watching(told_server, take.transcript.code)


async def hear(page: ClientConnection) -> dict[str, Any]:
    """The next message but for hints that there is text to pull, which may come late through Redis."""
    while True:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(page.recv(), SECONDS))
        if message["type"] != "version":
            return message


async def close_code(page: ClientConnection) -> int | None:
    """The code with which the server closes; what it says before is left out."""
    try:
        while True:
            await hear(page)
    except ConnectionClosed:
        return page.close_code


async def test_it_works(watching: Watching, owner: User) -> None:
    async with watching.as_(owner) as page:
        hello = await hear(page)
        watching.tell(CAPTION, FINAL)

        assert {
            "type": "hello", "version": 4, "live": True, "paused": False, "caption": None, "role": "owner",
        }.items() <= hello.items()  # fmt: skip
        assert [await hear(page), await hear(page)] in ([CAPTION, FINAL], [FINAL, CAPTION])


@pytest.mark.parametrize("who", ["owner", "editor", "viewer"])
async def test_everybody_who_may_read_may_watch(
    watching: Watching, request: pytest.FixtureRequest, who: str
) -> None:
    async with watching.as_(request.getfixturevalue(who)) as page:
        assert (await hear(page))["type"] == "hello"
        watching.tell(FINAL)
        assert await hear(page) == FINAL


async def test_a_program_watches_with_a_token(watching: Watching, viewer: User) -> None:
    async with watching.by(authorization=f"Bearer {ApiToken.issue(viewer)}") as page:
        assert (await hear(page))["live"] is True


async def test_a_stranger_finds_nothing(watching: Watching, stranger: User) -> None:
    async with watching.as_(stranger) as page:
        assert await close_code(page) == NOT_FOUND


async def test_nobody_must_sign_in(watching: Watching) -> None:
    async with watching.by() as page:
        assert await close_code(page) == SIGN_IN


async def test_another_site_cannot_watch(watching: Watching, owner: User) -> None:
    async with watching.by(cookie=cookie_of(session_of(owner)), origin="https://evil.example") as page:
        assert await close_code(page) == SIGN_IN


async def test_what_is_in_the_trash_only_its_owner_sees(
    watching: Watching, take: Take, owner: User, viewer: User
) -> None:
    take.transcript.move_to_trash()

    async with watching.as_(viewer) as page:
        assert await close_code(page) == NOT_FOUND
    async with watching.as_(owner) as page:
        assert (await hear(page))["type"] == "hello"


async def test_no_such_transcript(told_server: ToldServer, owner: User) -> None:
    async with Watching(told_server, "nothing-here").as_(owner) as page:
        assert await close_code(page) == NOT_FOUND


def unshare(transcript: Transcript, viewer: User) -> None:
    Membership.objects.filter(transcript=transcript, user=viewer).delete()


def throw_away(transcript: Transcript, viewer: User) -> None:
    transcript.move_to_trash()


def delete(transcript: Transcript, viewer: User) -> None:
    transcript.delete()


@pytest.mark.parametrize("end", [unshare, throw_away, delete], ids=lambda end: end.__name__)
async def test_a_right_that_was_taken_away_ends_it(
    watching: Watching, take: Take, viewer: User, end: Callable[[Transcript, User], None]
) -> None:
    async with watching.as_(viewer) as page:
        await hear(page)
        end(take.transcript, viewer)
        assert await close_code(page) == NOT_ALLOWED


async def test_signing_out_ends_it_for_this_session_only(watching: Watching, owner: User) -> None:
    ended, kept = session_of(owner), session_of(owner)
    async with watching.with_session(ended) as page, watching.with_session(kept) as other:
        await hear(page)
        await hear(other)
        Session.objects.filter(session_key=ended).delete()
        assert await close_code(page) == SIGN_IN
        watching.tell(FINAL)
        assert await hear(other) == FINAL


async def test_who_comes_later_gets_the_caption_of_this_moment(watching: Watching, owner: User) -> None:
    async with watching.as_(owner) as first:
        await hear(first)
        watching.tell(CAPTION)
        await hear(first)
        async with watching.as_(owner) as second:
            assert (await hear(second))["caption"] == CAPTION
        watching.tell(FINAL)
        async with watching.as_(owner) as third:
            assert (await hear(third))["caption"] is None


async def test_a_pause_and_an_end_are_in_the_hello(watching: Watching, take: Take, owner: User) -> None:
    Take.objects.update(is_paused=True)
    async with watching.as_(owner) as page:
        assert (await hear(page))["paused"] is True
    take.transcript.move_to_state(Transcript.State.QUEUED)
    async with watching.as_(owner) as page:
        hello = await hear(page)
        assert (hello["live"], hello["paused"]) == (False, False)


async def test_other_transcripts_are_not_heard(
    watching: Watching, told_server: ToldServer, owner: User
) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)
    async with watching.as_(owner) as page:
        await hear(page)
        told_server.tell(other.code, CAPTION)
        watching.tell(FINAL)
        assert await hear(page) == FINAL


@pytest.mark.parametrize(
    "rubbish",
    ["anything", b"\0" * 1000, "[]", "{}", '{"type": "nothing"}', '{"type": "pull", "v": -1}', "[" * 100_000],
)
async def test_rubbish_ends_it(watching: Watching, owner: User, rubbish: str | bytes) -> None:
    async with watching.as_(owner) as page:
        await hear(page)
        await page.send(rubbish)
        assert await close_code(page) == BAD_MESSAGE


async def test_what_a_page_says_is_bounded(watching: Watching, owner: User) -> None:
    async with watching.as_(owner) as page:
        await hear(page)
        await page.send('{"type": "ping"}')
        watching.tell(FINAL)
        assert {(await hear(page))["type"], (await hear(page))["type"]} == {"pong", "final"}
        for _ in range(MOST_MESSAGES):
            await page.send('{"type": "ping"}')
        assert await close_code(page) == BAD_MESSAGE


# -- slow pages, without a network between ---------------------------------------------------------


class StuckPage:
    """A page that takes its first message and then nothing more, except to be closed."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def send(self, message: dict[str, Any]) -> None:
        self.said.append(message)
        if message["type"] == "websocket.close":
            self.closed.set_result(message["code"])
        elif len(self.said) > 1:
            await asyncio.Event().wait()


async def test_a_page_that_does_not_read_is_let_go(
    take: Take, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.05)
    rooms, stuck = Rooms(), StuckPage()
    code = take.transcript.code
    watcher = Watcher(Caller(owner, "s", None), code, stuck.send, rooms.source(code))
    room = rooms.enter(watcher.code, watcher.feed)
    await watcher.greet(room)
    watcher.line.tell(FINAL)

    assert await asyncio.wait_for(stuck.closed, SECONDS) == CLOSE_SLOW
    rooms.leave(room, watcher.feed)
    watcher.gone()
