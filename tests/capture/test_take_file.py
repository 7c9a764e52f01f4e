from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.capture.errors import DiskFullError, TakeBusyError, TakeWriteError
from transcripts.capture.take_file import RECENT_BYTES, TakeFile, _claim

ROOT = Path(__file__).parents[2]
HOLD = (
    "import sys, time; from pathlib import Path; from transcripts.capture.take_file import TakeFile;"
    "held = TakeFile(Path(sys.argv[1])); print(flush=True); time.sleep(60)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "media" / "abc" / "take.pcm"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the file open."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def flush(file: TakeFile) -> None:
    file.write(file.take_pending())


def noise(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def test_it_works(path: Path) -> None:
    sound = noise(9600)
    file = TakeFile(path)
    assert file.accept(0, sound[:3200])
    assert file.accept(3200, sound[3200:6400])
    assert (file.received, file.written, file.durable) == (6400, 0, 0)
    flush(file)
    assert (file.received, file.written, file.durable) == (6400, 6400, 0)
    file.sync()
    assert file.durable == 6400
    file.accept(6400, sound[6400:])
    file.close()
    assert (file.received, file.written, file.durable) == (9600, 9600, 9600)
    assert path.read_bytes() == sound
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_take_goes_on_where_its_file_ends(path: Path) -> None:
    first = TakeFile(path)
    first.accept(0, b"abcd")
    first.close()
    again = TakeFile(path)
    assert (again.received, again.written, again.durable) == (4, 4, 4)
    assert not again.accept(6, b"gh")
    assert again.accept(2, b"cdef")
    again.close()
    again.close()
    assert path.read_bytes() == b"abcdef"


def test_a_resend_changes_nothing(path: Path) -> None:
    file = TakeFile(path)
    for _ in range(3):
        assert file.accept(0, b"abcdef")
    assert file.accept(2, b"cd")
    file.close()
    assert path.read_bytes() == b"abcdef"


def test_half_a_sample_at_the_end_is_cut_off(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"abcde")
    file = TakeFile(path)
    assert file.received == 4
    assert path.read_bytes() == b"abcd"
    file.close()


pieces = some.lists(
    some.tuples(some.integers(-400, 400), some.integers(0, 700), some.booleans()), min_size=1, max_size=60
)


@given(pieces, some.integers(0, 2**32))
def test_any_overlap_gap_and_split_gives_the_sent_bytes(
    steps: list[tuple[int, int, bool]], seed: int
) -> None:
    """Offsets are drawn around the right one, in samples; each flag says whether a flush follows."""
    sound = noise(2 * 60 * 700 + 2 * 400, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take.pcm"
        file = TakeFile(path)
        for shift, samples, should_flush in steps:
            offset = max(0, file.received + 2 * shift)
            before, end = file.received, offset + 2 * samples
            taken = file.accept(offset, sound[offset:end])
            assert taken == (offset <= before)
            assert file.received == (max(before, end) if taken else before)
            if should_flush:
                flush(file)
            agrees(file, sound)
        received = file.received
        file.close()
        assert path.read_bytes() == sound[:received]


def agrees(file: TakeFile, sound: bytes) -> None:
    """What memory and disk give is the sound; what is not on disk is in memory."""
    marks = [0, file.written // 2, max(0, file.written - 400), file.written, file.received]
    for start, end in pairwise(sorted(marks)):
        recent = file.recent(start, end - start)
        assert recent in {None, sound[start:end]}
        assert recent is not None or start < file.written
        assert file.read(start, end - start) == sound[start : min(end, file.written)]
    assert file.recent(file.received, 100) == b""
    assert file.read(file.written, 100) == b""


def test_memory_holds_the_last_half_second_and_not_much_more(path: Path) -> None:
    file = TakeFile(path)
    for number in range(100):
        file.accept(3200 * number, noise(3200, number))
        flush(file)
        newest = file.received
        assert file.recent(max(0, newest - RECENT_BYTES), 3200) is not None
        assert file.recent(newest - 2 * RECENT_BYTES - 2, 3200) is None or newest < 2 * RECENT_BYTES
    assert file.recent(0, 3200) is None
    assert file.read(0, 3200) == noise(3200, 0)
    file.close()


def test_what_is_not_written_stays_in_memory_however_much_it_is(path: Path) -> None:
    sound = noise(40 * 3200)
    file = TakeFile(path)
    for offset in range(0, len(sound), 3200):
        file.accept(offset, sound[offset : offset + 3200])
    assert file.recent(0, len(sound)) == sound
    assert file.read(0, len(sound)) == b""
    flush(file)
    file.accept(len(sound), b"....")
    assert file.recent(0, 3200) is None
    file.close()


def test_nothing_is_read_from_a_closed_file(path: Path) -> None:
    file = TakeFile(path)
    file.accept(0, b"abcd")
    file.close()
    assert file.read(0, 4) == b""


def test_one_file_has_one_writer(path: Path) -> None:
    file = TakeFile(path)
    with pytest.raises(TakeBusyError):
        TakeFile(path)
    assert file.accept(0, b"abcd")
    file.close()
    TakeFile(path).close()


def test_a_second_process_is_refused_until_the_first_is_killed(
    path: Path, holder: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(TakeBusyError):
        TakeFile(path)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    TakeFile(path).close()


def test_a_file_removed_between_opening_and_locking_is_not_written(path: Path) -> None:
    path.parent.mkdir(parents=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    path.unlink()
    try:
        with pytest.raises(TakeBusyError):
            _claim(descriptor, path)
    finally:
        os.close(descriptor)
    TakeFile(path).close()


def test_a_refused_opening_leaves_nothing_open(path: Path) -> None:
    file = TakeFile(path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(TakeBusyError):
        TakeFile(path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    file.close()


def test_started_programs_do_not_inherit_the_lock(path: Path) -> None:
    file = TakeFile(path)
    with subprocess.Popen(["sleep", "60"], close_fds=False) as child:
        file.close()
        TakeFile(path).close()
        child.kill()


def test_a_folder_that_cannot_be_made_is_a_failed_write(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file")
    with pytest.raises(TakeWriteError):
        TakeFile(tmp_path / "taken" / "take.pcm")


def test_a_full_disk_gives_back_what_it_did_not_take(
    path: Path, make_full: Callable[[int | None], None]
) -> None:
    sound = noise(10_000)
    file = TakeFile(path)
    file.accept(0, sound[:4000])
    flush(file)
    make_full(5001)
    try:
        file.accept(4000, sound[4000:8000])
        with pytest.raises(DiskFullError):
            flush(file)
    finally:
        make_full(None)
    assert (file.received, file.written) == (8000, 5000)
    file.roll_back()
    assert (file.received, file.written) == (5000, 5000)
    agrees(file, sound)
    assert not file.accept(8000, sound[8000:])
    assert file.accept(5000, sound[5000:])
    file.close()
    assert path.read_bytes() == sound


def test_closing_on_a_full_disk_lets_the_file_go(path: Path, make_full: Callable[[int | None], None]) -> None:
    file = TakeFile(path)
    file.accept(0, b"abcdef")
    make_full(3)
    try:
        with pytest.raises(DiskFullError):
            file.close()
    finally:
        make_full(None)
    again = TakeFile(path)
    assert again.received == 2
    again.close()


def test_a_failed_sync_takes_back_what_was_only_written(path: Path) -> None:
    sound = noise(60_000)
    file = TakeFile(path)
    file.accept(0, sound[:20_000])
    flush(file)
    file.sync()
    file.accept(20_000, sound[20_000:40_000])
    flush(file)
    file.accept(40_000, sound[40_000:])
    file.distrust()
    assert (file.received, file.written, file.durable) == (20_000, 20_000, 20_000)
    agrees(file, sound)
    assert file.accept(0, sound)
    file.close()
    assert path.read_bytes() == sound


def test_a_hole_is_never_closed_over(path: Path) -> None:
    file = TakeFile(path)
    file.accept(0, b"abcd")
    file.take_pending()
    file.accept(4, b"efgh")
    with pytest.raises(TakeWriteError):
        file.close()
    assert path.read_bytes() == b""
    with path.open("rb") as again:
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
