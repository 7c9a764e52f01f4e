"""The foreground command as an operator meets it: a spoken file goes in, subtitles come out."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import srt

from tests.stack import Stack, running_stack

TEXT = "The weather is good today. We are going to the market in the morning."


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack() as running:
        yield running


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoken") / "weather report.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", str(path), TEXT], check=True)
    return path


def children_of(pid: int) -> set[int]:
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in found.splitlines())
    parents = {int(pid): int(parent) for pid, parent in pairs}
    family: set[int] = {pid}
    while True:
        more = {child for child, parent in parents.items() if parent in family} - family
        if not more:
            return family - {pid}
        family |= more


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


@pytest.mark.timeout(240)
def test_it_works(stack: Stack, spoken: Path) -> None:
    code = stack.upload(spoken)["code"]
    transcript = stack.wait(code, 120)
    assert transcript["state"] == "ready", transcript["job"]
    assert "morning" in " ".join(segment["text"] for segment in transcript["segments"]).lower()
    assert all(segment["words"] for segment in transcript["segments"])
    subtitles = stack.client.get(f"transcripts/{code}/export/srt")
    assert subtitles.status_code == 200
    cues = list(srt.parse(subtitles.text))
    assert cues and cues[-1].end.total_seconds() <= transcript["duration_ms"] / 1000 + 0.5
    media = stack.client.get(f"transcripts/{code}/media", headers={"Range": "bytes=0-3"})
    assert (media.status_code, media.content) == (206, b"RIFF")


@pytest.mark.timeout(240)
def test_the_same_file_again_offers_what_is_there(stack: Stack, spoken: Path) -> None:
    first = stack.upload(spoken)
    assert stack.upload(spoken)["code"] == first["code"]


@pytest.mark.timeout(240)
def test_rubbish_ends_in_a_sentence(stack: Stack, tmp_path: Path) -> None:
    fake = tmp_path / "notes.mp3"
    fake.write_text("These are only my shopping notes. " * 50)
    transcript = stack.wait(stack.upload(fake)["code"], 60)
    assert transcript["state"] == "failed"
    assert transcript["job"]["error"]["code"]
    assert transcript["job"]["error"]["message"].endswith(".")


@pytest.mark.timeout(240)
def test_an_anonymous_program_gets_nothing(stack: Stack) -> None:
    assert httpx.get(f"{stack.url}/api/v1/transcripts", timeout=30).status_code == 401


@pytest.mark.timeout(240)
def test_a_killed_parent_leaves_no_orphan_and_a_signal_stops_everything() -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with running_stack() as running:
            family = children_of(running.process.pid)
            assert len(family) >= 3
            os.kill(running.process.pid, number)
            running.process.wait(60)
            give_up = time.monotonic() + 30
            while any(map(alive, family)) and time.monotonic() < give_up:
                time.sleep(0.1)
            assert not [pid for pid in family if alive(pid)]
