from __future__ import annotations

from transcripts.timing.heard import WINDOW_MS, heard_among, in_windows
from transcripts.timing.words import Word


def test_it_works() -> None:
    words = [Word(5000, 5400, "two"), Word(0, 400, "one"), Word(9000, 9400, "three")]
    assert heard_among(words)(4500, 6000) == [Word(5000, 5400, "two")]
    assert heard_among(())(0, 1000) == []


def test_a_long_word_is_found_by_its_end() -> None:
    words = [Word(0, 5000, "aaah"), Word(6000, 6100, "yes")]
    assert Word(0, 5000, "aaah") in heard_among(words)(4900, 5500)


def test_each_minute_is_asked_once_and_no_word_comes_twice() -> None:
    words = [Word(at, at + 300, f"word{at}") for at in range(0, 3 * WINDOW_MS, 1000)]
    asked: list[int] = []

    def heard(from_ms: int, to_ms: int) -> list[Word]:
        asked.append(from_ms)
        return [word for word in words if from_ms <= word.start_ms and word.end_ms <= to_ms]

    between = in_windows(heard)
    for _ in range(3):
        assert [word for word in between(0, 3 * WINDOW_MS) if word.start_ms < 3 * WINDOW_MS] == words
    assert len(asked) == len(set(asked)) <= 5
