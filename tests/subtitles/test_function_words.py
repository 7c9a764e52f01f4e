from __future__ import annotations

from transcripts.subtitles.function_words import CONJUNCTIONS, LEANING


def test_it_works() -> None:
    assert "and" in CONJUNCTIONS["en"]
    assert "the" in LEANING["en"]
    assert CONJUNCTIONS.keys() == LEANING.keys()
