"""From what went wrong with a service to a sentence, and whether trying again can help."""

from __future__ import annotations

from transcripts.relay.captions import Told
from transcripts.speech.errors import (
    SpeechError,
    SpeechKeyRejected,
    SpeechModelUnknown,
    SpeechRateLimited,
    SpeechRequestRejected,
)

KEPT = "Your recording goes on and is transcribed when you stop."
BEHIND = Told("captions_behind", f"The live text is late, the service is slow. {KEPT}")
BACK = Told("captions_back", "The live text is back.", "info")
SKIPPED = Told(
    "captions_skipped", "A part of the live text was left out. It is transcribed when you stop.", "warn"
)
RECONNECTING = Told("captions_reconnecting", f"The live text is interrupted and comes back by itself. {KEPT}")
BUSY = Told("captions_busy", f"The speech service is busy, so there is no live text right now. {KEPT}")
PLAINER = Told(
    "captions_plain", "The speech service refused some of the options; the live text goes on without.", "info"
)
MODEL_TRIES = 3
"""Services were seen to refuse a model they do offer now and then."""


def is_hopeless(error: SpeechError, tries: int) -> bool:
    """Whether this take will get no captions any more; ``tries`` counts the failures in a row."""
    if isinstance(error, SpeechModelUnknown):
        return tries >= MODEL_TRIES
    return isinstance(error, SpeechKeyRejected | SpeechRequestRejected)


def sentence_for(error: SpeechError) -> Told:
    """What the page says while the relay tries again."""
    return BUSY if isinstance(error, SpeechRateLimited) else RECONNECTING


def farewell_for(error: SpeechError) -> Told:
    """What the page says when there will be no live text any more."""
    reason = {
        SpeechKeyRejected: "The speech service did not accept the API key.",
        SpeechModelUnknown: "The speech service does not offer this model for live text.",
    }.get(type(error), "The speech service refused the live text.")
    return Told("captions_off", f"{reason} {KEPT}")
