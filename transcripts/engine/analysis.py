"""The engine's side of the analysing process: start it, take its answers, end it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from transcripts.engine import errors
from transcripts.engine.diarize import Turn
from transcripts.engine.pcm import BYTES_PER_SAMPLE, Span

_WALL_SECONDS = 3600.0
_END_SECONDS = 5.0
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_REFUSALS = {
    refusal.code: refusal
    for refusal in (
        errors.AudioEmpty,
        errors.AudioUnreadable,
        errors.AudioTrackMissing,
        errors.AudioTooLong,
        errors.AnalysisFailed,
    )
}


@dataclass(frozen=True)
class AnalysisOrder:
    """What to analyse; ``pcm`` is where the decoded sound goes (s16le, 16 kHz, mono)."""

    source: Path
    pcm: Path
    diarize: bool
    speaker_count: int | None
    longest_seconds: float


class Analysis:
    """A context manager around one analysing process; answers must be taken in the order of the methods."""

    def __init__(self, order: AnalysisOrder) -> None:
        self._order = order
        argument = {
            "source": str(order.source),
            "pcm": str(order.pcm),
            "diarize": order.diarize,
            "speaker_count": order.speaker_count,
            "longest_seconds": order.longest_seconds,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "transcripts.engine.analysis_child", json.dumps(argument)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD},
        )
        self._watchdog = threading.Timer(_WALL_SECONDS, self.stop)
        self._watchdog.daemon = True
        self._watchdog.start()

    def __enter__(self) -> Analysis:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watchdog.cancel()
        self.stop()
        self._process.wait(_END_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def stop(self) -> None:
        """Ends the process; whoever waits for an answer gets AnalysisFailed. Any thread may call it."""
        self._process.kill()

    def decoded_samples(self) -> int:
        """How much sound there is; raises the refusal when the file is not fit."""
        return int(self._answer("decoded")["samples"])

    def regions(self) -> list[Span]:
        """Stretches of speech of at most 15 s."""
        return [(start, end) for start, end in self._answer("regions")["regions"]]

    def turns(self) -> list[Turn]:
        """Who speaks when; only if the order asked for it."""
        return [Turn(*turn) for turn in self._answer("turns")["turns"]]

    def sound(self, span: Span) -> bytes:
        """The decoded PCM of one span."""
        with self._order.pcm.open("rb") as pcm:
            pcm.seek(span[0] * BYTES_PER_SAMPLE)
            return pcm.read((span[1] - span[0]) * BYTES_PER_SAMPLE)

    def _answer(self, event: str) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else b""
        answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"event": "gone"}
        if answer["event"] == "error":
            raise _REFUSALS.get(answer["code"], errors.AnalysisFailed)(answer["message"])
        if answer["event"] != event:
            raise errors.AnalysisFailed()
        return answer
