"""A whole voxweb whose built-in engine is reached through the measuring proxy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.engine.engine_process import started_engine
from tests.stack import Stack

from .live_rig import module_running, quiet_stack
from .proxy_notes import HeardSession, read_notes

PROCESSES = 2


@dataclass(frozen=True)
class MeasuredStack:
    stack: Stack
    notes: Path

    def sessions(self) -> list[HeardSession]:
        """What the engine heard and said so far."""
        return read_notes(self.notes)


@contextmanager
def measured_stack() -> Iterator[MeasuredStack]:
    """The engine is started beside the stack, as a speech service of one's own would be."""
    with tempfile.TemporaryDirectory(prefix="voxweb-engine-") as name:
        folder = Path(name)
        with started_engine(folder / "engine", "--processes", str(PROCESSES)) as engine:
            arguments = (engine.url.rsplit(":", 1)[-1], str(folder / "notes"))
            with module_running("measuring_proxy", *arguments) as (port, _pid):
                settings = {"MISTRAL_API_KEY": "", "VOXWEB_SPEECH_URL": f"http://127.0.0.1:{port}"}
                with quiet_stack(**settings) as stack:
                    yield MeasuredStack(stack, folder / "notes")


def load_average() -> str:
    """For beside a figure: other work on the machine makes it worse."""
    minute, five, _ = os.getloadavg()
    return f"load average {minute:.1f} (5 min {five:.1f}) on {os.cpu_count()} cores"
