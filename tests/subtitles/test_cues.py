from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from tests.subtitles.examples import INTERVIEW, document, segment
from tests.subtitles.strategies import documents, said
from transcripts.subtitles.cues import build_cues
from transcripts.subtitles.document import Document, ExportWord
from transcripts.subtitles.profiles import DEFAULT
from transcripts.subtitles.timed_segments import timed_segments


def test_it_works() -> None:
    assert [(cue.start_ms, cue.end_ms, cue.speaker, cue.lines) for cue in build_cues(INTERVIEW, DEFAULT)] == [
        (0, 4200, "Anna", ("The harbour was quiet that morning,", "and nobody expected what came next.")),
        (4600, 6200, "Bert", ("And then the bell rang?",)),
        (6400, 9000, "Anna", ("Yes. Everybody ran down to the water.",)),
    ]


def test_names_stand_where_the_speaker_changes() -> None:
    cues = build_cues(INTERVIEW, DEFAULT, names=True)
    assert [cue.lines[0].partition(" ")[0] for cue in cues] == ["Anna:", "Bert:", "Anna:"]
    assert all(len(line) <= 42 for cue in cues for line in cue.lines)
    assert cues[1].words[0].text == "And"


def test_a_long_name_is_shortened_and_an_empty_one_left_out() -> None:
    cues = build_cues(
        document(segment("Hi.", 0, 900, "n" * 60), segment("Ho.", 2000, 2900, " \n")), DEFAULT, names=True
    )
    assert [cue.lines for cue in cues] == [("n" * 19 + "…: Hi.",), ("Ho.",)]


def test_everyone_is_named_while_people_speak_at_once() -> None:
    cues = build_cues(
        document(
            segment(
                "This is a long sentence that goes on and on, and it is cut in two, for it is long.",
                0,
                9000,
                "A",
            ),
            segment("Really?", 4000, 4600, "B"),
        ),
        DEFAULT,
        names=True,
    )
    assert all(cue.lines[0].startswith(f"{cue.speaker}: ") for cue in cues)
    assert {cue.speaker for cue in cues} == {"A", "B"}


def test_a_long_silence_ends_a_cue() -> None:
    words = (ExportWord(0, 400, "Wait"), ExportWord(4000, 4400, "here"))
    assert len(build_cues(document(segment("Wait here", 0, 4400, words=words)), DEFAULT)) == 2


def test_nothing_gives_nothing() -> None:
    assert build_cues(document(), DEFAULT) == []
    assert build_cues(document(segment(" \x00\r ")), DEFAULT) == []


@given(documents, st.booleans())
def test_whatever_comes_in_the_cues_are_fit_to_show(free: Document, names: bool) -> None:
    cues = build_cues(free, DEFAULT, names=names)
    assert [cue.start_ms for cue in cues] == sorted(cue.start_ms for cue in cues)
    for cue in cues:
        assert 0 <= cue.start_ms < cue.end_ms <= cue.start_ms + DEFAULT.max_duration_ms
        assert 1 <= len(cue.lines) <= DEFAULT.max_lines
        assert all(0 < len(line) <= DEFAULT.max_line_chars and line == line.strip(" ") for line in cue.lines)


@given(documents)
def test_nothing_is_lost_doubled_or_given_to_someone_else(free: Document) -> None:
    shown: dict[str | None, str] = {}
    for cue in build_cues(free, DEFAULT):
        shown[cue.speaker] = shown.get(cue.speaker, "") + said("".join(cue.lines))
    assert shown == _texts_by_speaker(free)


@given(documents)
def test_cue_words_are_the_text_too(free: Document) -> None:
    shown: dict[str | None, str] = {}
    for cue in build_cues(free, DEFAULT, names=True):
        shown[cue.speaker] = shown.get(cue.speaker, "") + said("".join(word.text for word in cue.words))
    assert shown == _texts_by_speaker(free)


def _texts_by_speaker(free: Document) -> dict[str | None, str]:
    segments = sorted(timed_segments(free), key=lambda item: item.speaker or "")
    return {
        speaker: "".join(said(item.text) for item in items)
        for speaker, items in groupby(segments, key=lambda item: item.speaker)
    }
