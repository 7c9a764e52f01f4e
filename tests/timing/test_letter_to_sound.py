from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pocketsphinx._pocketsphinx import Decoder

from transcripts.timing.letter_to_sound import phones


def test_it_works() -> None:
    assert phones("voxtral") == "V AA K S T R AE L"
    assert phones("blorte") == "B L AO R T"


def test_a_word_without_a_vowel_is_spelled_out() -> None:
    assert phones("mp") == "EH M P IY"


def test_no_letters_no_sounds() -> None:
    assert phones("''") == ""


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=15))
def test_every_word_with_a_letter_has_sounds(word: str) -> None:
    assert bool(phones(word)) == bool(word.strip("'"))


def test_every_sound_is_known_to_the_acoustic_model() -> None:
    decoder = Decoder(samprate=16_000, loglevel="FATAL", lm=None)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for index, word in enumerate(
        [*(a + b for a in letters for b in letters), "nation", "schtchdge", "weigh"]
    ):
        decoder.add_word(f"probe{index}", phones(word), False)
        assert decoder.lookup_word(f"probe{index}") == phones(word)
