"""What can go wrong between this program and a speech service."""

from __future__ import annotations

from typing import Any, ClassVar

from transcripts.errors import VoxwebError
from transcripts.speech.error_body import Complaint


class SpeechError(VoxwebError):
    """The root of this room.

    ``status`` is the HTTP status (``None`` when there was none), ``request_id`` the service's own number
    for the call, ``retry_after_seconds`` the wait the service asked for, ``complaint`` its own words.
    ``worth_repeating`` says that the client itself may repeat the call within its retry policy;
    ``retryable`` that a job may try again later.
    """

    code = "speech_failed"
    message = "The speech service could not be used. Your recording is kept; please try again."
    worth_repeating: ClassVar[bool] = False

    def __init__(
        self,
        message: str | None = None,
        *,
        detail: dict[str, Any] | None = None,
        status: int | None = None,
        request_id: str | None = None,
        retry_after_seconds: float | None = None,
        complaint: Complaint | None = None,
    ) -> None:
        super().__init__(message, detail=detail)
        self.status = status
        self.request_id = request_id
        self.retry_after_seconds = retry_after_seconds
        self.complaint = complaint or Complaint()


class SpeechAddressInvalid(SpeechError):
    """The base URL of the speech service is not a plain http(s) address."""

    code = "speech_address_invalid"
    message = "The address of the speech service is not usable. Write it like https://api.mistral.ai."


class SpeechKeyRejected(SpeechError):
    """HTTP 401 or 403, or a key that cannot be sent at all."""

    code = "speech_key_rejected"
    message = (
        "The speech service did not accept the API key. Your recording is kept; "
        "ask the administrator to check the key, then try again."
    )


class SpeechModelUnknown(SpeechError):
    """The service does not know the model, or does not offer it for transcription."""

    code = "speech_model_unknown"
    message = "The speech service does not offer this model. Your recording is kept; choose another model."


class SpeechRequestRejected(SpeechError):
    """HTTP 400, 402, 404, 422 and other 4xx: repeating the same request cannot help."""

    code = "speech_request_rejected"
    message = (
        "The speech service refused this recording or one of its options. "
        "Your recording is kept; change the options and try again."
    )


class SpeechAudioTooLong(SpeechError):
    """HTTP 413, or a 400 that says the audio does not fit the model."""

    code = "speech_audio_too_long"
    message = (
        "The recording is too long or too large for this model in one piece. "
        "Your recording is kept; choose another model or a shorter recording."
    )


class SpeechSourceUnreadable(SpeechError):
    """The file to send is missing, empty, unreadable or changed its size while it was sent."""

    code = "speech_source_unreadable"
    message = "The audio file could not be read. Please upload the recording again."


class SpeechRateLimited(SpeechError):
    """HTTP 429. ``retry_after_seconds`` is set when the service said how long to wait."""

    code = "speech_rate_limited"
    message = (
        "The speech service is receiving too many requests. Your recording is kept "
        "and will be tried again by itself."
    )
    retryable = True
    worth_repeating = True


class SpeechUnavailable(SpeechError):
    """HTTP 408, 425 or 5xx, or nothing answers at the address."""

    code = "speech_unavailable"
    message = (
        "The speech service is not available at the moment. Your recording is kept "
        "and will be tried again by itself."
    )
    retryable = True
    worth_repeating = True


class SpeechTimeout(SpeechError):
    """The service accepted the request and then said nothing for too long.

    Not repeated by the client: the wait is long already, so the job decides.
    """

    code = "speech_timeout"
    message = (
        "The speech service did not answer in time. Your recording is kept and will be tried again by itself."
    )
    retryable = True


class SpeechConnectionLost(SpeechError):
    """The connection broke while sending or receiving."""

    code = "speech_connection_lost"
    message = (
        "The connection to the speech service broke. Your recording and the text so far are kept; "
        "it will be tried again by itself."
    )
    retryable = True
    worth_repeating = True


class SpeechStreamUnfinished(SpeechError):
    """An event stream ended without ``transcription.done``."""

    code = "speech_stream_unfinished"
    message = (
        "The speech service stopped before the end of the recording. The recording and the text so far "
        "are kept; it will be tried again by itself."
    )
    retryable = True


class SpeechResponseInvalid(SpeechError):
    """The answer does not have the documented shape, or is larger than any real answer."""

    code = "speech_response_invalid"
    message = (
        "The speech service sent an answer that could not be understood. Your recording is kept; "
        "check the address of the service, then try again."
    )


class SpeechCancelled(SpeechError):
    """``should_stop`` said so; the connection is closed."""

    code = "speech_cancelled"
    message = "The transcription was cancelled. The recording and the text so far are kept."
