"""What a refused request can do without: one option less is better than no transcript."""

from __future__ import annotations

from dataclasses import replace

from transcripts.speech.errors import SpeechRequestRejected
from transcripts.speech.transcription_request import TranscriptionRequest
from transcripts.speech.wire import Notice

_BIAS_REFUSED = Notice(
    "context_bias_refused",
    "The speech service refused the list of expected words, so the recording was transcribed without it.",
)
_LANGUAGE_REFUSED = Notice(
    "language_refused",
    "The speech service does not take a language together with times, so it detected the language itself.",
)
_STREAM_REFUSED = Notice(
    "stream_refused",
    "The speech service does not send this transcript while it works, so the text came all at once.",
)


def relaxed(request: TranscriptionRequest, refusal: SpeechRequestRejected) -> TranscriptionRequest | None:
    """The request without the option the refusal (400 or 422) is about, or ``None`` when nothing can go.

    Each option goes once. A refusal of the language alone stays: a wrong code is for the person to correct.
    """
    if refusal.status not in {400, 422}:
        return None
    options, complaint = request.options, refusal.complaint
    if options.context_bias and complaint.mentions("context_bias"):
        return request.without(_BIAS_REFUSED, context_bias=())
    with_times = options.language and options.timestamp_granularities
    if with_times and complaint.mentions("language", "timestamp"):
        return request.without(_LANGUAGE_REFUSED, language=None)
    if request.streams and complaint.mentions("stream"):
        return replace(request, streams=False, notices=(*request.notices, _STREAM_REFUSED))
    return None
