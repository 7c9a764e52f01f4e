"""From the events of every kind of service to text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.relay.captioner import LONGEST_CHARACTERS, Captioner
from transcripts.relay.captions import Caption, CaptionEvent, Final, TurnTold
from transcripts.relay.voice import VoiceActivity
from transcripts.speech.realtime_events import Done, RealtimeEvent, SegmentDone, TextDelta, Turn
from transcripts.speech.wire import Word

LOUD = (b"\x00\x20\x00\xe0" * 800)[:3200]
QUIET = bytes(3200)


class Session:
    """A captioner and the sound it hears; ``start_ms`` is the media time at which the session began."""

    def __init__(self, start_ms: int = 0, *, gives_segments: bool = False) -> None:
        self.voice = VoiceActivity(start_ms)
        self.captioner = Captioner(self.voice, start_ms=start_ms, delay_ms=200, gives_segments=gives_segments)
        self.told: list[CaptionEvent] = []

    def hear(self, pcm: bytes, times: int = 1) -> None:
        for _ in range(times):
            self.voice.hear(pcm, 100)
            self.told += self.captioner.heard()

    def take(self, *events: RealtimeEvent) -> None:
        for event in events:
            self.told += self.captioner.take(event)

    @property
    def finals(self) -> list[Final]:
        return [event for event in self.told if isinstance(event, Final)]

    @property
    def provisional(self) -> str:
        return [event.text for event in self.told if isinstance(event, Caption)][-1]


def pieces(text: str) -> Iterable[TextDelta]:
    for number, word in enumerate(text.split()):
        yield TextDelta(word if number == 0 else f" {word}")


def test_it_works() -> None:
    session = Session()
    session.hear(LOUD, 20)
    session.take(*pieces("the harbour was quiet"))
    assert session.provisional == "the harbour was quiet"
    assert session.finals == []
    session.hear(QUIET, 12)
    (final,) = session.finals
    assert final.text == "the harbour was quiet"
    assert session.provisional == ""
    assert [word.text for word in final.words] == final.text.split()
    assert final.end_ms <= 2000


def test_segments_own_the_final_text() -> None:
    session = Session(start_ms=10_000)
    session.hear(LOUD, 30)
    session.take(*pieces("so it was and then"))
    words = tuple(Word(100 * n, 100 * n + 90, text) for n, text in enumerate(("so", "it", "was")))
    session.take(SegmentDone(0, 900, "So it was.", None, words))
    (final,) = session.finals
    assert (final.start_ms, final.end_ms, final.text) == (10_000, 10_900, "So it was.")
    assert [(word.start_ms, word.text) for word in final.words][:2] == [(10_000, "So"), (10_100, "it")]
    assert final.timing_method == "api"
    assert session.provisional == "and then"


def test_a_service_that_gives_segments_may_be_slow_with_the_first_one() -> None:
    session = Session(gives_segments=True)
    session.hear(LOUD, 10)
    session.hear(QUIET, 5)
    session.hear(LOUD, 10)
    session.take(*pieces("so it was"))
    session.hear(QUIET, 12)
    assert session.finals == []
    session.take(SegmentDone(0, 1000, "So it was."), SegmentDone(1500, 2400, "And so it stayed."))
    assert [final.text for final in session.finals] == ["So it was.", "And so it stayed."]


def test_segments_alone_are_enough() -> None:
    session = Session()
    session.hear(LOUD, 10)
    session.take(SegmentDone(0, 500, "one", "speaker_1"), SegmentDone(500, 900, "two", "speaker_2"))
    assert [(final.text, final.speaker) for final in session.finals] == [
        ("one", "speaker_1"),
        ("two", "speaker_2"),
    ]


def test_a_new_speaker_begins_a_new_segment() -> None:
    session = Session()
    session.hear(LOUD, 10)
    session.take(TextDelta("yes", "speaker_1"), TextDelta(" of course", "speaker_1"))
    session.take(TextDelta(" no", "speaker_2"), Done(final=True))
    assert [(final.text, final.speaker) for final in session.finals] == [
        ("yes of course", "speaker_1"),
        ("no", "speaker_2"),
    ]


def test_the_end_of_a_turn_ends_the_text() -> None:
    session = Session(start_ms=5_000)
    session.hear(LOUD, 10)
    session.take(*pieces("are you there"), Turn("end", 900))
    assert [final.text for final in session.finals] == ["are you there"]
    assert TurnTold("end", 5_900) in session.told


def test_the_text_of_done_is_not_taken_again() -> None:
    session = Session()
    session.hear(LOUD, 10)
    session.take(*pieces("only once"), Done("only once", final=True), Done("only once", final=True))
    assert [final.text for final in session.finals] == ["only once"]


@pytest.mark.parametrize("text", [" . ", "...", "—", " "])
def test_punctuation_alone_is_no_text(text: str) -> None:
    session = Session()
    session.hear(LOUD, 10)
    session.take(TextDelta(text), Done(final=True))
    assert session.finals == []


def test_long_speech_without_a_pause_is_cut_at_words() -> None:
    session = Session()
    text = " ".join(f"word{number}" for number in range(200))
    for delta in pieces(text):
        session.hear(LOUD, 3)
        session.take(delta)
    session.take(Done(final=True))
    assert " ".join(final.text for final in session.finals) == text
    assert max(len(final.text) for final in session.finals) <= LONGEST_CHARACTERS + 10


@given(some.lists(some.sampled_from(["a", " b", " c.", "d", " e?", "\u0301", " ", "人", "。"]), max_size=60))
def test_no_piece_is_lost_or_doubled_and_times_never_run_backwards(texts: list[str]) -> None:
    session = Session()
    for number, text in enumerate(texts):
        session.hear(QUIET if number % 7 == 0 else LOUD, 1 + number % 5)
        session.take(TextDelta(text))
    session.take(Done(final=True))
    letters = [char for text in texts for char in text if char.isalnum()]
    assert [char for final in session.finals for char in final.text if char.isalnum()] == letters
    moments = [moment for final in session.finals for moment in (final.start_ms, final.end_ms)]
    assert moments == sorted(moments)
