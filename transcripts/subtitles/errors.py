"""Why an export cannot be made."""

from __future__ import annotations

from typing import ClassVar

from transcripts.errors import VoxwebError


class ExportError(VoxwebError):
    """The root of this room's errors."""

    code: ClassVar[str] = "export_failed"
    message = "The export could not be made. The transcript is unchanged; please try again."


class ExportFormatUnknown(ExportError):
    """The format asked for is not one that can be written."""

    code: ClassVar[str] = "export_format_unknown"
    message = "This export format does not exist. Choose srt, vtt, txt or json."


class SubtitleProfileUnknown(ExportError):
    """The profile asked for does not exist."""

    code: ClassVar[str] = "subtitle_profile_unknown"
    message = "This subtitle profile does not exist. Choose one of the profiles on the export page."
