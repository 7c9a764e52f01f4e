"""Ingest an uploaded file in a child process that may be as slow, greedy or broken as it likes."""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from .errors import CancelledError, DecodeCrashedError, DecodeTimeoutError, error_from_wire
from .ingest_run import PLAYBACK_STEM
from .limits import IngestLimits
from .one_pass import CHUNK_FOLDER, PEAKS_PIXELS_PER_SECOND, peaks_name
from .publish import clear_work
from .result import AudioChunk, IngestResult, Notice

__all__ = ["AudioChunk", "IngestLimits", "IngestResult", "Notice", "ingest"]

logger = logging.getLogger(__name__)

CHILD_MODULE = "transcripts.audio.ingest_child"
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.2
EXIT_SECONDS = 10.0
READ_BYTES = 65_536
STDERR_BYTES = 4_000
KEPT_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
"""Everything else, keys above all, stays out of a process that reads hostile files."""


def ingest(
    source: Path,
    folder: Path,
    *,
    limits: IngestLimits,
    chunk_seconds: float,
    on_progress: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> IngestResult:
    """Decode ``source`` once; write peaks, chunks and, if browsers need one, a playback copy into ``folder``.

    They are named ``peaks-10.dat``, ``peaks-50.dat``, ``chunks/0000.flac``... and ``playback.*``. Files
    appear complete or not at all, and a second run gives the same bytes. ``on_progress`` hears decoded
    milliseconds, ``should_stop`` is asked five times a second. The child dies with the thread that calls
    this. Raises the errors of ``transcripts.audio.errors``; ``source`` is never changed.
    """
    _check_arguments(source, folder, chunk_seconds)
    folder.mkdir(parents=True, exist_ok=True)
    request = {
        "source": str(source.resolve()),
        "folder": str(folder.resolve()),
        "chunk_seconds": chunk_seconds,
        "limits": asdict(limits),
        "parent_pid": os.getpid(),
    }
    with tempfile.TemporaryFile() as stderr:
        child = _start(request, stderr)
        try:
            return _follow(child, folder, limits, on_progress, should_stop, stderr)
        finally:
            _end(child)
            clear_work(folder)


def _check_arguments(source: Path, folder: Path, chunk_seconds: float) -> None:
    if chunk_seconds < 1:
        raise ValueError("Chunks must be a second long at least.")
    ours = {folder.resolve() / peaks_name(rate) for rate in PEAKS_PIXELS_PER_SECOND}
    path = source.resolve()
    is_playback = path.parent == folder.resolve() and path.stem == PLAYBACK_STEM
    if path in ours or is_playback or path.parent == folder.resolve() / CHUNK_FOLDER:
        raise ValueError("The source must not have the name of a file that ingest writes.")


def _start(request: Mapping[str, Any], stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-m", CHILD_MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=PACKAGE_ROOT,
        env={**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    )
    if child.stdin is not None:
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()
    return child


def _follow(
    child: subprocess.Popen[bytes],
    folder: Path,
    limits: IngestLimits,
    on_progress: Callable[[int], None],
    should_stop: Callable[[], bool],
    stderr: IO[bytes],
) -> IngestResult:
    deadline = time.monotonic() + limits.wall_seconds
    for line in _lines(child):
        if should_stop():
            raise CancelledError
        if time.monotonic() > deadline:
            raise DecodeTimeoutError
        if "decoded_ms" in line:
            on_progress(line["decoded_ms"])
        if "result" in line:
            return IngestResult.from_json(line["result"], folder)
        if "error" in line:
            raise error_from_wire(**line["error"])
    raise _explain_exit(child, stderr)


def _lines(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what the child says, and an empty message whenever it says nothing for a moment."""
    if child.stdout is None:
        return
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(POLL_SECONDS):
                yield {}
                continue
            read = os.read(child.stdout.fileno(), READ_BYTES)
            if not read:
                return
            *complete, waiting = (waiting + read).split(b"\n")
            for line in complete:
                yield json.loads(line)


def _explain_exit(child: subprocess.Popen[bytes], stderr: IO[bytes]) -> Exception:
    """The error for a child that ended without an answer."""
    status = child.wait(EXIT_SECONDS)
    if status == -signal.SIGXCPU:
        return DecodeTimeoutError()
    size = stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, size - STDERR_BYTES))
    logger.error(
        "The ingest process ended with status %s: %s", status, stderr.read().decode(errors="replace")
    )
    return DecodeCrashedError(detail={"status": status})


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no process behind: the child leads its own group."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(EXIT_SECONDS)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
