"""The process that touches uploaded files: one JSON request on stdin, JSON lines on stdout.

Request: ``source``, ``folder``, ``chunk_seconds``, ``limits``, ``parent_pid``. Lines: ``{"decoded_ms": n}``
while decoding, then one of ``{"result": {...}}`` and ``{"error": {"code", "message", "detail"}}``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

import av.logging

from ..errors import is_disk_full
from .errors import AudioError, DecodeMemoryError, DiskFullError, SourceMissingError
from .ingest_run import run_ingest
from .limits import IngestLimits, die_with_parent, enforce, exit_if_orphaned

PROGRESS_SECONDS = 0.2


class Reporter:
    """Writes the lines; progress at most five times a second."""

    def __init__(self, stream: TextIO, parent_pid: int) -> None:
        self._stream = stream
        self._parent_pid = parent_pid
        self._reported_at = 0.0

    def progress(self, decoded_ms: int) -> None:
        exit_if_orphaned(self._parent_pid)
        now = time.monotonic()
        if now - self._reported_at >= PROGRESS_SECONDS:
            self._reported_at = now
            self.line({"decoded_ms": decoded_ms})

    def line(self, message: dict[str, Any]) -> None:
        self._stream.write(json.dumps(message) + "\n")
        self._stream.flush()


def main() -> None:
    """Serve the one request. What is not expected ends the process with a traceback on stderr."""
    stream = _claim_stdout()
    request = json.loads(sys.stdin.readline())
    limits, folder = IngestLimits(**request["limits"]), Path(request["folder"])
    die_with_parent(request["parent_pid"])
    enforce(limits)
    reporter = Reporter(stream, request["parent_pid"])
    try:
        result = run_ingest(
            Path(request["source"]), folder, request["chunk_seconds"], limits, reporter.progress
        )
    except (AudioError, MemoryError, OSError) as failure:
        error = _as_audio_error(failure)
        reporter.line({"error": {"code": error.code, "message": error.message, "detail": error.detail}})
    else:
        reporter.line({"result": result.to_json(folder)})


def _claim_stdout() -> TextIO:
    """Keep the pipe for our lines alone: whatever else prints goes to stderr."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    av.logging.set_level(None)
    return stream


def _as_audio_error(failure: Exception) -> AudioError:
    if isinstance(failure, AudioError):
        return failure
    if isinstance(failure, MemoryError):
        return DecodeMemoryError()
    if is_disk_full(failure):
        return DiskFullError()
    if isinstance(failure, FileNotFoundError):
        return SourceMissingError()
    raise failure


if __name__ == "__main__":
    main()
