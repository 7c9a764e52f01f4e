from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from transcripts.capture.errors import CaptureError, DiskFullError, TakeWriteError
from transcripts.capture.flusher import Flusher
from transcripts.capture.take_file import TakeFile

from .writing_child import sound

ROOT = Path(__file__).parents[2]
QUICK = {"flush_seconds": 0.005, "sync_seconds": 0.02}


class Told:
    """What the callbacks were given."""

    def __init__(self) -> None:
        self.flushes: list[list[tuple[TakeFile, int, int]]] = []
        self.failures: list[tuple[TakeFile, str]] = []
        self.threads: set[int] = set()

    def flushed(self, files: Sequence[TakeFile]) -> None:
        self.threads.add(threading.get_ident())
        self.flushes.append([(file, file.written, file.durable) for file in files])

    def failed(self, file: TakeFile, error: CaptureError) -> None:
        self.threads.add(threading.get_ident())
        self.failures.append((file, error.code))


@pytest.fixture
def told() -> Told:
    return Told()


@asynccontextmanager
async def running(flusher: Flusher) -> AsyncIterator[Flusher]:
    task = asyncio.ensure_future(flusher.run())
    try:
        yield flusher
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if condition():
            return
        await asyncio.sleep(0.002)
    raise TimeoutError


class BrokenFile(TakeFile):
    """A file on a disk that fails on wish."""

    write_fails = sync_fails = False
    is_writing = False
    slow_seconds = 0.0

    def write(self, pieces: Sequence[bytes]) -> None:
        self.is_writing = True
        time.sleep(self.slow_seconds)
        if self.write_fails:
            raise TakeWriteError
        super().write(pieces)

    def sync(self) -> None:
        if self.sync_fails:
            raise TakeWriteError
        super().sync()


async def test_it_works(tmp_path: Path, told: Told) -> None:
    pcm = sound(1)[:320_000]
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        file = TakeFile(tmp_path / "take.pcm")
        flusher.adopt(file)
        for offset in range(0, len(pcm), 3200):
            file.accept(offset, pcm[offset : offset + 3200])
            await asyncio.sleep(0.001)
        await until(lambda: file.durable == len(pcm))
        await flusher.release(file)
    assert file.path.read_bytes() == pcm
    assert told.threads == {threading.get_ident()}
    written = [one for flush in told.flushes for _, one, _ in flush]
    assert written == sorted(written)
    assert not told.failures
    TakeFile(file.path).close()


async def test_the_last_durable_is_told_although_nothing_more_is_written(tmp_path: Path, told: Told) -> None:
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        file = TakeFile(tmp_path / "take.pcm")
        flusher.adopt(file)
        file.accept(0, b"abcd")
        await until(lambda: bool(told.flushes) and told.flushes[-1] == [(file, 4, 4)])
        count = len(told.flushes)
        await asyncio.sleep(0.1)
        assert len(told.flushes) == count
        await flusher.release(file)


async def test_many_files_are_written_in_one_hop(tmp_path: Path, told: Told) -> None:
    async with running(Flusher(told.flushed, told.failed, flush_seconds=0.1, sync_seconds=60)) as flusher:
        files = [TakeFile(tmp_path / str(number) / "take.pcm") for number in range(40)]
        for file in files:
            flusher.adopt(file)
            file.accept(0, file.path.parent.name.encode() * 2)
        await until(lambda: bool(told.flushes))
        assert [file for file, _, _ in told.flushes[0]] == files
        await asyncio.gather(*map(flusher.release, files))
    for file in files:
        assert file.path.read_bytes() == file.path.parent.name.encode() * 2


async def test_release_leaves_a_synced_closed_file(tmp_path: Path, told: Told) -> None:
    flusher = Flusher(told.flushed, told.failed)
    file = TakeFile(tmp_path / "take.pcm")
    flusher.adopt(file)
    file.accept(0, b"abcdef")
    await flusher.release(file)
    assert (file.written, file.durable) == (6, 6)
    assert file.path.read_bytes() == b"abcdef"
    assert file.read(0, 6) == b""
    TakeFile(file.path).close()


async def test_releasing_goes_on_when_its_caller_is_cancelled(tmp_path: Path, told: Told) -> None:
    flusher = Flusher(told.flushed, told.failed)
    file = BrokenFile(tmp_path / "take.pcm")
    file.slow_seconds = 0.1
    flusher.adopt(file)
    file.accept(0, b"abcdef")
    releasing = asyncio.ensure_future(flusher.release(file))
    await asyncio.sleep(0.02)
    releasing.cancel()
    await asyncio.gather(releasing, return_exceptions=True)
    assert releasing.cancelled()
    await until(lambda: file.durable == 6)
    await until(lambda: file.read(0, 6) == b"")
    TakeFile(file.path).close()


async def test_a_flush_goes_on_when_the_flusher_is_stopped(tmp_path: Path, told: Told) -> None:
    flusher = Flusher(told.flushed, told.failed, **QUICK)
    file = BrokenFile(tmp_path / "take.pcm")
    file.slow_seconds = 0.1
    async with running(flusher):
        flusher.adopt(file)
        file.accept(0, b"abcd")
        await until(lambda: file.is_writing)
    file.accept(4, b"efgh")
    await flusher.release(file)
    assert file.path.read_bytes() == b"abcdefgh"


async def test_a_full_disk_is_told_and_the_take_goes_on_when_there_is_space(
    tmp_path: Path, told: Told, make_full: Callable[[int | None], None]
) -> None:
    pcm = sound(2)[:200_000]
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        file = TakeFile(tmp_path / "take.pcm")
        flusher.adopt(file)
        file.accept(0, pcm[:50_000])
        await until(lambda: file.written == 50_000)
        make_full(60_001)
        try:
            file.accept(50_000, pcm[50_000:100_000])
            await until(lambda: bool(told.failures))
        finally:
            make_full(None)
        assert told.failures == [(file, DiskFullError.code)]
        assert (file.received, file.written) == (60_000, 60_000)
        assert not file.accept(100_000, pcm[100_000:])
        assert file.accept(60_000, pcm[60_000:])
        await until(lambda: file.written == len(pcm))
        await flusher.release(file)
    assert file.path.read_bytes() == pcm


async def test_releasing_on_a_full_disk_says_so(
    tmp_path: Path, told: Told, make_full: Callable[[int | None], None]
) -> None:
    flusher = Flusher(told.flushed, told.failed)
    file = TakeFile(tmp_path / "take.pcm")
    flusher.adopt(file)
    file.accept(0, bytes(1000))
    make_full(500)
    try:
        with pytest.raises(DiskFullError):
            await flusher.release(file)
    finally:
        make_full(None)
    assert file.written == 500
    TakeFile(file.path).close()


async def test_releasing_says_when_the_flush_before_it_failed(tmp_path: Path, told: Told) -> None:
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        file = BrokenFile(tmp_path / "take.pcm")
        file.slow_seconds, file.write_fails = 0.1, True
        flusher.adopt(file)
        file.accept(0, b"abcd")
        await until(lambda: file.is_writing)
        with pytest.raises(TakeWriteError):
            await flusher.release(file)
    assert told.failures == [(file, TakeWriteError.code)]


async def test_a_failed_sync_rolls_back_to_what_is_durable(tmp_path: Path, told: Told) -> None:
    pcm = sound(3)[:90_000]
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        file = BrokenFile(tmp_path / "take.pcm")
        flusher.adopt(file)
        file.accept(0, pcm[:30_000])
        await until(lambda: file.durable == 30_000)
        file.sync_fails = True
        file.accept(30_000, pcm[30_000:60_000])
        await until(lambda: bool(told.failures))
        assert file.received == file.written == file.durable == 30_000
        file.sync_fails = False
        assert file.accept(30_000, pcm[30_000:])
        await until(lambda: file.durable == len(pcm))
        await flusher.release(file)
    assert file.path.read_bytes() == pcm


async def test_one_broken_file_keeps_no_other_from_the_disk(tmp_path: Path, told: Told) -> None:
    async with running(Flusher(told.flushed, told.failed, **QUICK)) as flusher:
        broken, whole = BrokenFile(tmp_path / "broken.pcm"), TakeFile(tmp_path / "whole.pcm")
        broken.write_fails = True
        for file in (broken, whole):
            flusher.adopt(file)
            file.accept(0, b"abcd")
        await until(lambda: whole.durable == 4 and bool(told.failures))
        assert broken.received == 0
        broken.write_fails = False
        await asyncio.gather(flusher.release(broken), flusher.release(whole))


async def test_a_mistake_in_a_callback_does_not_stop_the_writing(tmp_path: Path, told: Told) -> None:
    def mistaken(files: Sequence[TakeFile]) -> None:
        told.flushed(files)
        raise ValueError

    async with running(Flusher(mistaken, told.failed, **QUICK)) as flusher:
        file = TakeFile(tmp_path / "take.pcm")
        flusher.adopt(file)
        file.accept(0, b"abcd")
        await until(lambda: len(told.flushes) == 1)
        file.accept(4, b"efgh")
        await until(lambda: file.durable == 8)
        await flusher.release(file)


def test_killing_the_writer_loses_nothing_it_had_told(tmp_path: Path) -> None:
    path, dice = tmp_path / "take.pcm", random.Random(4)
    pcm, known = sound(5), 0
    for _ in range(5):
        command = [sys.executable, "-m", "tests.capture.writing_child", str(path), "5"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(dice.uniform(0.01, 0.15))
            os.kill(child.pid, signal.SIGKILL)
            lines = child.stdout.read().splitlines()
        told = [int(line.split()[1]) for line in lines if len(line.split()) == 3]
        known = max([known, *told])
        kept = path.read_bytes()
        assert len(kept) >= known
        assert kept == pcm[: len(kept)]
    assert known > 0
