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


def test_it_works() -> None:
    captions = Captions()
    assert captions.look(["it", "is"]) == captions.look(["it", "is"]) == []
    assert captions.look(["it", "is", "so"]) == ["it", "is"]
    assert [word.text for word in captions.end(utterance(["it", "is", "snow"]))] == ["it", "is", "snow"]
    assert captions.given == []


def test_a_word_that_keeps_changing_waits() -> None:
    captions = Captions()
    for guess in ("a", "b", "c", "d"):
        assert captions.look([guess, "x"]) == []


def test_text_goes_on_after_a_word_that_the_recogniser_thinks_again_of() -> None:
    captions = Captions()
    for _ in range(3):
        given_out = captions.look(["know", "will", "we"])
    assert given_out == ["know", "will"]
    for _ in range(3):
        given_out = captions.look(["hello", "world", "we", "meet", "again"])
    assert given_out == ["we", "meet"]


def test_given_words_stay_when_the_recogniser_thinks_again() -> None:
    words = continued(["know", "will"], utterance(["hello", "world", "again"]))
    assert [word.text for word in words] == ["know", "will", "again"]


def test_given_words_stay_when_nothing_was_heard_after_all() -> None:
    assert [word.text for word in continued(["oh"], Utterance(200, 600, []))] == ["oh"]


@given(st.lists(TEXTS, max_size=12), TEXTS)
def test_the_end_begins_with_what_was_given(guesses: list[list[str]], final: list[str]) -> None:
    captions = Captions()
    given_out = [word for guess in guesses for word in captions.look(guess)]
    words = captions.end(utterance(final))
    assert [word.text for word in words[: len(given_out)]] == given_out
    assert all(word.start_ms <= word.end_ms for word in words)
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)
