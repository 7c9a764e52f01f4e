from __future__ import annotations

from transcripts.subtitles.cue import Cue
from transcripts.timing.words import Word


def test_it_works() -> None:
    cue = Cue(0, 1000, "Anna", ("Hello",), (Word(0, 1000, "Hello"),))
    assert cue.lines == ("Hello",)
