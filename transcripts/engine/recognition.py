"""One stretch of English speech to words with times, by pocketsphinx. Runs in recogniser processes only.

The cepstral mean is measured on the stretch itself before it is recognised, so a result depends on nothing
that was recognised before, and a retry in another process gives the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pocketsphinx import Decoder  # type: ignore[attr-defined]

from transcripts.engine.pcm import SAMPLE_RATE_HZ

MS_PER_FRAME = 10
_VARIANT = re.compile(r"\(\d+\)$")
_SHORTEST_BYTES = 3200
_FAST_BEAMS = {"maxhmmpf": 3000, "maxwpf": 10}


@dataclass(frozen=True)
class RecognisedWord:
    """One word: times in ms from the start of what was sent, ``score`` 0 to 1 (how sure the engine is)."""

    start_ms: int
    end_ms: int
    text: str
    score: float

    def moved(self, ms: int) -> RecognisedWord:
        """The same word ``ms`` later."""
        return RecognisedWord(self.start_ms + ms, self.end_ms + ms, self.text, self.score)


@dataclass(frozen=True)
class Decoders:
    """``fast`` halves the work of ``thorough`` for two points of word error rate (measured)."""

    fast: Decoder
    thorough: Decoder
    neutral_mean: str

    @classmethod
    def load(cls) -> Decoders:
        """Loads the English model that comes with pocketsphinx, about 0.3 s each."""
        fast = Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL", **_FAST_BEAMS)
        thorough = Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL")
        return cls(fast, thorough, str(fast.get_cmn(False)))


def recognise(decoders: Decoders, pcm: bytes, thorough: bool) -> list[RecognisedWord]:
    """Words of one stretch of 16 kHz mono s16le sound, at best 1 to 15 s long."""
    if len(pcm) < _SHORTEST_BYTES:
        return []
    decoder = decoders.thorough if thorough else decoders.fast
    decoder.set_cmn(decoders.neutral_mean)
    decoder.set_cmn(cepstral_mean(decoder, pcm))
    _run(decoder, pcm, no_search=False)
    return words_of(decoder)


def cepstral_mean(decoder: Decoder, pcm: bytes) -> str:
    """How the microphone and the room colour this sound, in pocketsphinx's own notation."""
    _run(decoder, pcm, no_search=True)
    return str(decoder.get_cmn(True))


def words_of(decoder: Decoder) -> list[RecognisedWord]:
    """Words of the utterance that was ended last, without silences and noises."""
    return [
        RecognisedWord(
            segment.start_frame * MS_PER_FRAME,
            (segment.end_frame + 1) * MS_PER_FRAME,
            _VARIANT.sub("", segment.word),
            round(min(1.0, max(0.0, float(segment.prob))), 4),
        )
        for segment in decoder.seg() or []
        if segment.word[0] not in "<["
    ]


def _run(decoder: Decoder, pcm: bytes, no_search: bool) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, no_search=no_search, full_utt=True)
    decoder.end_utt()
