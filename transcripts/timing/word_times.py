"""The one question of this room: when was each word of this segment said, and how do we know?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from transcripts.timing.acoustic import Aligner
from transcripts.timing.fit import fit_words
from transcripts.timing.interpolate import interpolate
from transcripts.timing.placing import place_between
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Span, Word, monotone

Method = Literal["api", "acoustic", "interpolated"]


def time_words(
    text: str,
    start_ms: int,
    end_ms: int,
    *,
    api_words: Sequence[Word] | None = None,
    pcm: NDArray[np.int16] | None = None,
    language: str | None = None,
    pauses: Iterable[Span] = (),
    aligner: Aligner | None = None,
) -> tuple[list[Word], Method]:
    """The words of ``text`` with moments from ``start_ms`` to ``end_ms``, and the method that gave them.

    The best source wins: ``api_words`` when they are this text's words (spelling may differ); else
    ``aligner`` on ``pcm``, the segment's sound at 16 kHz from ``start_ms`` on; else length over the voiced
    part, which ``pauses`` (media time) leave. ``join_tokens`` of the words is the normalised text; times
    never run backwards.
    """
    start_ms, end_ms = max(start_ms, 0), max(end_ms, start_ms, 0)
    fitted = fit_words(api_words, text, start_ms, end_ms) if api_words else None
    if fitted is not None:
        return fitted, "api"
    tokens, pauses = tokenise(text), tuple(pauses)
    spans = aligner.align(tokens, pcm, language) if aligner is not None and pcm is not None else None
    if spans is None:
        return interpolate(tokens, start_ms, end_ms, pauses), "interpolated"
    known = [None if span is None else (start_ms + span[0], start_ms + span[1]) for span in spans]
    return monotone(place_between(tokens, known, start_ms, end_ms, pauses), start_ms, end_ms), "acoustic"
