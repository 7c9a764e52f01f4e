"""``/ws/live`` in a really started web process, against scripted speech services and real files."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.consumers.live_rows import FIRST, PCM, jobs_of, take_of, take_pcm, texts
from tests.consumers.live_server import LiveServer, back, calling, live_server
from tests.fakes.realtime_echo import echo_numbers
from tests.fakes.scripted_realtime import Refusal, ScriptedRealtime
from transcripts.models import ApiToken, Mark, Take, Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_works(media: Path, owner: User) -> None:
    async with ScriptedRealtime([echo_numbers()]) as service:
        with live_server(media, service.url) as server:
            async with calling(server, owner) as page:
                hello = await page.start(title="Tides")
                code = hello["recording"]
                end = await page.send_pcm(PCM, hello["offset"], 0.01)
                await page.until("final")
                stopped = await page.stop(end)
                assert await page.until_closed() == 1000
            assert take_pcm(server, code) == PCM
    assert stopped == {"type": "stopped", "transcript": code, "url": f"/t/{code}"}
    words = " ".join(await texts(code)).split()
    assert words == [f"w{number}" for number in range(FIRST, FIRST + 20)]
    assert {"ack", "caption", "final", "hello", "stopped"} <= {message["type"] for message in page.got}
    take = await take_of(code)
    assert (take.state, take.total_bytes) == (Take.State.ENDED, len(PCM))
    assert (take.transcript.title, take.transcript.owner_id) == ("Tides", owner.pk)
    assert take.transcript.state == Transcript.State.QUEUED
    assert await jobs_of(code) == 1
    assert "a-key-that-must-stay-secret" not in str(page.got)


async def test_without_captions_the_sound_is_kept_all_the_same(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM, 0)
        await page.stop(len(PCM))
    assert hello["captions"] is None
    assert take_pcm(server, hello["recording"]) == PCM


async def test_a_dead_service_costs_captions_and_no_sound(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start()
        await page.send_pcm(PCM, 0, 0.01)
        notice = await page.until("notice")
        await page.stop(len(PCM))
    assert notice["code"] == "captions_reconnecting"
    assert take_pcm(server, hello["recording"]) == PCM


# -- who may -------------------------------------------------------------------------------------


async def test_nobody_records_without_signing_in(server: LiveServer, db: None) -> None:
    async with calling(server, None) as page:
        assert await page.until_closed() == 4401
    assert await sync_to_async(Take.objects.count)() == 0


async def test_a_take_belongs_to_who_began_it(
    server: LiveServer, owner: User, editor: User, stranger: User
) -> None:
    async with calling(server, owner) as page:
        hello = await page.start()
    for person in (editor, stranger):
        async with calling(server, person, back(hello)) as other:
            assert await other.until_closed() == 4404
    async with calling(server, owner, back(hello)) as again:
        assert (await again.until("hello"))["recording"] == hello["recording"]
    async with calling(server, owner, f"?recording={hello['recording']}&token=wrong") as wrong:
        assert await wrong.until_closed() == 4404


async def test_a_token_that_is_deleted_ends_the_connection_and_keeps_the_sound(
    server: LiveServer, owner: User
) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM, 0)
        await page.until_written(len(PCM))
        await sync_to_async(ApiToken.objects.all().delete)()
        assert await page.until_closed() == 4401
    assert take_pcm(server, hello["recording"]) == PCM


async def test_somebody_who_may_not_any_more_is_let_go(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM, 0)
        await page.until_written(len(PCM))
        await sync_to_async(User.objects.filter(pk=owner.pk).update)(is_active=False)
        assert await page.until_closed() in {4401, 4403}
    assert take_pcm(server, hello["recording"]) == PCM


async def test_a_take_that_is_deleted_ends(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        await page.start(options={"live_model": "none"})
        await sync_to_async(Transcript.objects.all().delete)()
        assert await page.until_closed() == 4404


# -- marks, pauses, rubbish ----------------------------------------------------------------------


async def test_marks_are_stored_once(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        for note in ("", "the bell"):
            await page.say("mark", key="mark-1", at_ms=1200, note=note)
            assert (await page.until("marked"))["key"] == "mark-1"
        await page.stop(0)
    marks = await sync_to_async(lambda: list(Mark.objects.values_list("at_ms", "note", "author_id")))()
    assert marks == [(1200, "the bell", owner.pk)]
    assert hello["title"] == "Harbour"


async def test_pauses_are_remembered(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM[:32_000], 0)
        await page.say("pause", bytes=32_000)
        await page.say("resume", bytes=32_000)
        await page.send_pcm(PCM[32_000:], 32_000)
        await page.stop(len(PCM))
    assert (await take_of(hello["recording"])).pauses == [1000]


@pytest.mark.parametrize(
    "rubbish",
    ["nonsense", "[]", '{"type":"stop"}', '{"type":"start","id":"x"}', b"\x00", b"\x01" * 30, b"x" * 70_000],
    ids=repr,
)
async def test_rubbish_is_answered_with_a_sentence_and_a_close(
    server: LiveServer, owner: User, rubbish: str | bytes
) -> None:
    async with calling(server, owner) as page:
        await page.socket.send(rubbish)
        error = await page.until("error")
        assert await page.until_closed() == 4400
    assert error["message"].endswith(".")


async def test_a_wrong_option_starts_nothing(media: Path, owner: User) -> None:
    async with ScriptedRealtime() as service:
        with live_server(media, service.url) as server:
            async with calling(server, owner) as page:
                await page.say("start", id=uuid.uuid4().hex, source="program", options={"live_model": "gpt"})
                assert (await page.until("error"))["code"] == "model_unknown"
                assert await page.until_closed() == 4400
    assert await sync_to_async(Transcript.objects.count)() == 0


async def test_a_bad_message_in_a_running_take_changes_nothing(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM[:32_000], 0)
        await page.say("dance")
        assert (await page.until("error"))["code"] == "live_message_invalid"
        await page.send_pcm(PCM[32_000:], 32_000)
        await page.stop(len(PCM))
    assert take_pcm(server, hello["recording"]) == PCM


async def test_a_full_server_says_so(media: Path, owner: User) -> None:
    with live_server(media, "http://127.0.0.1:9", VOXWEB_MAX_TAKES="1") as server:
        async with calling(server, owner) as page:
            await page.start(options={"live_model": "none"})
            async with calling(server, owner) as other:
                wishes = {"source": "program", "options": {"live_model": "none"}}
                await other.say("start", id=uuid.uuid4().hex, **wishes)
                assert await other.until_closed() == 4429


async def test_a_foreign_page_records_nothing(
    server: LiveServer, owner: User, client_of: Callable[[User], Client]
) -> None:
    client = await sync_to_async(client_of)(owner)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    start = {"type": "start", "id": "0123456789", "source": "tab", "options": {"live_model": "none"}}
    headers = {"Cookie": cookie, "Origin": "https://evil.example"}
    async with connect(server.socket_url, additional_headers=headers) as socket:
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 4401
    headers = {"Cookie": cookie, "Origin": server.url}
    async with connect(server.socket_url, additional_headers=headers) as socket:
        await socket.send(json.dumps(start))
        assert '"hello"' in str(await socket.recv())


async def test_the_reason_for_missing_captions_is_told(media: Path, owner: User) -> None:
    async with ScriptedRealtime([Refusal(401, {"detail": "Unauthorized"})]) as service:
        with live_server(media, service.url) as server:
            async with calling(server, owner) as page:
                await page.start()
                await page.send_pcm(PCM, 0)
                assert (await page.until("notice"))["code"] == "captions_off"
                await page.stop(len(PCM))
