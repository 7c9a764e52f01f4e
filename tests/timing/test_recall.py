"""Words that come back, also from between words that took their time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.heard import heard_among
from transcripts.timing.interpolate import interpolate
from transcripts.timing.recall import recall, take_back
from transcripts.timing.retime import Timed, Untimed, retime
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Span, Word

TEXT = "The harbour is silent and the boats are gone."
SAID = interpolate(TEXT.split(), 2_000, 6_000)
HEARD = heard_among(SAID)


def typed(table: list[Word], before: str, after: str) -> list[Word]:
    return retime([Timed(2_000, 6_000, before, table)], [Untimed(2_000, 6_000, after)], HEARD)[0]


def saved_at(versions: list[str]) -> list[Word]:
    """The table after each of these versions was saved in turn."""
    table, text = SAID, TEXT
    for version in versions:
        table, text = typed(table, text, version), version
    return table


def test_it_works() -> None:
    table = saved_at([f"So, as I said,{TEXT}", f"So, as I said, {TEXT}"])
    assert table[4:] == SAID
    assert [word.text for word in table[:4]] == ["So,", "as", "I", "said,"]


def test_a_word_in_the_middle_that_was_touched() -> None:
    versions = [TEXT.replace("silent", "oncesilent"), TEXT.replace("silent", "once silent")]
    assert [word for word in saved_at(versions) if word.text != "once"] == SAID


@given(
    word=st.integers(0, len(SAID) - 1),
    inserted=st.text("aeTh, ", min_size=1, max_size=12),
    stops=st.lists(st.integers(0, 12), max_size=4),
)
def test_typing_that_is_saved_at_any_key(word: int, inserted: str, stops: list[int]) -> None:
    words = TEXT.split()
    typing = [inserted[:stop] for stop in sorted(stops)] + [f"{inserted} "]
    versions = [" ".join([*words[:word], part + words[word], *words[word + 1 :]]) for part in typing]
    table = saved_at(versions)
    assert [entry.text for entry in table] == tokenise(versions[-1])
    behind = len(SAID) - word
    assert table[:word] == SAID[:word]
    assert table[len(table) - behind + 1 :] == SAID[word + 1 :]
    if words[word].lower() not in inserted.lower().replace(",", " ").split():
        assert table[-behind] == SAID[word]


def test_words_that_stand_keep_their_moment_where_nothing_came_back() -> None:
    known: list[Span | None] = [(0, 400), None, (700, 900)]
    take_back(["port", "of", "call"], known, 0, 1_000, heard_among([Word(0, 400, "harbour")]))
    assert known == [(0, 400), None, (700, 900)]


def test_words_that_were_heard_do_not_give_way() -> None:
    known: list[Span | None] = [(0, 400), None, (500, 900)]
    heard = heard_among([Word(0, 380, "one"), Word(300, 450, "two"), Word(520, 900, "three")])
    take_back(["one", "two", "three"], known, 0, 1_000, heard)
    assert known == [(0, 400), None, (500, 900)]


def test_where_no_time_is_free_nothing_is_recalled() -> None:
    known: list[Span | None] = [(0, 400), None, (400, 900)]
    recall(["one", "two", "three"], known, 0, 1_000, heard_among([Word(350, 450, "two")]))
    assert known == [(0, 400), None, (400, 900)]
