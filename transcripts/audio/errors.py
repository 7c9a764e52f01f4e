"""Why a file could not be read, one class per cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import VoxwebError


class AudioError(VoxwebError):
    """The root of every failure while reading or converting a sound file. The original is always kept."""

    code = "audio_error"
    message = "The file could not be read. The original is kept; please try again."


class EmptyFileError(AudioError):
    code = "empty_file"
    message = "The file is empty. Please check that it was fully saved, then upload it again."


class NotMediaError(AudioError):
    code = "not_media"
    message = "This is not an audio or video file that can be read. Please upload the recording itself."


class PlaylistRefusedError(AudioError):
    code = "playlist_refused"
    message = "This is a playlist: it only points to other files. Please upload the recording it points to."


class IncompleteFileError(AudioError):
    code = "incomplete_file"
    message = (
        "The file was cut off before its index was written, so nothing in it can be read. "
        "Please copy it again from the device that recorded it."
    )


class NoAudioTrackError(AudioError):
    code = "no_audio_track"
    message = "The file has a picture but no sound. Please upload a version with an audio track."


class NothingDecodedError(AudioError):
    code = "nothing_decoded"
    message = "No sound could be read from the file; it is damaged or empty. Please upload another copy."


class UnsupportedCodecError(AudioError):
    code = "unsupported_codec"
    message = (
        "The sound is stored in a format that cannot be read here. Please convert it, for instance to MP3."
    )


class UnsupportedSampleRateError(AudioError):
    code = "unsupported_sample_rate"
    message = (
        "The file claims a sample rate outside of 4 to 384 kHz, so it is probably damaged. "
        "Please export it again at 16 to 48 kHz."
    )


class TooManyChannelsError(AudioError):
    code = "too_many_channels"
    message = "The file claims no channel at all or more than 16. Please export it as mono or stereo."


class AudioTooLongError(AudioError):
    code = "audio_too_long"
    message = "The recording is longer than this server accepts. Please split it and upload the parts."


class DecodeTimeoutError(AudioError):
    code = "decode_timeout"
    message = "Reading the file took longer than allowed. Please convert it to MP3 or FLAC first."


class DecodeMemoryError(AudioError):
    code = "decode_memory"
    message = (
        "Reading the file needed more memory than allowed. Please convert it to MP3 or FLAC and upload that."
    )


class DecodeCrashedError(AudioError):
    code = "decode_crashed"
    message = "The process that reads the file ended unexpectedly. The original is kept; please try again."
    retryable = True


class DiskFullError(AudioError):
    code = "disk_full"
    message = "The server has run out of disk space. The original is kept; try again when there is space."
    retryable = True


class SourceMissingError(AudioError):
    code = "source_missing"
    message = "The uploaded file is no longer on the server. Please upload it again."


class CancelledError(AudioError):
    code = "cancelled"
    message = "Reading the file was stopped. The original is kept and can be processed again."


def error_from_wire(
    code: str, message: str | None = None, detail: dict[str, Any] | None = None
) -> AudioError:
    """Rebuild an error that crossed a process boundary; an unknown code gives AudioError itself."""
    known = {cls.code: cls for cls in _family(AudioError)}
    return known.get(code, AudioError)(message, detail=detail)


def _family(cls: type[AudioError]) -> Iterator[type[AudioError]]:
    yield cls
    for child in cls.__subclasses__():
        yield from _family(child)
