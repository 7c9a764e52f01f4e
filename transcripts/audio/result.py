"""What one ingest found and wrote, in a form that crosses processes and fits into a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .probe import MediaInfo


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know although the ingest worked.

    ``code`` is stable; ``message`` is a sentence; ``detail`` holds its figures (JSON-serialisable).
    """

    code: str
    message: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """One FLAC file (16 kHz, mono, 16 bit) of a recording.

    ``start_sample`` and ``end_sample`` (exclusive) are exact positions at 16 kHz; the milliseconds are
    rounded from them. Chunks follow each other without gap or overlap.
    """

    index: int
    path: Path
    start_ms: int
    end_ms: int
    start_sample: int
    end_sample: int

    @property
    def samples(self) -> int:
        return self.end_sample - self.start_sample


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The outcome of one ingest; times are milliseconds of media time, which starts at the player's zero.

    ``samples`` counts 16 kHz mono samples including silence that stands for gaps in the timestamps, and
    ``duration_ms`` is their length. ``loudness_dbfs`` is the RMS of all samples and ``peak_dbfs`` the largest
    one, both at least -96. ``pauses_ms`` are stretches without speech of 0.3 s and more. ``playback`` is None
    where browsers can seek the original; ``playback_type`` is the MIME type of whichever is to be played.
    ``unreadable`` says how much of a damaged file could not be read, ``playback_notice`` what its copy lacks.
    """

    duration_ms: int
    samples: int
    media: MediaInfo
    chunks: tuple[AudioChunk, ...]
    pauses_ms: tuple[tuple[int, int], ...]
    loudness_dbfs: float
    peak_dbfs: float
    playback: Path | None
    playback_type: str
    unreadable: Notice | None
    playback_notice: Notice | None

    def to_json(self, folder: Path) -> dict[str, Any]:
        """Return plain JSON types; paths become names relative to ``folder``."""
        payload = asdict(self)
        payload["chunks"] = [
            asdict(chunk) | {"path": chunk.path.relative_to(folder).as_posix()} for chunk in self.chunks
        ]
        payload["pauses_ms"] = [list(pause) for pause in self.pauses_ms]
        payload["playback"] = self.playback.relative_to(folder).as_posix() if self.playback else None
        return payload

    @classmethod
    def from_json(cls, payload: Mapping[str, Any], folder: Path) -> IngestResult:
        """The reverse of ``to_json``; paths are resolved below ``folder``."""
        values = dict(payload)
        values["media"] = MediaInfo(**payload["media"])
        values["chunks"] = tuple(
            AudioChunk(**{**chunk, "path": folder / chunk["path"]}) for chunk in payload["chunks"]
        )
        values["pauses_ms"] = tuple((start, end) for start, end in payload["pauses_ms"])
        values["playback"] = folder / payload["playback"] if payload["playback"] else None
        for name in ("unreadable", "playback_notice"):
            values[name] = Notice(**payload[name]) if payload[name] else None
        return cls(**values)
