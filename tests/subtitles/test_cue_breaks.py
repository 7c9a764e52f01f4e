from __future__ import annotations

from transcripts.subtitles.cue_breaks import Label, divide
from transcripts.subtitles.pieces import Piece, line_of, pieces_of
from transcripts.subtitles.profiles import DEFAULT
from transcripts.timing.interpolate import interpolate
from transcripts.timing.tokens import tokenise


def pieces(text: str, end_ms: int) -> list[Piece]:
    return list(pieces_of(interpolate(tokenise(text), 0, end_ms), 42))


def divided(text: str, end_ms: int, label: Label | None = None) -> list[str]:
    parts = pieces(text, end_ms)
    return [line_of(parts[cue.start : cue.stop]) for cue in divide(parts, DEFAULT, "en", label or Label())]


def test_it_works() -> None:
    assert divided(
        "We walked along the shore for nearly an hour before the rain began. "
        "Nobody had brought an umbrella, so we ran back to the little house by the pier.",
        9000,
    ) == [
        "We walked along the shore for nearly an hour before the rain began.",
        "Nobody had brought an umbrella, so we ran back to the little house by the pier.",
    ]


def test_a_long_sentence_ends_its_cue_at_a_comma() -> None:
    cues = divided(
        "It was late in the evening, " + "and everybody at the table was tired of the long discussion, " * 2,
        9000,
    )
    assert all(cue.endswith(",") for cue in cues)


def test_no_cue_lasts_longer_than_the_profile_says() -> None:
    parts = pieces("a very slow speaker says these words", 30_000)
    for cue in divide(parts, DEFAULT, "en", Label()):
        assert (
            parts[cue.stop - 1].end_ms - parts[cue.start].start_ms <= DEFAULT.max_duration_ms or len(cue) == 1
        )


def test_the_name_takes_its_room() -> None:
    text = "x" * 41 + " " + "y" * 41
    assert len(divided(text, 4000)) == 1
    assert len(divided(text, 4000, Label(5))) == 2
    assert len(divided(f"{text} {text}", 8000, Label(5, every_cue=True))) == 4


def test_a_cue_too_short_to_be_seen_joins_its_neighbour() -> None:
    assert len(divided("Good question. I will ask Martin when I visit Chicago.", 3300)) == 1


def test_an_overlong_word_goes_over_lines_and_cues() -> None:
    cues = divided("z" * 200, 9000)
    assert "".join(cues) == "z" * 200
    assert len(cues) == 3
