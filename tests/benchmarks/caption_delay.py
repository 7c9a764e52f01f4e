"""What voxweb adds to the delay of live captions, measured around the engine with real speech.

``python -m tests.benchmarks.caption_delay [takes at once ...]`` (default: 1 and 3): recordings of the samples
folder are recorded in real time; a proxy in front of the engine notes when sound arrives and text leaves.
Up is from the recorder's socket to the engine, down from the engine to the recorder.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
import time
from typing import Any, NamedTuple

from tests.live_client import LiveClient
from tests.live_sound import GivenSound

from .added_delay import Delays, Recorded, Shown, service_ms, spread
from .engine_rig import MeasuredStack, load_average, measured_stack
from .live_rig import socket_url, token_of
from .proxy_notes import HeardSession
from .samples import NOTHING_MEASURED, SpokenWord, joined, samples_folder

FILES = ("austen_a.wav", "jfk.flac", "two_cities.wav", "digits.wav", "libri_mf.flac")
MOST_SECONDS = 25.0
TAKES = (1, 3)


class TimedClient(LiveClient):
    """A recorder that notes when it sends and what can be read when, as on the page."""

    def __init__(self, url: str, api_token: str, sound: GivenSound, **wishes: Any) -> None:
        super().__init__(url, api_token, sound, **wishes)
        self.recorded = Recorded()
        self._final_words = self._caption_words = 0

    def note_sent(self, end: int) -> None:
        self.recorded.sent.append((end, time.monotonic()))

    def hear(self, message: dict[str, Any]) -> None:
        at = time.monotonic()
        super().hear(message)
        if message["type"] == "caption":
            self._caption_words = len(message["text"].split())
        elif message["type"] == "final":
            self._final_words += len(message["text"].split())
            self._caption_words = 0
        else:
            return
        words = self._final_words + self._caption_words
        self.recorded.shown.append(Shown(at, words, self._final_words))


class Take(NamedTuple):
    client: TimedClient
    pcm: bytes
    words: list[SpokenWord]


def takes_to_record(rig: MeasuredStack, number: int) -> list[Take]:
    """Each take has the same recordings in another order."""
    paths = [path for name in FILES if (path := samples_folder() / name).exists()]
    takes = []
    for turn in range(number):
        sound, words = joined(paths[turn:] + paths[:turn], MOST_SECONDS)
        pcm = sound.astype("<i2").tobytes()
        client = TimedClient(
            socket_url(rig.stack),
            token_of(rig.stack),
            GivenSound(pcm),
            title=f"Delay {turn}",
            options={"language": "en", "diarize": False},
        )
        takes.append(Take(client, pcm, words))
    return takes


def session_of(take: Take, sessions: list[HeardSession]) -> HeardSession | None:
    """The one session in which the engine got exactly the sound of the take."""
    digest = hashlib.sha256(take.pcm).hexdigest()
    return next((session for session in sessions if session.sha256 == digest), None)


def measure(rig: MeasuredStack, number: int) -> bool:
    """Record so many takes at once and print what was found; whether all of it was comparable."""
    known = len(rig.sessions())
    takes, late = asyncio.run(record_all(rig, number))
    sessions = rig.sessions()[known:]
    delays, own, is_whole = Delays(), list[float](), True
    for take in takes:
        session = session_of(take, sessions)
        troubles = [notice["code"] for notice in take.client.of_kind("notice")]
        if session is None or troubles:
            print(f"  {take.client.journal.recording}: not one undisturbed session; notices {troubles}")
            is_whole = False
            continue
        delays.add(take.client.recorded, session)
        own += service_ms(session, take.words)
    print(f"{number} at once, {len(takes[0].pcm) / 32_000:.0f} s each; {load_average()}")
    if delays.up:
        print(delays)
    print(f"  {'the engine itself, first word':36} {spread(own)}")
    print(f"  {'a timer of this process is late by':36} {spread(late)}", flush=True)
    return is_whole and not delays.unseen


async def record_all(rig: MeasuredStack, number: int) -> tuple[list[Take], list[float]]:
    """The takes when they have been recorded, and how late a timer was meanwhile, in ms."""
    takes = takes_to_record(rig, number)
    late = list[float]()
    watching = asyncio.ensure_future(watch_timer(late))
    await asyncio.gather(*(take.client.run() for take in takes))
    watching.cancel()
    await asyncio.sleep(1.0)
    return takes, late


async def watch_timer(late: list[float]) -> None:
    """What a busy machine adds to everything."""
    while True:
        due = time.monotonic() + 0.05
        await asyncio.sleep(0.05)
        late.append(1000 * (time.monotonic() - due))


def main(arguments: list[str]) -> int:
    numbers = [int(argument) for argument in arguments] or list(TAKES)
    if not samples_folder().is_dir():
        print(NOTHING_MEASURED.format(samples_folder()))
        return 0
    with measured_stack() as rig:
        results = [measure(rig, number) for number in numbers]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
