from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from transcripts.fetch.errors import DiskFullError, UrlTooLargeError
from transcripts.fetch.growing_file import GrowingFile
from transcripts.fetch.limits import FetchLimits

LIMITS = FetchLimits(max_bytes=10, spare_bytes=0)


def test_it_works(target: Path) -> None:
    with GrowingFile(target, LIMITS) as file:
        file.append(b"wrong")
        file.start_over()
        file.append(b"hello")
        file.append(b"")
        file.append(b"world")
        file.settle()
        assert (file.size_bytes, file.sha256) == (10, hashlib.sha256(b"helloworld").hexdigest())
    assert target.read_bytes() == b"helloworld"


def test_too_much_is_refused_before_it_is_written(target: Path) -> None:
    with GrowingFile(target, LIMITS) as file:
        file.append(b"hello")
        with pytest.raises(UrlTooLargeError) as refused:
            file.append(b"world!")
        with pytest.raises(UrlTooLargeError):
            file.check_room(11)
        file.check_room(10)
    assert refused.value.detail == {"max_bytes": 10}
    assert target.read_bytes() == b"hello"


def test_room_for_other_work_is_left(target: Path) -> None:
    free_bytes = shutil.disk_usage(target.parent).free
    with GrowingFile(target, FetchLimits(max_bytes=2**60, spare_bytes=2**50)) as file:
        with pytest.raises(DiskFullError) as refused:
            file.check_room(0)
        assert refused.value.retryable
    with GrowingFile(target, FetchLimits(max_bytes=2**60, spare_bytes=0)) as file:
        file.check_room(min(1, free_bytes))
        with pytest.raises(DiskFullError):
            file.check_room(2**59)


def test_a_full_disk_is_told(target: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    target.symlink_to(full)
    with pytest.raises((DiskFullError, OSError)) as failed, GrowingFile(target, LIMITS) as file:
        file.append(b"hello")
    assert failed.value.__class__ is DiskFullError
