"""From an error event of a realtime service to the one error tree of this room."""

from __future__ import annotations

import json
from collections.abc import Iterable

from transcripts.speech.error_body import Complaint, read_complaint
from transcripts.speech.errors import SpeechError, SpeechUnavailable
from transcripts.speech.realtime_events import Failure
from transcripts.speech.realtime_line import RealtimeLine
from transcripts.speech.rejection import error_for, error_for_event

# Services name their settings in words of their own: "Diarization is not compatible with turn detection".
_STEMS = {"diarize": "diariz", "target_streaming_delay_ms": "delay", "speaker_references": "reference"}


def error_in(
    failure: Failure, line: RealtimeLine, asked: Iterable[str], *, is_answer: bool = False
) -> SpeechError:
    """The error that the event stands for; ``asked`` names the settings that were asked for.

    Codes of this protocol are the service's own, so most say nothing about who is to blame. One that comes
    instead of the answer to our settings, or that speaks of one of them, is a refusal of the settings.
    """
    # Written anew, so that a key behind escapes is found too.
    complaint = read_complaint(line.hidden_in(json.dumps(failure.body).encode()))
    error = error_for_event(complaint, request_id=line.request_id)
    is_unclear = type(error) is SpeechUnavailable and not _names_a_status(complaint)
    if is_unclear and (is_answer or _is_about(complaint, asked)):
        return error_for(422, complaint, request_id=line.request_id)
    return error


def _names_a_status(complaint: Complaint) -> bool:
    code = complaint.code
    return complaint.status is not None or (code.isascii() and code.isdigit() and 400 <= int(code[:9]) < 600)


def _is_about(complaint: Complaint, asked: Iterable[str]) -> bool:
    return any(complaint.mentions(_STEMS.get(name, name)) for name in asked)
