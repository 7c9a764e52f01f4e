"""What a recorder keeps until the server has it for good, like a browser's store."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from pathlib import Path
from typing import Any


class Journal:
    """Sound above ``durable``, and everything that is needed to go on after the recorder has died.

    ``captured``, ``written`` and ``durable`` are bytes from the take's beginning; the latter two are what the
    server has promised. With a ``folder`` each piece is in the system's hands before ``add`` returns, so that
    a killed recorder finds it again. What is durable is forgotten: a server that loses it is found out.
    ``marks`` are those not stored yet. ``broken_promises`` says in words what the server must never do.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.id = str(uuid.uuid4())
        self.recording = self.token = ""
        self.captured = self.written = self.durable = 0
        self.is_stopped = False
        self.marks: dict[str, dict[str, Any]] = {}
        self.all_marks: list[str] = []
        self.broken_promises: list[str] = []
        self._kept = bytearray()
        self._kept_from = 0
        self._hash = hashlib.sha256()
        self._folder = folder
        self._sound: int | None = None
        if folder is not None:
            self._open(folder)

    @property
    def sha256(self) -> str:
        """Of everything captured."""
        return self._hash.hexdigest()

    @property
    def kept_bytes(self) -> int:
        return len(self._kept)

    def add(self, pcm: bytes) -> None:
        """Keep what was captured next."""
        if self._sound is not None:
            os.pwrite(self._sound, pcm, self.captured)
        self._kept += pcm
        self._hash.update(pcm)
        self.captured += len(pcm)

    def read(self, offset: int, most_bytes: int) -> bytes:
        """Raises LookupError where the sound is not kept any more."""
        start = offset - self._kept_from
        if start < 0:
            raise LookupError(f"{offset} is durable and forgotten; kept from {self._kept_from}")
        return bytes(self._kept[start : start + most_bytes])

    def add_mark(self, key: str, at_ms: int, note: str) -> None:
        self.marks[key] = {"at_ms": at_ms, "note": note}
        self.all_marks.append(key)
        self.save()

    def blame(self, what: str) -> None:
        """The server broke a promise."""
        self.broken_promises.append(what)
        self.save()

    def acknowledge(self, written: int, durable: int) -> None:
        """The server has promised this much."""
        self.written = max(self.written, written)
        if durable > self.durable:
            self.durable = durable
            surplus = min(durable, self.captured) - self._kept_from
            del self._kept[:surplus]
            self._kept_from += surplus
        self.save()

    def save(self) -> None:
        """Let the other facts outlive this process, too."""
        if self._folder is None:
            return
        facts = {
            "id": self.id,
            "recording": self.recording,
            "token": self.token,
            "written": self.written,
            "durable": self.durable,
            "is_stopped": self.is_stopped,
            "marks": self.marks,
            "all_marks": self.all_marks,
            "broken_promises": self.broken_promises,
        }
        fresh = self._folder / "take.json.new"
        fresh.write_text(json.dumps(facts))
        fresh.replace(self._folder / "take.json")

    def close(self) -> None:
        if self._sound is not None:
            os.close(self._sound)
            self._sound = None

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        facts = folder / "take.json"
        if facts.exists():
            for name, value in json.loads(facts.read_text()).items():
                setattr(self, name, value)
        self._sound = os.open(folder / "sound.pcm", os.O_RDWR | os.O_CREAT, 0o600)
        before = (folder / "sound.pcm").read_bytes()
        before = before[: len(before) - len(before) % 2]
        self._hash.update(before)
        self.captured = len(before)
        self._kept_from = min(self.durable, self.captured)
        self._kept += before[self._kept_from :]
        self.save()
