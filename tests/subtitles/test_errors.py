from __future__ import annotations

from transcripts.errors import VoxwebError
from transcripts.subtitles.errors import ExportError, ExportFormatUnknown, SubtitleProfileUnknown


def test_it_works() -> None:
    assert issubclass(ExportError, VoxwebError)
    assert ExportFormatUnknown().code == "export_format_unknown"
    assert SubtitleProfileUnknown().code == "subtitle_profile_unknown"
