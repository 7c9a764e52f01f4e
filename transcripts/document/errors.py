"""Why steps are refused."""

from __future__ import annotations

from typing import ClassVar

from ..errors import VoxwebError


class StepsRejectedError(VoxwebError):
    """The steps cannot become part of the document; nothing was changed."""

    code: ClassVar[str] = "bad_steps"
    message = "These changes do not fit the transcript and were not saved. Copy your text, then reload."


class BadTextError(StepsRejectedError):
    code: ClassVar[str] = "bad_text"
    message = "The text holds characters that cannot be kept (line breaks or control characters)."


class SegmentTextTooLongError(StepsRejectedError):
    code: ClassVar[str] = "segment_text_too_long"
    message = "One passage can hold 20,000 characters. It was not saved; shorten it and try again."


class TooManyStepsError(StepsRejectedError):
    code: ClassVar[str] = "too_large"
    message = "These are too many changes at once. They were not saved."


class OldSchemaError(StepsRejectedError):
    code: ClassVar[str] = "old_schema"
    message = "This page is older than the server. Reload it; what you wrote is kept on this device."
