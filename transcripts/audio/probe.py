"""What a media file says about itself, before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from . import ebml, iso_boxes, mp3_header
from .errors import (
    NoAudioTrackError,
    TooManyChannelsError,
    UnsupportedCodecError,
    UnsupportedSampleRateError,
)
from .opening import open_media

LOWEST_RATE_HZ = 4_000
HIGHEST_RATE_HZ = 384_000
MOST_CHANNELS = 16
MICROSECONDS_PER_MS = 1000
ESTIMATED_LENGTH = frozenset({"aac", "amr", "mpeg", "mpegts", "flv"})
LENGTH_IS_END = frozenset({"webm", "matroska", "ogg"})


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """Facts from a file's headers.

    ``container`` is a short name such as "wav", "mp3", "mp4", "mov", "webm", "matroska"; codecs have FFmpeg's
    names. ``claimed_ms`` is the length of sound the headers promise (None: they do not say, or it would be an
    estimate); ``start_ms`` is where the timestamps begin. ``has_seek_index`` tells whether a player can jump
    in the file. A cover picture is not a video.
    """

    container: str
    audio_codec: str
    sample_rate: int
    channels: int
    claimed_ms: int | None
    start_ms: int
    audio_start_ms: int
    audio_tracks: int
    has_seek_index: bool
    has_video: bool
    video_codec: str | None = None
    pixel_format: str | None = None
    width: int | None = None
    height: int | None = None


def probe(path: Path) -> MediaInfo:
    """Read the headers of ``path``; raises the errors of ``open_media`` and ``inspect``.

    Call it on uploaded files only in a process that may die: hostile headers reach FFmpeg here.
    """
    with open_media(path) as container:
        return inspect(container, path)


def inspect(container: InputContainer, path: Path) -> MediaInfo:
    """Describe an open file.

    Raises NoAudioTrackError, UnsupportedCodecError, UnsupportedSampleRateError and TooManyChannelsError.
    """
    audio = audio_stream(container)
    _refuse_impossible(audio)
    name, indexed = _container_name(container.format.name, path)
    picture = video_stream(container)
    return MediaInfo(
        container=name,
        audio_codec=audio.codec_context.codec.canonical_name,
        sample_rate=audio.codec_context.sample_rate,
        channels=audio.codec_context.channels,
        claimed_ms=_claimed_ms(container, audio, name, path),
        start_ms=max(0, (container.start_time or 0) // MICROSECONDS_PER_MS),
        audio_start_ms=max(0, _in_ms(audio.start_time, audio)),
        audio_tracks=len(container.streams.audio),
        has_seek_index=indexed and container.duration is not None,
        has_video=picture is not None,
        video_codec=picture.codec_context.codec.canonical_name if picture else None,
        pixel_format=picture.codec_context.pix_fmt if picture else None,
        width=picture.codec_context.width if picture else None,
        height=picture.codec_context.height if picture else None,
    )


def audio_stream(container: InputContainer) -> AudioStream:
    """The track that players choose: the first."""
    if not container.streams.audio:
        raise NoAudioTrackError
    return container.streams.audio[0]


def video_stream(container: InputContainer) -> VideoStream | None:
    """The first moving picture, or None; cover pictures do not count."""
    for stream in container.streams.video:
        if stream.codec_context is not None and not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def _refuse_impossible(audio: AudioStream) -> None:
    if audio.codec_context is None:
        raise UnsupportedCodecError
    rate, channels = audio.codec_context.sample_rate, audio.codec_context.channels
    # FFmpeg reports 0 for compressed streams whose first packets are damaged: decoding tells then.
    is_raw = audio.codec_context.codec.canonical_name.startswith("pcm_")
    if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ and (rate or is_raw):
        raise UnsupportedSampleRateError(detail={"sample_rate": rate})
    if channels > MOST_CHANNELS or (is_raw and channels < 1):
        raise TooManyChannelsError(detail={"channels": channels})


def _container_name(format_names: str, path: Path) -> tuple[str, bool]:
    """A short name for the container, and whether the file carries an index to seek by."""
    if format_names.startswith("matroska"):
        outline = ebml.read_outline(path)
        return outline.doc_type, outline.has_cues
    if format_names.startswith("mov"):
        return "mov" if iso_boxes.is_quicktime(path) else "mp4", not iso_boxes.is_fragmented(path)
    return format_names.split(",", maxsplit=1)[0], True


def _claimed_ms(container: InputContainer, audio: AudioStream, name: str, path: Path) -> int | None:
    if name in ESTIMATED_LENGTH or (name == "mp3" and not mp3_header.claims_length(path)):
        return None
    length_ms = _in_ms(audio.duration, audio) or (container.duration or 0) // MICROSECONDS_PER_MS
    if name in LENGTH_IS_END:
        length_ms -= _in_ms(audio.start_time, audio)
    return length_ms if length_ms > 0 else None


def _in_ms(ticks: int | None, stream: AudioStream) -> int:
    return round(1000 * ticks * stream.time_base) if ticks is not None and stream.time_base else 0
