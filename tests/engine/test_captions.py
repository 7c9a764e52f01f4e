"""Text that only grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.captions import Captions, continued
from transcripts.engine.live_recognition import Utterance
from transcripts.engine.recognition import RecognisedWord

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8)


def utterance(texts: list[str]) -> Utterance:
    words = [RecognisedWord(100 * i, 100 * i + 80, text, 0.9) for i, text in enumerate(texts)]
    return Utterance(0, 100 * len(texts) + 50, words)


def look(captions: Captions, *guesses: list[str], from_ms: int = 0) -> list[str]:
    """A look every 100 ms; returns what the last one gave out."""
    given_out: list[str] = []
    for number, guess in enumerate(guesses):
        given_out = captions.look(from_ms + 100 * number, guess)
    return given_out


def test_it_works() -> None:
    captions = Captions(200)
    assert look(captions, ["it", "is"], ["it", "is"]) == []
    assert captions.look(200, ["it", "is", "so"]) == ["it", "is"]
    assert [word.text for word in captions.end(utterance(["it", "is", "snow"]))] == ["it", "is", "snow"]
    assert captions.given == []


def test_a_longer_delay_waits_longer() -> None:
    guess = ["it", "is"]
    for delay_ms in (80, 240, 480, 1200, 2400):
        captions = Captions(delay_ms)
        at_ms = next(at_ms for at_ms in range(0, 5_000, 100) if captions.look(at_ms, guess))
        assert delay_ms <= at_ms < delay_ms + 100


def test_a_long_piece_of_sound_is_two_looks() -> None:
    captions = Captions(480)
    assert look(captions, ["it", "is"]) == []
    assert captions.look(5_000, ["it", "is", "so"]) == ["it", "is"]


def test_a_word_that_keeps_changing_waits() -> None:
    captions = Captions(200)
    assert look(captions, *([guess, "x"] for guess in "abcabc")) == []


def test_the_looks_at_one_utterance_say_nothing_of_the_next() -> None:
    captions = Captions(200)
    look(captions, *[["it", "is"]] * 3)
    captions.end(utterance(["it", "is"]))
    assert captions.look(300, ["it", "is"]) == []


def test_text_goes_on_after_a_word_that_the_recogniser_thinks_again_of() -> None:
    captions = Captions(200)
    assert look(captions, *[["know", "will", "we"]] * 3) == ["know", "will"]
    assert look(captions, *[["hello", "world", "we", "meet", "again"]] * 3, from_ms=300) == ["we", "meet"]


def test_given_words_stay_when_the_recogniser_thinks_again() -> None:
    words = continued(["know", "will"], utterance(["hello", "world", "again"]))
    assert [word.text for word in words] == ["know", "will", "again"]


def test_given_words_stay_when_nothing_was_heard_after_all() -> None:
    assert [word.text for word in continued(["oh"], Utterance(200, 600, []))] == ["oh"]


@given(st.lists(TEXTS, max_size=12), TEXTS)
def test_the_end_begins_with_what_was_given(guesses: list[list[str]], final: list[str]) -> None:
    captions = Captions(200)
    given_out = [word for number, guess in enumerate(guesses) for word in captions.look(100 * number, guess)]
    words = captions.end(utterance(final))
    assert [word.text for word in words[: len(given_out)]] == given_out
    assert all(word.start_ms <= word.end_ms for word in words)
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)
