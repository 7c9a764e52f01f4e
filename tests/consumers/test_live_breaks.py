"""Whatever breaks while somebody records: the take goes on at the next byte, and nothing is missing."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from websockets.asyncio.client import connect

from tests.consumers.live_rows import FIRST, PCM, jobs_of, take_of, take_pcm, texts
from tests.consumers.live_server import LiveCaller, LiveServer, back, calling, live_server
from tests.fakes.realtime_echo import echo_numbers, numbered_pcm
from tests.fakes.scripted_realtime import ScriptedRealtime
from transcripts.models import Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_works(media: Path, owner: User) -> None:
    async with ScriptedRealtime([], otherwise=echo_numbers()) as service:
        with live_server(media, service.url) as server:
            async with calling(server, owner) as page:
                hello = await page.start()
                await page.send_pcm(PCM[:32_000], 0)
                await page.until_written(32_000)
            async with calling(server, owner, back(hello)) as page:
                again = await page.until("hello")
                assert again["offset"] == 32_000
                assert again["epoch"] > hello["epoch"]
                await page.send_pcm(PCM[16_000:], 16_000, 0.01)
                await page.stop(len(PCM))
            assert take_pcm(server, hello["recording"]) == PCM
    words = " ".join(await texts(hello["recording"])).split()
    assert words == [f"w{number}" for number in range(FIRST, FIRST + 20)]


async def test_a_start_sent_twice_is_one_take(server: LiveServer, owner: User) -> None:
    name = uuid.uuid4().hex
    async with calling(server, owner) as page:
        first = await page.start(id=name, options={"live_model": "none"})
    async with calling(server, owner) as page:
        second = await page.start(id=name, options={"live_model": "none"})
    assert first["recording"] == second["recording"]
    assert await sync_to_async(Transcript.objects.count)() == 1


async def test_a_gap_is_refused(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM[:6_400], 0)
        await page.send_pcm(PCM[9_600:], 9_600)
        assert (await page.until("gap"))["offset"] == 6_400
        await page.say("stop", bytes=len(PCM))
        assert (await page.until("gap"))["offset"] == 6_400
        await page.send_pcm(PCM[6_400:], 6_400)
        await page.stop(len(PCM))
    assert take_pcm(server, hello["recording"]) == PCM


async def take_over(one: LiveServer, other: LiveServer, owner: User) -> str:
    """Record half by the first server and half by the other; returns the take's code."""
    async with calling(one, owner) as first:
        hello = await first.start(options={"live_model": "none"})
        await first.send_pcm(PCM[:32_000], 0)
        await first.until_written(32_000)
        async with calling(other, owner, back(hello)) as second:
            assert (await second.until("hello"))["offset"] == 32_000
            assert await first.until_closed() == 4001
            await second.send_pcm(PCM[32_000:], 32_000)
            await second.stop(len(PCM))
    return str(hello["recording"])


async def test_the_newest_socket_wins(server: LiveServer, owner: User) -> None:
    assert take_pcm(server, await take_over(server, server, owner)) == PCM


async def test_the_newest_socket_wins_in_another_process_too(media: Path, owner: User) -> None:
    quiet = "http://127.0.0.1:9"
    with live_server(media, quiet) as one, live_server(media, quiet) as other:
        assert take_pcm(one, await take_over(one, other, owner)) == PCM


async def test_a_killed_server_loses_nothing_that_it_acknowledged(media: Path, owner: User) -> None:
    with live_server(media, "http://127.0.0.1:9") as server:
        async with calling(server, owner) as page:
            hello = await page.start(options={"live_model": "none"})
            await page.send_pcm(PCM, 0)
            await page.until_written(len(PCM))
            os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    with live_server(media, "http://127.0.0.1:9") as server:
        async with calling(server, owner, back(hello)) as page:
            assert (await page.until("hello"))["offset"] == len(PCM)
            assert (await page.until("ack"))["written"] == len(PCM)


async def test_a_restart_is_told_and_loses_nothing(media: Path, owner: User) -> None:
    with live_server(media, "http://127.0.0.1:9") as server:
        async with calling(server, owner) as page:
            hello = await page.start(options={"live_model": "none"})
            await page.send_pcm(PCM, 0)
            await page.until_written(len(PCM) // 2)
            server.process.send_signal(signal.SIGTERM)
            assert await page.until_closed() == 4012
        assert await asyncio.to_thread(server.process.wait, 15) == 0
        assert take_pcm(server, hello["recording"]) == PCM
    assert (await take_of(hello["recording"])).is_open


async def test_a_stop_whose_answer_was_lost_is_answered_again(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM, 0)
        await page.stop(len(PCM))
    async with calling(server, owner, back(hello)) as page:
        assert (await page.until("hello"))["offset"] == len(PCM)
        assert (await page.until("ack"))["durable"] == len(PCM)
        await page.stop(len(PCM))
    assert await jobs_of(hello["recording"]) == 1


async def test_an_ended_take_goes_on_when_more_sound_comes(server: LiveServer, owner: User) -> None:
    async with calling(server, owner) as page:
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM[:32_000], 0)
        await page.stop(32_000)
    async with calling(server, owner, back(hello)) as page:
        offset = (await page.until("hello"))["offset"]
        await page.send_pcm(PCM[offset:], offset)
        again = (await page.until("gap"))["offset"]
        await page.send_pcm(PCM[again:], again)
        await page.stop(len(PCM))
    assert take_pcm(server, hello["recording"]) == PCM
    assert (await take_of(hello["recording"])).total_bytes == len(PCM)
    assert await jobs_of(hello["recording"]) == 2


# -- trouble -------------------------------------------------------------------------------------


async def test_a_minute_without_network_is_caught_up_with(media: Path, owner: User) -> None:
    minute = numbered_pcm(200, FIRST)
    async with ScriptedRealtime([], otherwise=echo_numbers()) as service:
        with live_server(media, service.url) as server:
            async with calling(server, owner) as page:
                hello = await page.start()
                await page.send_pcm(minute[:64_000], 0, 0.01)
                await page.until_written(64_000)
                page.socket.transport.abort()
            async with calling(server, owner, back(hello)) as page:
                await page.send_pcm(minute[64_000:], (await page.until("hello"))["offset"])
                await page.stop(len(minute))
            assert take_pcm(server, hello["recording"]) == minute
    words = " ".join(await texts(hello["recording"])).split()
    assert words == [f"w{number}" for number in range(FIRST, FIRST + 200)]


async def test_a_full_disk_loses_nothing(media: Path, owner: User) -> None:
    most_bytes = 8 * 1024 * 1024
    pcm = numbered_pcm(1_000, FIRST)
    with live_server(media, "http://127.0.0.1:9") as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
        async with calling(server, owner) as page:
            hello = await page.start(options={"live_model": "none"})
            sending = asyncio.ensure_future(page.send_pcm(pcm, 0, 0.001))
            assert (await page.until("notice"))["code"] == "disk_full"
            assert await page.until_closed() == 4507
            await asyncio.gather(sending, return_exceptions=True)
        acked = max(message["written"] for message in page.got if message["type"] == "ack")
        assert acked <= most_bytes
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        async with calling(server, owner, back(hello)) as page:
            offset = (await page.until("hello"))["offset"]
            assert acked <= offset <= most_bytes
            await page.send_pcm(pcm[offset:], offset)
            await page.stop(len(pcm))
        assert take_pcm(server, hello["recording"]) == pcm


async def test_who_signs_out_elsewhere_is_asked_to_sign_in_and_loses_nothing(
    server: LiveServer, owner: User, client_of: Callable[[User], Client]
) -> None:
    client = await sync_to_async(client_of)(owner)
    async with connect(
        server.socket_url, additional_headers=_cookie_of(client, server), compression=None
    ) as socket:
        page = LiveCaller(socket)
        hello = await page.start(options={"live_model": "none"})
        await page.send_pcm(PCM[:32_000], 0)
        await page.until_written(32_000)
        await sync_to_async(client.logout)()
        assert await page.until_closed() == 4401
    again = await sync_to_async(client_of)(owner)
    async with connect(
        server.socket_url + back(hello), additional_headers=_cookie_of(again, server), compression=None
    ) as socket:
        page = LiveCaller(socket)
        assert (await page.until("hello"))["offset"] == 32_000
        await page.send_pcm(PCM[32_000:], 32_000)
        await page.stop(len(PCM))
    assert take_pcm(server, hello["recording"]) == PCM


def _cookie_of(client: Client, server: LiveServer) -> dict[str, str]:
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}", "Origin": server.url}
