from __future__ import annotations

from transcripts.errors import is_disk_full


def test_only_want_of_space_is_a_full_disk() -> None:
    assert is_disk_full(OSError(28, "No space left on device"))
    assert not is_disk_full(OSError(5, "Input/output error"))
    assert not is_disk_full(ValueError())
