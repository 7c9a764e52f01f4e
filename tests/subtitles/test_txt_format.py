from __future__ import annotations

from hypothesis import given

from tests.subtitles.examples import INTERVIEW, document, segment
from tests.subtitles.strategies import documents, said
from transcripts.subtitles.document import Document
from transcripts.subtitles.txt_format import render_txt


def test_it_works() -> None:
    assert render_txt(INTERVIEW, speakers=True) == (
        "Harbour interview\n\n"
        "[00:00:00] Anna\nThe harbour was quiet that morning, and nobody expected what came next.\n\n"
        "[00:00:04] Bert\nAnd then the bell rang?\n\n"
        "[00:00:06] Anna\nYes. Everybody ran down to the water.\n"
    )


def test_speakers_can_be_left_out() -> None:
    assert "[00:00:04]\nAnd then" in render_txt(INTERVIEW, speakers=False)


def test_a_long_turn_gets_a_new_clock_time() -> None:
    source = document(
        *(segment("word", start, start + 20_000, "Anna") for start in range(0, 120_000, 20_000))
    )
    assert render_txt(source, speakers=True).count("Anna") == 2


def test_nothing_gives_an_empty_line() -> None:
    assert render_txt(document(), speakers=True) == "\n"


@given(documents)
def test_all_the_text_is_there(source: Document) -> None:
    text = said(render_txt(source, speakers=True))
    assert all(said(item.text) in text for item in source.segments)
