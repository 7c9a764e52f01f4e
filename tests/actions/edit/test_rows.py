"""Rows that differ from their document are found and written anew."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from transcripts.actions.edit.rows import rows_equal_document, write_rows_anew
from transcripts.models import Segment, Speaker, Transcript


def test_it_works(transcript: Transcript) -> None:
    before = {row.key: (row.text, row.words, row.speaker_id) for row in transcript.segments.all()}
    assert write_rows_anew(transcript) is False
    Segment.objects.filter(key="line0").update(text="Wrong.", order=2**40)
    Segment.objects.filter(key="line1").delete()
    Segment.objects.create(transcript=transcript, key="ghost", start_ms=0, end_ms=1, text="Boo.")
    Speaker.objects.filter(label="speaker_2").update(name="Nobody")
    assert not rows_equal_document(transcript)
    assert write_rows_anew(transcript) is True
    assert rows_equal_document(transcript)
    assert {row.key: (row.text, row.words, row.speaker_id) for row in transcript.segments.all()} == before


def test_the_command_tells_and_mends(transcript: Transcript, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_documents")
    assert "0 with rows that differed" in capsys.readouterr().out
    Segment.objects.filter(key="line0").update(text="Wrong.")
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_documents")
    call_command("check_documents", "--mend", transcript.code)
    assert f"{transcript.code} differs, written anew" in capsys.readouterr().out
    assert rows_equal_document(transcript)
