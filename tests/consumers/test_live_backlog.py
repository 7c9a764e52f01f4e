"""A recorder that sends faster than the disk writes: every frame that is refused is answered."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async

from tests.consumers.live_server import calling, live_server
from tests.fakes.realtime_echo import numbered_pcm
from tests.live_client import LiveClient
from tests.live_sound import LongSound, murmur
from transcripts.actions.live.running_take import MOST_UNWRITTEN_BYTES
from transcripts.models import ApiToken, User

NO_SERVICE = "http://127.0.0.1:9"

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_works(tmp_path: Path, owner: User) -> None:
    sound = LongSound(murmur(10.0), 8 * MOST_UNWRITTEN_BYTES)
    token = await sync_to_async(ApiToken.issue)(owner)
    with live_server(tmp_path / "media", NO_SERVICE) as server:
        client = LiveClient(
            server.socket_url,
            token,
            sound,
            options={"live_model": "none"},
            pace=None,
            frame_bytes=64_000,
            window_bytes=3 * MOST_UNWRITTEN_BYTES,
        )
        async with asyncio.timeout(60):
            await client.run()
        kept = (server.media / client.journal.recording / "take.pcm").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == client.journal.sha256
    assert len(kept) == sound.total_bytes
    assert client.of_kind("gap"), "nothing was refused"
    assert client.connections == 1
    assert not client.journal.broken_promises


async def test_the_last_refusal_is_answered_too(tmp_path: Path, owner: User) -> None:
    pcm = numbered_pcm(20)
    with live_server(tmp_path / "media", NO_SERVICE) as server:
        async with calling(server, owner) as page:
            hello = await page.start(options={"live_model": "none"})
            await page.send_pcm(pcm[:3_200], 0)
            await page.send_pcm(pcm[6_400:9_600], 6_400)
            assert (await page.until("gap"))["offset"] == 3_200
            await page.send_pcm(pcm[3_200:6_400], 3_200)
            await page.send_pcm(pcm[9_600:12_800], 9_600)
            assert (await page.until("gap"))["offset"] == 6_400
            await page.send_pcm(pcm[6_400:], 6_400)
            await page.stop(len(pcm))
        assert (server.media / hello["recording"] / "take.pcm").read_bytes() == pcm
