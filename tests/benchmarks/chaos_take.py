"""One take of the chaos run: its sound, its recorder that comes back after kills, and what became of it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import sys
import wave
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live_sound import RATE_HZ, spoken
from tests.stack import ROOT, Stack

from .original_sound import archive_of, archived_pcm
from .process_memory import parent_of
from .sent_sound import SentSound

COME_BACK_SECONDS = (0.1, 2.0)
COMES_BACK = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGUSR1, -signal.SIGTERM & 0xFF}
"""Exit codes of recorders that were killed or reloaded, also before they could listen to signals."""
SENTENCES = (
    "The harbour was quiet when the first boats came in, and nobody on the pier said a word.",
    "We counted the baskets twice, then wrote the numbers down in the old green book.",
    "Later that evening the wind turned to the north and the lamps along the water went out.",
    "My grandmother carried the scales and I carried the salt, as we did every single morning.",
)


@dataclass(frozen=True)
class Place:
    """Where takes go: an address behind the proxy, and who records."""

    address: str
    api_token: str
    session_key: str


@dataclass
class ChaosTake:
    """``faults`` says in words what is wrong with it in the end; ``lives`` how many recorders it took."""

    number: int
    folder: Path
    place: Place
    process: Process | None = None
    lives: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"Chaos {self.number}"

    @property
    def model(self) -> str:
        """Every second take has captions."""
        return "voxweb-engine" if self.number % 2 else "none"

    @property
    def sound(self) -> Path:
        return self.folder / "spoken.pcm"

    @property
    def seconds(self) -> float:
        return self.sound.stat().st_size / 2 / RATE_HZ

    @property
    def code(self) -> str:
        """Of its transcript; empty before the first greeting."""
        return str(self.facts.get("recording", ""))

    def speak(self, sentences: int) -> None:
        self.folder.mkdir(parents=True)
        text = " ".join(f"Line {self.number} {n}. {SENTENCES[n % 4]}" for n in range(sentences))
        self.sound.write_bytes(spoken(text, self.folder))

    async def run(self) -> None:
        """Record until the server has said that it has everything."""
        while True:
            self.lives += 1
            command = [sys.executable, "-m", f"tests.benchmarks.{self.program}", *self.arguments()]
            secrets = {
                "VOXWEB_CHAOS_TOKEN": self.place.api_token,
                "VOXWEB_CHAOS_SESSION": self.place.session_key,
            }
            self.process = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, env={**os.environ, **secrets}
            )
            code = await self.process.wait()
            if code == 0:
                return
            if code not in COMES_BACK:
                self.faults.append(f"its recorder gave up with exit code {code}")
                return
            await asyncio.sleep(random.uniform(*COME_BACK_SECONDS))

    program = "chaos_recorder"

    def arguments(self) -> list[str]:
        socket = self.place.address.replace("http://", "ws://") + "/ws/live"
        return [socket, str(self.folder / "journal"), str(self.sound), self.title, self.model]

    def kill(self) -> bool:
        """False when there is no recorder right now."""
        return self._signal(signal.SIGKILL)

    def reload(self) -> bool:
        return self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> bool:
        if self.process is None or self.process.returncode is not None:
            return False
        self.process.send_signal(number)
        return True

    # -- afterwards --------------------------------------------------------------------------------

    @property
    def facts(self) -> dict[str, Any]:
        path = self.folder / "journal" / "take.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def check(self, stack: Stack, _sent: SentSound) -> int:
        """Compare what the server has with what was captured; returns how many acked bytes are lost."""
        facts = self.facts
        self.faults += facts.get("broken_promises", [])
        captured = self.sound.read_bytes()
        sha256, size = archive_of(stack, self.code)
        if (sha256, size) != (hashlib.sha256(captured).hexdigest(), len(captured)):
            self.faults.append(f"its archive holds {size} of {len(captured)} bytes, or other ones")
        stored = {mark["key"] for mark in stack.client.get(f"transcripts/{self.code}/marks").json()}
        if lost := set(facts["all_marks"]) - stored:
            self.faults.append(f"{len(lost)} of {len(facts['all_marks'])} marks are lost")
        return max(0, int(facts["written"]) - size)


@dataclass
class BrowserTake(ChaosTake):
    """A person with a real Chromium, into whose microphone the sound is spoken."""

    program = "chaos_browser"

    @property
    def voice(self) -> Path:
        return self.folder / "spoken.wav"

    @property
    def code(self) -> str:
        path = self.folder / "code"
        return path.read_text() if path.exists() else ""

    def speak(self, sentences: int) -> None:
        super().speak(sentences)
        with wave.open(str(self.voice), "wb") as out:
            out.setparams((1, 2, RATE_HZ, 0, "NONE", "not compressed"))
            out.writeframes(self.sound.read_bytes())

    def arguments(self) -> list[str]:
        what = [str(self.folder), str(self.voice), str(round(self.seconds)), self.title, self.model]
        return [self.place.address, *what]

    def kill(self) -> bool:
        """All of it at once, as when the power goes."""
        if not self._has_begun():
            return False
        assert self.process is not None
        family = [self.process.pid, *descendants(self.process.pid)]
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
        return True

    def reload(self) -> bool:
        return self._has_begun() and self._signal(signal.SIGUSR1)

    def _has_begun(self) -> bool:
        is_running = self.process is not None and self.process.returncode is None
        return is_running and (self.folder / "started").exists()

    def check(self, stack: Stack, sent: SentSound) -> int:
        """The browser's own account of what it captured is what it sent, and the length its stop named."""
        take, pcm = sent.take(self.code), archived_pcm(stack, self.code)
        if not take.is_in(pcm):
            self.faults.append(f"its archive holds {len(pcm)} of {len(take.first)} sent bytes, or other ones")
        if take.stop_bytes != len(pcm):
            self.faults.append(f"it stopped at {take.stop_bytes}, its archive holds {len(pcm)} bytes")
        return max(0, len(take.first) - len(pcm))


def descendants(pid: int) -> list[int]:
    """Children, grandchildren and so on."""
    parents = {
        int(entry.name): parent_of(int(entry.name))
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal()
    }
    found, generation = list[int](), [pid]
    while generation:
        generation = [child for child, parent in parents.items() if parent in generation]
        found += generation
    return found
