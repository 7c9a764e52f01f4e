"""`python -m transcripts.engine.analysis_child '{...}'`: decodes one file and finds speech and speakers.

Runs in its own process with CPU and memory limits, so that a hostile file can neither crash nor starve the
engine, and ends when its standard input closes. Answers are JSON lines: `decoded`, `regions`, `turns` or
`error`.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from transcripts.engine import errors, voice_activity
from transcripts.engine.cut import cap_regions
from transcripts.engine.decode import decode_to_pcm
from transcripts.engine.diarize import diarize
from transcripts.engine.pcm import Pcm

_CPU_SECONDS = 1800
_MEMORY_BYTES = 4 * 2**30


def main(arguments: list[str]) -> None:
    """The one argument is an analysis order as JSON; see ``AnalysisOrder``."""
    _limit()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _analyse(json.loads(arguments[0]))
    except errors.EngineError as error:
        _tell("error", code=error.code, message=error.message)
    except MemoryError:
        _tell("error", code=errors.AnalysisFailed.code, message=errors.AnalysisFailed.message)


def _analyse(order: dict[str, Any]) -> None:
    pcm_path = Path(order["pcm"])
    with pcm_path.open("wb") as target:
        decoded = decode_to_pcm(Path(order["source"]), target, order["longest_seconds"])
    _tell("decoded", samples=decoded.samples, bad_packets=decoded.bad_packets)
    pcm: Pcm = np.memmap(pcm_path, np.int16, "r")
    frames = voice_activity.speech_frames(pcm)
    regions = voice_activity.speech_regions(frames, len(pcm), voice_activity.FOR_RECOGNITION)
    _tell("regions", regions=cap_regions(pcm, regions))
    if order["diarize"]:
        turns = diarize(pcm, order["speaker_count"], frames)
        _tell("turns", turns=[dataclasses.astuple(turn) for turn in turns])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    # Not sys.stdin: its lock would be held by this thread when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(1)


def _tell(event: str, **values: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **values}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
