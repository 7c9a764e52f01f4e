"""The recorder that tests and measurements use, against a really started web process."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.benchmarks.fault_proxy import FaultProxy
from tests.consumers.live_server import LiveServer, live_server
from tests.live_client import LiveClient
from tests.live_journal import Journal
from tests.live_rules import Patience, RefusedError
from tests.live_sound import GivenSound, LongSound, murmur
from transcripts.models import ApiToken, Mark, User

SOUND = GivenSound(murmur(8.0))
NO_SERVICE = "http://127.0.0.1:9"
QUICK = Patience(first_wait=0.05, longest_wait=0.3, no_ack=2.0)
PACE = 2.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token(owner: User) -> str:
    return ApiToken.issue(owner)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest_asyncio.fixture
async def proxy() -> AsyncIterator[FaultProxy]:
    between = FaultProxy(9)
    await between.start()
    yield between
    await between.stop()


def recorder(
    proxy: FaultProxy, token: str, journal: Journal | None = None, pace: float | None = PACE
) -> LiveClient:
    return LiveClient(
        f"ws://127.0.0.1:{proxy.port}/ws/live",
        token,
        SOUND,
        journal=journal,
        options={"live_model": "none"},
        pace=pace,
        patience=QUICK,
    )


def port_of(server: LiveServer) -> int:
    return int(server.url.rsplit(":", 1)[1])


def kept(media: Path, client: LiveClient) -> bytes:
    return (media / client.journal.recording / "take.pcm").read_bytes()


async def test_it_works(media: Path, token: str, proxy: FaultProxy) -> None:
    with live_server(media, NO_SERVICE) as server:
        proxy.target = port_of(server)
        client = recorder(proxy, token)
        async with asyncio.timeout(60):
            await client.run()
    assert client.is_done
    assert kept(media, client) == SOUND.pcm
    assert (client.journal.captured, client.journal.written) == (SOUND.total_bytes, SOUND.total_bytes)
    assert client.acks > 0
    assert client.connections == 1
    assert not client.journal.broken_promises


async def test_it_comes_back_after_cuts_and_a_killed_server(
    media: Path, token: str, proxy: FaultProxy
) -> None:
    with live_server(media, NO_SERVICE) as first, live_server(media, NO_SERVICE) as second:
        proxy.target = port_of(first)
        client = recorder(proxy, token)
        running = asyncio.ensure_future(client.run())
        await client.until(lambda: client.journal.written > 0)
        proxy.cut(1)
        await client.until(lambda: len(client.of_kind("hello")) == 2)
        key = client.mark("here")
        os.kill(first.process.pid, signal.SIGKILL)
        proxy.target = port_of(second)
        async with asyncio.timeout(60):
            await running
    assert client.connections >= 3
    assert kept(media, client) == SOUND.pcm
    assert client.journal.all_marks == [key]
    assert not client.journal.marks
    assert not client.journal.broken_promises
    assert await Mark.objects.filter(transcript__code=client.journal.recording).acount() == 1


async def test_another_recorder_goes_on_where_a_dead_one_was(
    media: Path, tmp_path: Path, token: str, proxy: FaultProxy
) -> None:
    with live_server(media, NO_SERVICE) as server:
        proxy.target = port_of(server)
        first = recorder(proxy, token, Journal(tmp_path / "journal"))
        running = asyncio.ensure_future(first.run())
        await first.until(lambda: first.journal.durable > 0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        second = recorder(proxy, token, Journal(tmp_path / "journal"), pace=None)
        assert (second.journal.id, second.journal.recording) == (first.journal.id, first.journal.recording)
        async with asyncio.timeout(60):
            await second.run()
    assert kept(media, second) == SOUND.pcm
    assert second.journal.sha256 == Journal(tmp_path / "journal").sha256
    assert not second.journal.broken_promises


async def test_a_stranger_does_not_come_back(media: Path, token: str, proxy: FaultProxy) -> None:
    with live_server(media, NO_SERVICE) as server:
        proxy.target = port_of(server)
        with pytest.raises(RefusedError) as refused:
            await recorder(proxy, "not a token").run()
    assert refused.value.code == 4401


def test_what_is_durable_is_forgotten(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(b"abcdefgh")
    journal.acknowledge(6, 4)
    journal.close()
    again = Journal(tmp_path)
    assert (again.captured, again.written, again.durable, again.kept_bytes) == (8, 6, 4, 4)
    assert again.read(4, 2) == b"ef"
    with pytest.raises(LookupError):
        again.read(2, 2)
    again.close()


def test_long_sound_is_the_same_in_any_pieces() -> None:
    sound = LongSound(murmur(0.01), 2_000)
    whole = sound.read(0, 10_000)
    assert len(whole) == 2_000
    assert b"".join(sound.read(at, 130) for at in range(0, 2_000, 130)) == whole
    assert len({whole[at : at + 320] for at in range(0, 1_920, 320)}) == 6
