"""What the embedded engine refuses or fails at."""

from __future__ import annotations

from transcripts.errors import VoxwebError


class EngineError(VoxwebError):
    """Any failure of the embedded engine."""

    code = "engine_error"
    message = "The built-in speech engine failed. Nothing was stored; please try again."


class AudioUnreadable(EngineError):
    """The bytes are not audio that can be decoded."""

    code = "audio_unreadable"
    message = "The audio could not be decoded. Send a sound or video file such as WAV, MP3, M4A, FLAC or OGG."


class AudioEmpty(EngineError):
    """There are no bytes, or no sound in them."""

    code = "audio_empty"
    message = "The file holds no audio. Send a file with sound in it."


class AudioTrackMissing(EngineError):
    """A readable container without a sound track."""

    code = "audio_track_missing"
    message = "The file has no sound track. Send a file with sound in it."


class AudioTooLong(EngineError):
    """More sound than one request may hold."""

    code = "audio_too_long"
    message = "The audio is longer than one request may be. Split it and send the parts."


class AnalysisFailed(EngineError):
    """The analysing process ran over its limits or died."""

    code = "analysis_failed"
    message = "The audio could not be analysed within its limits. Please try again, or send a shorter file."
    retryable = True


class TranscriptionStopped(EngineError):
    """The caller has gone; the work was given up."""

    code = "transcription_stopped"
    message = "The transcription was stopped."


class RecogniserUnavailable(EngineError):
    """No recogniser process can be started."""

    code = "recogniser_unavailable"
    message = "The speech recogniser could not be started. Please try again in a moment."
    retryable = True


class RecogniserLost(EngineError):
    """A recogniser process died or did not answer in time."""

    code = "recogniser_lost"
    message = "The speech recogniser stopped while working. Please try again."
    retryable = True


class RecogniserBusy(EngineError):
    """Every live recogniser is taken."""

    code = "recogniser_busy"
    message = "All live recognisers are in use. Try again when another recording has ended."
    retryable = True


class FileMissing(EngineError):
    """No stored file has this id, or it has expired."""

    code = "file_missing"
    message = "There is no such file, or it has expired."


class StorageFull(EngineError):
    """The file store has reached its bounds, or the disk is full."""

    code = "storage_full"
    message = "The file store is full. Delete files and try again."
