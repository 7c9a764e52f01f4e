"""Editing a transcript together over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import ClientConnection, connect

from tests.actions.edit.test_push import typing
from tests.consumers.conftest import ToldServer
from tests.consumers.handshakes import cookie_of, session_of
from tests.written import nth, write_text
from transcripts.actions.edit.read import document_of
from transcripts.consumers.handshake import NOT_ALLOWED
from transcripts.document.content import DocSegment
from transcripts.models import Membership, Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 10
Message = dict[str, Any]


class Page:
    """An open editor, without an editor: what it has heard, and what it says."""

    def __init__(self, socket: ClientConnection, hello: Message) -> None:
        self.socket, self.hello = socket, hello

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def hear(self, *kinds: str) -> Message:
        """The next message of one of these kinds."""
        while True:
            message: Message = json.loads(await asyncio.wait_for(self.socket.recv(), SECONDS))
            if message["type"] in kinds:
                return message

    async def push(self, steps: list[Message], *, v: int, rid: int = 1, client: str = "page1") -> Message:
        await self.say(type="push", rid=rid, v=v, client=client, steps=steps)
        return await self.hear("ack", "stale", "reject")


Opened = Callable[[User], Any]


@pytest.fixture
async def opened(told_server: ToldServer, transcript: Transcript) -> Any:
    async with AsyncExitStack() as stack:

        async def open_page(user: User) -> Page:
            address = told_server.address
            cookie = await sync_to_async(session_of)(user)
            headers = {"cookie": cookie_of(cookie), "origin": f"http://{address}"}
            url = f"ws://{address}/ws/transcripts/{transcript.code}"
            socket = await stack.enter_async_context(
                connect(url, additional_headers=headers, compression=None, proxy=None)
            )
            return Page(socket, json.loads(await asyncio.wait_for(socket.recv(), SECONDS)))

        yield open_page


async def typed(transcript: Transcript, text: str, at: int = 0) -> list[Message]:
    return await sync_to_async(typing)(transcript, "line0", at, text)


async def test_it_works(opened: Opened, transcript: Transcript, owner: User, editor: User) -> None:
    one, other = await opened(owner), await opened(editor)
    v = one.hello["v"]
    for page in (one, other):
        await page.say(type="pull", v=v)
        assert (await page.hear("steps"))["steps"] == []
    steps = await typed(transcript, "Well. ")
    assert await one.push(steps, v=v) == {"type": "ack", "rid": 1, "v": v + 1}
    heard = await other.hear("steps")
    assert (heard["v"], heard["steps"], heard["clients"]) == (v, steps, ["page1"])
    row = await sync_to_async(nth)(transcript, 0)
    assert row.text == "Well. The harbour was quiet that morning."


async def test_the_slower_one_is_given_what_came_first(
    opened: Opened, transcript: Transcript, owner: User, editor: User
) -> None:
    one, other = await opened(owner), await opened(editor)
    v, steps = one.hello["v"], await typed(transcript, "x")
    await one.push(steps, v=v)
    missing = {"steps": steps, "clients": ["page1"]}
    answer = await other.push(steps, v=v, client="page2", rid=7)
    assert answer == {"type": "stale", "rid": 7, "v": v + 1, **missing}


async def test_a_push_delivered_twice_counts_once(
    opened: Opened, transcript: Transcript, owner: User
) -> None:
    page = await opened(owner)
    v, steps = page.hello["v"], await typed(transcript, "x")
    assert (await page.push(steps, v=v))["type"] == "ack"
    assert (await page.push(steps, v=v))["type"] == "stale"
    assert (await sync_to_async(nth)(transcript, 0)).text.count("x") == 1


@pytest.mark.parametrize(("who", "role"), [("viewer", "viewer"), ("editor", "editor"), ("owner", "owner")])
async def test_who_may_change_text(
    opened: Opened, transcript: Transcript, request: pytest.FixtureRequest, who: str, role: str
) -> None:
    page = await opened(request.getfixturevalue(who))
    assert page.hello["role"] == role
    answer = await page.push(await typed(transcript, "x"), v=page.hello["v"])
    if role == "viewer":
        assert (answer["type"], answer["code"]) == ("reject", "not_allowed")
        assert "x" not in (await sync_to_async(nth)(transcript, 0)).text
    else:
        assert answer["type"] == "ack"


async def test_a_right_that_was_taken_away(opened: Opened, transcript: Transcript, editor: User) -> None:
    page = await opened(editor)
    await Membership.objects.filter(user=editor).aupdate(role="viewer")
    answer = await page.push(await typed(transcript, "x"), v=page.hello["v"])
    assert answer["code"] == "not_allowed"
    await Membership.objects.filter(user=editor).adelete()
    await asyncio.wait_for(page.socket.wait_closed(), 2 * SECONDS)
    assert page.socket.close_code == NOT_ALLOWED


async def test_nothing_is_changed_in_the_trash(opened: Opened, transcript: Transcript, owner: User) -> None:
    await sync_to_async(transcript.move_to_trash)()
    page = await opened(owner)
    assert page.hello["role"] == "viewer"
    answer = await page.push(await typed(transcript, "x"), v=page.hello["v"])
    assert answer["code"] == "not_allowed"


async def test_steps_that_do_not_fit_are_refused_with_a_sentence(
    opened: Opened, transcript: Transcript, owner: User
) -> None:
    page = await opened(owner)
    answer = await page.push([{"stepType": "replace", "from": 0, "to": 9999}], v=page.hello["v"])
    assert (answer["type"], answer["code"]) == ("reject", "bad_steps") and answer["message"]


async def test_carets_are_shown_to_the_others_and_taken_away(
    opened: Opened, owner: User, editor: User
) -> None:
    one, other = await opened(owner), await opened(editor)
    place = {"from": 5, "to": 9, "v": 3}
    await other.say(type="at", client="page2", **place)
    shown = await one.hear("at")
    assert {"client": "page2", "name": "Edgar Editor", **place}.items() <= shown.items()
    await other.socket.close()
    assert (await one.hear("gone"))["client"] == "page2"


async def test_what_the_server_writes_reaches_open_pages(
    opened: Opened, transcript: Transcript, owner: User
) -> None:
    """Written by another process without a layer between: found by looking once a second."""
    page = await opened(owner)
    await page.say(type="pull", v=page.hello["v"])
    await page.hear("steps")
    await sync_to_async(write_text)(transcript, [DocSegment("new", "", 0, 900, "All new.")])
    heard = await page.hear("steps")
    assert heard["v"] == page.hello["v"] and heard["steps"]


async def test_a_long_answer_comes_in_pieces(opened: Opened, transcript: Transcript, owner: User) -> None:
    long = [DocSegment(f"s{n}", "", n, n + 1, "w" * 5000) for n in range(60)]
    await sync_to_async(write_text)(transcript, long)
    for number in range(30):
        await sync_to_async(write_text)(
            transcript, [*long[:-1], DocSegment("e", "", 59, 60, f"{number:04}" * 4000)]
        )
    page = await opened(owner)
    version, _ = await sync_to_async(document_of)(transcript)
    await page.say(type="pull", v=version - 25)
    reached = version - 25
    while reached < version:
        heard = await page.hear("steps", "fetch")
        assert heard["type"] == "steps" and heard["v"] == reached
        assert len(json.dumps(heard)) < 400_000
        reached += len(heard["steps"])
    await page.say(type="pull", v=0)
    assert (await page.hear("steps", "fetch"))["type"] == "fetch"
