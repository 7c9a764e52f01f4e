from __future__ import annotations

import errno

import pytest

from transcripts.capture.errors import (
    CaptureError,
    DiskFullError,
    FrameInvalidError,
    TakeBusyError,
    TakeWriteError,
    write_error,
)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_it_works(number: int) -> None:
    error = write_error(OSError(number, "no room"))
    assert isinstance(error, DiskFullError)
    assert error.code == "disk_full"


def test_everything_else_is_a_failed_write() -> None:
    assert type(write_error(OSError(errno.EIO, "/secret/path"))) is TakeWriteError


def test_codes_are_unique_and_sentences_hold_no_paths() -> None:
    classes = (CaptureError, FrameInvalidError, TakeBusyError, DiskFullError, TakeWriteError)
    assert len({each.code for each in classes}) == len(classes)
    assert all("/" not in each().message for each in classes)
