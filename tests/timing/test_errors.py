from __future__ import annotations

from transcripts.errors import VoxwebError
from transcripts.timing.errors import TimingError, WordTableInvalid


def test_it_works() -> None:
    assert issubclass(TimingError, VoxwebError)
    error = WordTableInvalid(detail={"row": 2})
    assert (error.code, error.retryable, error.detail) == ("word_table_invalid", False, {"row": 2})
    assert "text is kept" in error.message
