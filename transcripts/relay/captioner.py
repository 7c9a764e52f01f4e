"""One realtime session's events to provisional and final text, whatever kind of service it is.

Three kinds exist: services that end every stretch of text with a segment and its times (the built-in engine,
diarizing models), services that mark turns, and services that only give text piece by piece. For the last
kind text becomes final where the speaker pauses, after a sentence, or when it grows long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcripts.relay.captions import Caption, CaptionEvent, Final, TurnTold
from transcripts.relay.pending_text import PendingText
from transcripts.relay.voice import VoiceActivity
from transcripts.speech.realtime_events import Done, RealtimeEvent, SegmentDone, TextDelta, Turn
from transcripts.timing.tokens import normalise_text
from transcripts.timing.word_times import time_words
from transcripts.timing.words import Word

PAUSE_MS = 900
SENTENCE_CHARACTERS = 60
LONGEST_CHARACTERS = 240
LONGEST_MS = 15_000
SAME_END_MS = 50
SPEECH = re.compile(r"\w")
SENTENCE_END = re.compile(r"[.?!…。？！][\"”’»)\]]*$")


class Captioner:
    """Positions are media time in ms. ``delay_ms`` is how far the service's text lags behind the sound.

    ``gives_segments``: it is known beforehand that the service ends every stretch with a segment.
    """

    def __init__(
        self, voice: VoiceActivity, *, start_ms: int, delay_ms: int, gives_segments: bool = False
    ) -> None:
        self._voice = voice
        self._session_ms = start_ms
        self._delay_ms = delay_ms
        self._pending = PendingText(start_ms)
        self._gives_segments = gives_segments
        self.final_ms = start_ms
        self.characters = 0

    @property
    def provisional_from_ms(self) -> int | None:
        """About when the provisional text was said; None without any."""
        return self._pending.start_ms if self._pending.text else None

    def take(self, event: RealtimeEvent) -> Iterator[CaptionEvent]:
        """What follows from one event of the service."""
        match event:
            case TextDelta():
                yield from self._delta(event.text, event.speaker or "")
            case SegmentDone():
                yield from self._segment(event)
            case Turn():
                yield TurnTold(event.kind, self._session_ms + event.at_ms)
                if event.kind == "end":
                    yield from self.close_pending()
            case Done():
                yield from self._done(event)

    def heard(self) -> Iterator[CaptionEvent]:
        """Call after sound was sent: a pause ends the text of services that do not say so themselves."""
        waited_ms = self._voice.position_ms - self._pending.arrived_ms
        if not self._gives_segments and min(self._voice.silent_ms, waited_ms) >= PAUSE_MS:
            yield from self.close_pending()

    def close_pending(self) -> Iterator[CaptionEvent]:
        """Make what is provisional final."""
        text, start_ms, speaker = self._pending.text, self._pending.start_ms, self._pending.speaker
        if not text:
            return
        end_ms = max(start_ms, min(self._said_ms(), self._voice.last_voice_ms))
        self._pending.clear(end_ms)
        yield from self._final(text, start_ms, end_ms, speaker, ())
        yield Caption(end_ms, "")

    def _delta(self, piece: str, speaker: str) -> Iterator[CaptionEvent]:
        self.characters += len(piece)
        pending = self._pending
        if not self._gives_segments and self._should_close_before(piece, speaker):
            yield from self.close_pending()
        pending.add(piece, speaker, said_ms=self._said_ms(), arrived_ms=self._voice.position_ms)
        yield Caption(pending.start_ms, pending.text, pending.speaker)

    def _should_close_before(self, piece: str, speaker: str) -> bool:
        pending = self._pending
        starts_word = piece[:1].isspace() or not pending.text
        if not pending.text or not starts_word:
            return bool(pending.text) and len(pending.text) > 2 * LONGEST_CHARACTERS
        long_ago = self._said_ms() - pending.start_ms > LONGEST_MS
        if (speaker and pending.speaker and speaker != pending.speaker) or long_ago:
            return True
        is_sentence = bool(SENTENCE_END.search(pending.text)) and len(pending.text) >= SENTENCE_CHARACTERS
        return is_sentence or len(pending.text) >= LONGEST_CHARACTERS

    def _segment(self, event: SegmentDone) -> Iterator[CaptionEvent]:
        self._gives_segments = True
        self.characters += len(event.text)
        start_ms, end_ms = self._session_ms + event.start_ms, self._session_ms + event.end_ms
        self._pending.drop(event.text, end_ms)
        if end_ms > self.final_ms + SAME_END_MS:
            words = tuple(
                Word(self._session_ms + word.start_ms, self._session_ms + word.end_ms, word.text)
                for word in event.words
            )
            start_ms = min(max(start_ms, self.final_ms), end_ms)
            yield from self._final(event.text, start_ms, end_ms, event.speaker or "", words)
        yield Caption(self._pending.start_ms, self._pending.text, self._pending.speaker)

    def _done(self, event: Done) -> Iterator[CaptionEvent]:
        """The service repeats its text here, so only what is still provisional matters."""
        yield from self.close_pending()

    def _final(
        self, text: str, start_ms: int, end_ms: int, speaker: str, words: tuple[Word, ...]
    ) -> Iterator[CaptionEvent]:
        text = normalise_text(text)
        self.final_ms = max(self.final_ms, end_ms)
        if not SPEECH.search(text):
            return
        pauses = self._voice.pauses(start_ms, end_ms)
        timed, method = time_words(text, start_ms, end_ms, api_words=words or None, pauses=pauses)
        yield Final(start_ms, max(start_ms + 1, end_ms), text, tuple(timed), method, speaker)

    def _said_ms(self) -> int:
        """About when the text that arrives now was said."""
        return max(self.final_ms, self._voice.position_ms - self._delay_ms)
