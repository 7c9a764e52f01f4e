from __future__ import annotations

import dataclasses

import pytest

from tests.subtitles.examples import INTERVIEW
from transcripts.subtitles.document import ExportSegment


def test_it_works() -> None:
    assert [segment.speaker for segment in INTERVIEW.segments] == ["Anna", "Bert", "Anna", "Anna"]
    assert ExportSegment(0, 1, None, "x").words == ()


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        INTERVIEW.title = "other"  # type: ignore[misc]
