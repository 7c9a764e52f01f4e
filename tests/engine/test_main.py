"""The engine as a process: ready line, clean stop, and nothing left behind by a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np

from tests.engine.engine_process import ROOT, children_of, is_alive, started_engine
from tests.engine.spoken import write_wav
from transcripts.engine.pcm import Pcm


def wait_for_the_end(pids: list[int]) -> list[int]:
    deadline = time.monotonic() + 20
    while (left := [pid for pid in pids if is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def test_it_works(tmp_path: Path) -> None:
    with started_engine(tmp_path, "--processes", "1") as engine:
        assert httpx.get(f"{engine.url}/v1/models").status_code == 200
        processes = engine.recognisers()
        assert len(processes) == 2
    assert engine.process.returncode == 0
    assert wait_for_the_end(processes) == []


def test_a_killed_engine_leaves_no_process(tmp_path: Path, clip_pcm: Pcm) -> None:
    sound = write_wav(tmp_path / "long.wav", np.tile(clip_pcm, 20))
    with started_engine(tmp_path / "data", "--processes", "2") as engine, ThreadPoolExecutor(1) as threads:
        threads.submit(
            httpx.post,
            f"{engine.url}/v1/audio/transcriptions",
            data={"model": "voxweb-engine", "diarize": "true"},
            files={"file": sound.read_bytes()},
        )
        time.sleep(0.7)
        processes = [*children_of(engine.process.pid), *engine.recognisers()]
        assert len(processes) >= 3
        os.kill(engine.process.pid, signal.SIGKILL)
        assert wait_for_the_end(processes) == []


def test_a_killed_nursery_is_replaced(tmp_path: Path, clip: Path) -> None:
    with started_engine(tmp_path, "--processes", "1") as engine:
        os.kill(engine.recognisers()[0], signal.SIGKILL)
        reply = httpx.post(
            f"{engine.url}/v1/audio/transcriptions",
            data={"model": "voxweb-engine"},
            files={"file": clip.read_bytes()},
            timeout=100,
        )
        assert reply.status_code == 200 and reply.json()["text"]


def test_what_an_earlier_run_spooled_is_removed(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "left.upload").write_bytes(b"x")
    with started_engine(tmp_path, "--processes", "1"):
        assert list((tmp_path / "spool").iterdir()) == []


def test_bad_arguments_stop_the_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "transcripts.engine", "--data-dir", str(tmp_path), "--processes", "0"]
    result = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2 and "1 to 256" in result.stderr
