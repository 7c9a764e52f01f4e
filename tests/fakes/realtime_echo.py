"""A believable realtime service: every stretch of sound is answered with a numbered word.

``echo`` says word "w1" after the first 300 ms, "w2" after the second, whatever was said. ``echo_numbers``
reads the numbers out of sound made by ``numbered_pcm``, so that a test which reconnects and replays can see
what is missing or doubled in the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.fakes.realtime_caller import Action, Caller, SeenSession, agree, greet

BYTES_PER_MS = 32
WORD_MS = 300


@dataclass(frozen=True)
class Heard:
    """A word with its time in the session."""

    number: int
    start_ms: int
    end_ms: int

    @property
    def text(self) -> str:
        return f"w{self.number}"


@dataclass
class Manner:
    """How the service speaks. After ``segment_words`` words comes a segment; 0: text pieces only.

    ``speakers`` take turns by segment. ``flush_is_done``: every flush is answered with a ``done`` for the
    text since the last. ``agrees``: waits for ``session.update`` before anything else.
    """

    word_ms: int = WORD_MS
    segment_words: int = 5
    has_words: bool = False
    speakers: tuple[str, ...] = ()
    flush_is_done: bool = False
    agrees: bool = False


def echo(manner: Manner | None = None) -> Action:
    """Words by the amount of sound."""
    how = manner or Manner()
    return lambda caller: _Echo(caller, how, _AmountEar(how.word_ms)).run()


def echo_numbers(manner: Manner | None = None) -> Action:
    """The words that ``numbered_pcm`` has put into the sound; one heard by less than its half is not said."""
    how = manner or Manner()
    return lambda caller: _Echo(caller, how, _NumberEar(how.word_ms)).run()


def numbered_pcm(words: int, first: int = 1, word_ms: int = WORD_MS) -> bytes:
    """Sound (16 kHz, s16le) in which word n lasts ``word_ms`` and has samples of n alternating in sign."""
    numbers = np.repeat(np.arange(first, first + words), word_ms * 16)
    signs = np.tile([1, -1], len(numbers) // 2)
    return bytes((numbers * signs).astype("<i2"))


@dataclass
class _AmountEar:
    word_ms: int
    said: int = 0

    def hear(self, audio: bytearray, until_byte: int, is_last: bool) -> Iterator[Heard]:
        while (self.said + 1) * self.word_ms * BYTES_PER_MS <= until_byte:
            self.said += 1
            yield Heard(self.said, (self.said - 1) * self.word_ms, self.said * self.word_ms)


@dataclass
class _NumberEar:
    word_ms: int
    looked_at: int = 0
    run_number: int = 0
    run_start: int = 0
    is_said: bool = False

    def hear(self, audio: bytearray, until_byte: int, is_last: bool) -> Iterator[Heard]:
        total = until_byte // 2
        fresh = np.frombuffer(bytes(audio[2 * self.looked_at : 2 * total]), "<i2").astype(int)
        numbers = np.abs(np.concatenate([[self.run_number], fresh]))
        for change in np.flatnonzero(np.diff(numbers)):
            at = self.looked_at + int(change)
            yield from self._say_run(at)
            self.run_number, self.run_start, self.is_said = int(numbers[change + 1]), at, False
        self.looked_at = total
        if is_last:
            yield from self._say_run(total)

    def _say_run(self, until: int) -> Iterator[Heard]:
        start_ms, end_ms = self.run_start // 16, until // 16
        if self.run_number and not self.is_said and end_ms - start_ms >= self.word_ms / 2:
            self.is_said = True
            yield Heard(self.run_number, start_ms, end_ms)


@dataclass
class _Echo:
    caller: Caller
    manner: Manner
    ear: _AmountEar | _NumberEar
    said: list[Heard] = field(default_factory=list)
    open: list[Heard] = field(default_factory=list)
    segments: list[dict[str, Any]] = field(default_factory=list)
    done_words: int = 0
    obeyed: int = 0
    heard_bytes: int = 0

    async def run(self) -> None:
        await greet()(self.caller)
        if self.manner.agrees:
            await agree()(self.caller)
            self.obeyed = 1
        while not self._is_over():
            await self.caller.until(self._has_news)
            if self.obeyed < len(self.caller.seen.messages):
                await self._listen(self.caller.seen.audio_before[self.obeyed], is_last=True)
                await self._obey(str(self.caller.seen.messages[self.obeyed]["type"]))
                self.obeyed += 1
            else:
                await self._listen(len(self.caller.seen.audio), is_last=False)

    def _is_over(self) -> bool:
        return "input_audio.end" in self.caller.seen.kinds[: self.obeyed]

    def _has_news(self, seen: SeenSession) -> bool:
        return len(seen.audio) > self.heard_bytes or len(seen.messages) > self.obeyed

    async def _listen(self, until_byte: int, *, is_last: bool) -> None:
        self.heard_bytes = until_byte
        for word in self.ear.hear(self.caller.seen.audio, until_byte, is_last):
            piece = f" {word.text}" if self.said else word.text
            self.said.append(word)
            self.open.append(word)
            await self.caller.say("transcription.text.delta", text=piece)
            if len(self.open) == self.manner.segment_words:
                await self._end_segment()

    async def _end_segment(self) -> None:
        words, self.open = self.open, []
        if not words or not self.manner.segment_words:
            return
        speakers = self.manner.speakers
        speaker = speakers[len(self.segments) % len(speakers)] if speakers else None
        whole = {**_timed(words[0], words[-1], " ".join(w.text for w in words)), "speaker_id": speaker}
        self.segments.append(whole)
        extra = {"words": [_timed(w, w, w.text) for w in words]} if self.manner.has_words else {}
        await self.caller.say("transcription.segment", **whole, **extra)

    async def _obey(self, kind: str) -> None:
        if kind == "session.update":
            return await agree()(self.caller)
        await self._end_segment()
        if kind == "input_audio.end" or self.manner.flush_is_done:
            await self._say_done(self.said[self.done_words :])
            self.done_words = len(self.said)
        return None

    async def _say_done(self, words: list[Heard]) -> None:
        await self.caller.say(
            "transcription.done",
            model=self.caller.seen.model,
            text=" ".join(word.text for word in words),
            language="en",
            segments=self.segments,
            usage={
                "prompt_audio_seconds": -(-self.heard_bytes // (1000 * BYTES_PER_MS)),
                "prompt_tokens": 0,
                "completion_tokens": len(words),
                "total_tokens": len(words),
            },
        )


def _timed(first: Heard, last: Heard, text: str) -> dict[str, Any]:
    return {"text": text, "start": first.start_ms / 1000, "end": last.end_ms / 1000}
