"""Words that differ between two texts."""

from __future__ import annotations

import random

import pytest

from transcripts.actions.history.word_changes import Edit, Stretch, marked, told

WORDS = ["the", "harbour", "was", "quiet,", "Quiet.", "grün", "港は", "静かだった。", "😀", "a"]


def test_it_works() -> None:
    old, new = marked(["The harbour was quiet."], ["The old harbour is quiet."])
    assert old == [[Stretch("The harbour ", False), Stretch("was", True), Stretch(" quiet.", False)]]
    assert [piece.text for piece in new[0] if piece.changed] == ["old", "is"]
    assert told(["It was quiet then."], ["It is quiet."]) == [
        Edit("It ", "same"), Edit("was quiet then.", "removed"), Edit("is quiet.", "added"),
    ]  # fmt: skip
    assert [edit.text for edit in told(["So be it"], ["So let it be it"])] == ["So ", "let it ", "be it"]


def test_a_split_changes_no_word() -> None:
    old, new = marked(["One two three four."], ["One two", "three four."])
    assert old == [[Stretch("One two three four.", False)]]
    assert new == [[Stretch("One two", False)], [Stretch("three four.", False)]]


@pytest.mark.parametrize(
    ("old", "new"), [([""], [""]), ([], []), (["a"], []), ([], ["a b"]), ([" "], ["  "])]
)
def test_empty_sides(old: list[str], new: list[str]) -> None:
    left, right = marked(old, new)
    assert ["".join(piece.text for piece in side) for side in left] == old
    assert ["".join(piece.text for piece in side) for side in right] == new


def test_scripts_without_spaces_are_marked_by_character() -> None:
    left, right = marked(["港は静かだった"], ["港も静かだった"])
    assert [piece.text for piece in left[0] if piece.changed] == ["は"]
    assert [piece.text for piece in right[0] if piece.changed] == ["も"]


def test_a_rewritten_text_is_marked_as_a_whole() -> None:
    old, new = " ".join(f"a{n}" for n in range(700)), " ".join(f"b{n}" for n in range(700))
    left, right = marked([old], [new])
    assert (left, right) == ([[Stretch(old, True)]], [[Stretch(new, True)]])


def test_both_texts_can_always_be_read_from_what_is_told() -> None:
    rng = random.Random(7)
    for _ in range(300):
        old = " ".join(rng.choices(WORDS, k=rng.randrange(12)))
        new = " ".join(rng.choices(WORDS, k=rng.randrange(12)))
        left, right = marked([old], [new])
        assert "".join(piece.text for piece in left[0]) == old
        assert "".join(piece.text for piece in right[0]) == new
        edits = told([old], [new])
        assert "".join(edit.text for edit in edits if edit.kind != "removed") == new
        # White space is that of the new text wherever a word stays.
        assert "".join("".join(edit.text for edit in edits if edit.kind != "added").split()) == "".join(
            old.split()
        )
