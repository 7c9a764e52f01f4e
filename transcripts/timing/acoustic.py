"""Word times from the sound itself, worked out in a child process that lives as long as its owner wants.

pocketsphinx never releases the GIL, so it may not run inside a server or beside worker threads.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from transcripts.timing.frames import SAMPLE_RATE_HZ, receive_frame, send_frame
from transcripts.timing.words import Span

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 600
"""A longer piece is not aligned: 10 minutes take 25 s of CPU and 160 MB."""

_ATTEMPTS = 2
_SILENT_SWING = 64
_PROJECT = Path(__file__).parents[2]


class Aligner(Protocol):
    """Finds tokens in sound; see ``AcousticAligner.align``."""

    def align(
        self, tokens: Sequence[str], pcm: NDArray[np.int16], language: str | None
    ) -> list[Span | None] | None: ...


class AcousticAligner:
    """English forced alignment (75 MB of memory from the first request to ``close``). Safe between threads.

    One request at a time; the child starts when it is first needed and again after it was lost.
    """

    def __init__(self, *, start_timeout_seconds: float = 60.0, patience: float = 2.0) -> None:
        """``patience``: seconds of work allowed per second of sound, on top of ten; usual are 0.01 to 0.1."""
        self._start_timeout_seconds = start_timeout_seconds
        self._patience = patience
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def align(
        self, tokens: Sequence[str], pcm: NDArray[np.int16], language: str | None
    ) -> list[Span | None] | None:
        """The span of each token in ``pcm`` (mono, 16 kHz) in ms from its start, None where not found.

        ``language`` None means unknown: then only text with English words is aligned. The whole answer is
        None when alignment is not possible, for whatever reason; the caller interpolates.
        """
        seconds = len(pcm) / SAMPLE_RATE_HZ
        if not tokens or not is_english_or_unknown(language) or seconds > LONGEST_SECONDS or _silent(pcm):
            return None
        request = {"tokens": list(tokens), "language": language}
        with self._lock:
            answer = self._ask(
                request, pcm.astype("<i2", copy=False).tobytes(), 10 + seconds * self._patience
            )
        spans = answer.get("spans")
        return [None if span is None else (span[0], span[1]) for span in spans] if spans else None

    def close(self) -> None:
        """End the child process; the next request would start another."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """The process id of the running child, if any."""
        return self._child.pid if self._child else None

    def _ask(self, request: dict[str, Any], pcm: bytes, timeout_seconds: float) -> dict[str, Any]:
        for _ in range(_ATTEMPTS):
            try:
                return self._exchange(request, pcm, timeout_seconds)
            except TimeoutError:
                logger.warning("alignment took longer than %.0f s and was given up", timeout_seconds)
                self._stop()
                break
            except (EOFError, OSError, ValueError) as error:
                logger.warning("the alignment process was lost: %s", error)
                self._stop()
        return {}

    def _exchange(self, request: dict[str, Any], pcm: bytes, timeout_seconds: float) -> dict[str, Any]:
        channel = self._channel or self._start()
        channel.settimeout(timeout_seconds)
        send_frame(channel, request, pcm)
        return receive_frame(channel)[0]

    def _start(self) -> socket.socket:
        self._channel, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "transcripts.timing.acoustic_child", str(os.getpid())]
            self._child = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, cwd=_PROJECT
            )
        self._channel.settimeout(self._start_timeout_seconds)
        receive_frame(self._channel)
        return self._channel

    def _stop(self) -> None:
        if self._channel:
            self._channel.close()
        if self._child:
            self._child.kill()
            self._child.wait()
        self._channel = self._child = None


def _silent(pcm: NDArray[np.int16]) -> bool:
    """Digital silence: the model would accept any short text for it."""
    return not len(pcm) or int(pcm.max()) - int(pcm.min()) < _SILENT_SWING


def is_english_or_unknown(language: str | None) -> bool:
    """Whether the English model may be tried: "en", "en-GB", "english", or nothing known."""
    return not language or language.casefold().replace("_", "-").split("-")[0] in {"en", "eng", "english"}
