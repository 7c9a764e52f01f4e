"""What can be wrong with word times."""

from __future__ import annotations

from typing import ClassVar

from transcripts.errors import VoxwebError


class TimingError(VoxwebError):
    """The root of this room's errors."""

    code: ClassVar[str] = "word_times_failed"
    message = "The word times could not be worked out. The text is kept; please try again."


class WordTableInvalid(TimingError):
    """A word table is not in the stored form, or its times break the rules of ``words.check``."""

    code: ClassVar[str] = "word_table_invalid"
    message = "The word times of this segment are damaged. The text is kept; its times can be made anew."
