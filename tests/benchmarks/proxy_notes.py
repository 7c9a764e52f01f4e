"""What the measuring proxy noted, by session."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """Text of the service at a time: ``words`` so many with all before it, provisional or final."""

    at: float
    words: int
    is_final: bool
    text: str


@dataclass
class HeardSession:
    """``sound`` is when so many bytes had gone up, ``told`` what came down; times of ``time.monotonic``.

    ``sha256`` is that of all sound, empty while the session goes on.
    """

    sound: list[tuple[int, float]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    sha256: str = ""
    _heard: str = ""
    _final_words: int = 0

    def reached(self, offset: int) -> float | None:
        """When byte ``offset`` had gone up."""
        return next((at for size, at in self.sound if size >= offset), None)

    def hear(self, at: float, kind: str, text: str) -> None:
        if kind == "transcription.segment":
            self._final_words += len(text.split())
            self.told.append(Told(at, self._final_words, True, text))
        else:
            self._heard += text
            self.told.append(Told(at, len(self._heard.split()), False, text))


def read_notes(path: Path) -> list[HeardSession]:
    """Sessions that carried sound, in the order in which they were opened."""
    sessions: dict[int, HeardSession] = {}
    for line in path.read_text().splitlines():
        note = json.loads(line)
        session = sessions.setdefault(note["session"], HeardSession())
        if "bytes" in note:
            session.sound.append((note["bytes"], note["at"]))
        elif "event" in note:
            session.hear(note["at"], note["event"]["type"], note["event"]["text"])
        else:
            session.sha256 = note["sha256"]
    return [session for _, session in sorted(sessions.items()) if session.sound]
