from __future__ import annotations

import pytest

from transcripts.audio import errors
from transcripts.audio.errors import AudioError, DiskFullError, error_from_wire

CLASSES = [cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, AudioError)]


def test_it_works() -> None:
    error = error_from_wire("disk_full", "No space.", {"free_bytes": 0})
    assert type(error) is DiskFullError
    assert (error.message, error.detail, error.retryable) == ("No space.", {"free_bytes": 0}, True)


def test_unknown_code_is_still_an_audio_error() -> None:
    assert type(error_from_wire("from_a_newer_version")) is AudioError


def test_codes_are_unique() -> None:
    assert len({cls.code for cls in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.code)
def test_every_cause_crosses_the_process_boundary_and_says_what_to_do(cls: type[AudioError]) -> None:
    assert type(error_from_wire(cls.code)) is cls
    assert cls.message.endswith(".")
    assert any(word in cls.message.lower() for word in ("please", "kept", "try again"))
