from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from transcripts.audio.errors import (
    CancelledError,
    DecodeCrashedError,
    DecodeMemoryError,
    DecodeTimeoutError,
)
from transcripts.audio.ingest import CHILD_MODULE, IngestLimits, ingest

from .recordings import (
    noise,
    run,
    silence,
    tone,
    write_media,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A file that takes seconds: ten minutes that need an AAC copy."""
    return write_media(tmp_path / "slow.aiff", np.tile(noise(30), 20), "pcm_s16be", container="aiff")


def children() -> list[int]:
    """Our decoding processes: other tests of the same run may have children (or their remains) too."""
    tasks = Path("/proc/self/task").iterdir()
    every = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return [pid for pid in every if decodes(pid)]


def decodes(pid: int) -> bool:
    try:
        return CHILD_MODULE.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(pid: int) -> bool:
    for _ in range(200):
        if is_gone(pid):
            return True
        time.sleep(0.05)
    return False


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_it_works(tmp_path: Path, slow: Path) -> None:
    seen: list[int] = []

    def look(decoded_ms: int) -> None:
        seen.extend(children())

    result = ingest(
        slow,
        tmp_path / "out",
        limits=IngestLimits(),
        chunk_seconds=600,
        on_progress=look,
        should_stop=lambda: False,
    )
    assert result.duration_ms == 600_000
    assert len(set(seen)) == 1
    assert is_gone(seen[0])


def test_wall_clock_and_cpu_are_limited(tmp_path: Path, slow: Path) -> None:
    with pytest.raises(DecodeTimeoutError):
        run(slow, tmp_path / "out", wall_seconds=0.3)
    with pytest.raises(DecodeTimeoutError):
        run(slow, tmp_path / "out", cpu_seconds=1)
    assert leftovers(tmp_path / "out") == []


def test_memory_is_limited(tmp_path: Path, slow: Path) -> None:
    with pytest.raises((DecodeMemoryError, DecodeCrashedError)):
        run(slow, tmp_path / "out", memory_bytes=50 * 1024**2)


def test_it_stops_when_asked(tmp_path: Path, slow: Path) -> None:
    pids: list[int] = []

    def stop() -> bool:
        pids.extend(children())
        return (tmp_path / "out").exists() and len(pids) > 3

    with pytest.raises(CancelledError):
        ingest(
            slow,
            tmp_path / "out",
            limits=IngestLimits(),
            chunk_seconds=600,
            on_progress=lambda decoded_ms: None,
            should_stop=stop,
        )
    assert is_gone(pids[0])
    assert leftovers(tmp_path / "out") == []


def test_an_error_of_the_caller_ends_the_child(tmp_path: Path, slow: Path) -> None:
    pids: list[int] = []

    def lose_the_lease(decoded_ms: int) -> None:
        pids.extend(children())
        raise RuntimeError("lease lost")

    with pytest.raises(RuntimeError, match="lease lost"):
        ingest(
            slow,
            tmp_path / "out",
            limits=IngestLimits(),
            chunk_seconds=600,
            on_progress=lose_the_lease,
            should_stop=lambda: False,
        )
    assert pids
    assert is_gone(pids[0])


def test_a_killed_child_can_be_tried_again(tmp_path: Path, slow: Path) -> None:
    def kill(decoded_ms: int) -> None:
        os.kill(children()[0], signal.SIGKILL)

    with pytest.raises(DecodeCrashedError) as failure:
        ingest(
            slow,
            tmp_path / "out",
            limits=IngestLimits(),
            chunk_seconds=600,
            on_progress=kill,
            should_stop=lambda: False,
        )
    assert failure.value.retryable
    assert failure.value.detail == {"status": -signal.SIGKILL}
    assert leftovers(tmp_path / "out") == []


def test_the_child_dies_with_a_killed_worker(tmp_path: Path, slow: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from transcripts.audio.ingest import CHILD_MODULE, IngestLimits, ingest
def tell(decoded_ms):
    print(Path("/proc/self/task/%d/children" % __import__("os").getpid()).read_text(), flush=True)
ingest(Path({str(slow)!r}), Path({str(tmp_path / "out")!r}), limits=IngestLimits(), chunk_seconds=600,
       on_progress=tell, should_stop=lambda: False)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        child = int(worker.stdout.readline())
        worker.kill()
    assert wait_until_gone(child)
    short = write_media(tmp_path / "short.flac", tone(1), "flac")
    assert run(short, tmp_path / "out").duration_ms == 1000
    assert not any(name.startswith(".ingest-") for name in leftovers(tmp_path / "out"))


def test_memory_is_flat_over_long_silence(tmp_path: Path) -> None:
    def peak_kilobytes(minutes: int) -> int:
        source = write_media(tmp_path / f"{minutes}.flac", silence(60 * minutes), "flac")
        code = f"""
import resource, tempfile
from pathlib import Path
from transcripts.audio.ingest_run import run_ingest
from transcripts.audio.limits import IngestLimits
with tempfile.TemporaryDirectory() as folder:
    run_ingest(Path({str(source)!r}), Path(folder), 120, IngestLimits(), lambda decoded_ms: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
        )
        return int(done.stdout)

    assert peak_kilobytes(20) < peak_kilobytes(4) + 12_000


def test_secrets_stay_out_of_the_child(tmp_path: Path, slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", "not-for-hostile-files")
    environments: list[bytes] = []

    def look(decoded_ms: int) -> None:
        environments.append(Path(f"/proc/{children()[0]}/environ").read_bytes())
        raise RuntimeError("seen")

    with pytest.raises(RuntimeError, match="seen"):
        ingest(
            slow,
            tmp_path / "out",
            limits=IngestLimits(),
            chunk_seconds=600,
            on_progress=look,
            should_stop=lambda: False,
        )
    assert b"not-for-hostile-files" not in environments[0]
