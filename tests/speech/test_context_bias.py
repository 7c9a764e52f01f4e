from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.capabilities import ENGINE_MODEL, assumed, find
from transcripts.speech.context_bias import prepare_bias, restore_bias_phrases
from transcripts.speech.model_capabilities import ModelCapabilities

PHRASES = assumed("phrases")
WORDS = replace(PHRASES, bias="single_words", max_bias_items=100)


def model(name: str) -> ModelCapabilities:
    found = find(name)
    assert found is not None
    return found


def test_it_works() -> None:
    items = [" Northwind ", "Alder  Creek", "northwind", "", "Ann, Bob"]
    assert prepare_bias(model("voxtral-mini-transcribe-3"), items) == (
        ("Northwind", "Alder Creek", "Ann, Bob"),
        (),
    )
    assert prepare_bias(model("voxtral-mini-2602"), items) == (("Northwind", "Alder_Creek", "Ann_Bob"), ())


def test_a_model_without_bias_gets_none_and_says_so() -> None:
    items, notices = prepare_bias(model(ENGINE_MODEL), ["Northwind"])
    assert (items, [notice.code for notice in notices]) == ((), ["context_bias_ignored"])
    assert prepare_bias(model(ENGINE_MODEL), [" "]) == ((), ())


def test_more_than_the_limit_is_shortened_and_said() -> None:
    items, notices = prepare_bias(WORDS, [f"word{number}" for number in range(120)])
    assert (len(items), items[-1]) == (100, "word99")
    assert [notice.code for notice in notices] == ["context_bias_shortened"]


def test_phrases_come_back_as_the_person_wrote_them() -> None:
    items = ["Alder Creek", "Alder Creek Max", "Ann, Bob"]
    text = "I use Alder_Creek, alder_creek_max and Ann_Bob."
    assert restore_bias_phrases(text, items) == "I use Alder Creek, Alder Creek Max and Ann, Bob."


def test_only_whole_words_come_back() -> None:
    assert restore_bias_phrases("Alder_Creekc", ["Alder Creek"]) == "Alder_Creekc"


def test_an_underscore_that_was_meant_stays() -> None:
    assert restore_bias_phrases("call my_var", ["my_var", "my var"]) == "call my_var"


@given(st.lists(st.text(max_size=12), max_size=150))
def test_single_words_are_always_acceptable(items: list[str]) -> None:
    words, _ = prepare_bias(WORDS, items)
    assert len(words) <= 100
    for word in words:
        assert word
        assert not any(character.isspace() or character == "," for character in word)


@given(st.lists(st.from_regex(r"\A[a-z]{1,5}( [a-z]{1,5}){0,2}\Z"), max_size=6))
def test_what_was_joined_is_separated_again(items: list[str]) -> None:
    words, _ = prepare_bias(WORDS, items)
    assert "_" not in restore_bias_phrases(" ".join(words), items)


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=4))
def test_no_text_breaks_it(text: str, items: list[str]) -> None:
    if "_" not in text:
        assert restore_bias_phrases(text, items) == text
    restore_bias_phrases(f"{text} {'_'.join(items)}", items)


def test_letters_that_only_fold_alike_stay() -> None:
    assert restore_bias_phrases("me\u017fs_up", ["mess up"]) == "me\u017fs_up"
