from __future__ import annotations

import pytest

from tests.subtitles.examples import INTERVIEW
from transcripts.subtitles.errors import ExportFormatUnknown
from transcripts.subtitles.render import FORMATS, render


def test_it_works() -> None:
    assert FORMATS == ("srt", "vtt", "txt", "json")
    for name in FORMATS:
        rendered = render(INTERVIEW, name)
        assert rendered.extension == name
        assert "harbour was quiet" in rendered.content.decode("utf-8")
        assert not rendered.content.startswith(b"\xef\xbb\xbf")
    assert render(INTERVIEW, "vtt").media_type == "text/vtt; charset=utf-8"


@pytest.mark.parametrize("name", ["", "SRT", "docx", "../vtt"])
def test_an_unknown_format_is_refused(name: str) -> None:
    with pytest.raises(ExportFormatUnknown) as caught:
        render(INTERVIEW, name)
    assert caught.value.detail == {"formats": ["srt", "vtt", "txt", "json"]}


def test_names_can_be_left_out() -> None:
    for name in ("srt", "vtt", "txt"):
        assert b"Bert" not in render(INTERVIEW, name, speakers=False).content
