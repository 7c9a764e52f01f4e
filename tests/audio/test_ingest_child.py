from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transcripts.audio.limits import IngestLimits

from .recordings import silence, tone, write_media

ROOT = Path(__file__).parents[2]


def talk(source: Path, folder: Path, **changes: Any) -> tuple[int, list[dict[str, Any]]]:
    folder.mkdir(exist_ok=True)
    request = {
        "source": str(source),
        "folder": str(folder),
        "chunk_seconds": 600,
        "limits": asdict(IngestLimits()),
        "parent_pid": os.getpid(),
    } | changes
    done = subprocess.run(
        [sys.executable, "-m", "transcripts.audio.ingest_child"],
        input=json.dumps(request) + "\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_it_works(tmp_path: Path) -> None:
    status, lines = talk(write_media(tmp_path / "a.flac", tone(2), "flac"), tmp_path / "out")
    assert status == 0
    assert lines[0] == {"decoded_ms": 2000}
    assert lines[-1]["result"]["duration_ms"] == 2000
    assert lines[-1]["result"]["chunks"][0]["path"] == "chunks/0000.flac"


def test_errors_are_answers(tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"hello")
    status, lines = talk(source, tmp_path / "out")
    assert status == 0
    assert lines[-1]["error"]["code"] == "not_media"
    assert talk(tmp_path / "gone.mp3", tmp_path / "out")[1][-1]["error"]["code"] == "source_missing"


def test_it_ends_without_its_parent(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.flac", silence(1), "flac")
    assert talk(source, tmp_path / "out", parent_pid=os.getpid() + 1) == (1, [])
