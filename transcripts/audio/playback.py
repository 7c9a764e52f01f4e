"""Decide what a browser is given to play: the original where it can be sought exactly, else a copy.

Measured in Chromium: a live WebM has no length; an MP3 with variable bit rate is sought by a table of 100
entries and plays up to 1.2 s beside the asked moment in ten minutes; the same packets in MP4 are exact. FLAC
is sought to the sample in two hours, without a seek table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from .decoder import DecodeFacts
from .probe import MediaInfo
from .result import Notice
from .timeline import TOLERANCE_SECONDS, Timeline


class Method(Enum):
    """How the sound gets into the copy; a picture is never encoded anew."""

    ORIGINAL = "original"
    COPY = "copy"
    ENCODE = "encode"


@dataclass(frozen=True, slots=True)
class PlaybackPlan:
    """What to make: ``extension`` ("webm", "mp4", "m4a") is that of the copy, ``media_type`` of what is
    played.
    """

    method: Method
    media_type: str
    extension: str = ""
    with_picture: bool = False
    notice: Notice | None = None


WAV_CODECS = frozenset(
    {"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw"}
)
MP4_SOUND = frozenset({"aac", "mp3", "opus", "flac"})
WEBM_SOUND = frozenset({"opus", "vorbis"})
PLAYABLE_SOUND: dict[str, frozenset[str]] = {
    "wav": WAV_CODECS,
    "mp3": frozenset({"mp3"}),
    "flac": frozenset({"flac"}),
    "ogg": frozenset({"opus", "vorbis", "flac"}),
    "webm": WEBM_SOUND,
    "mp4": MP4_SOUND,
}
AUDIO_TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "mp4": "audio/mp4",
}
COPIED_INTO_MP4 = frozenset({"aac", "mp3"})
WELL_TIMED = frozenset({"mp3", "aac", "mp4", "mov", "webm", "matroska"})
"""Containers whose packets carry times good enough to be copied."""

WEBM_PICTURES = frozenset({"vp8", "vp9", "av1"})
MP4_PICTURES = frozenset({"h264", "vp9", "av1"})
PICTURES_COPIED_FROM = frozenset({"mp4", "mov", "matroska", "webm", "flv", "mpegts"})
EVERYWHERE_PIXELS = frozenset({"yuv420p", "yuvj420p"})

ENCODE_SOUND = PlaybackPlan(Method.ENCODE, "audio/mp4", "m4a")
ENCODE_BESIDE_PICTURE = PlaybackPlan(Method.ENCODE, "video/mp4", "mp4", with_picture=True)
COPY_SOUND = PlaybackPlan(Method.COPY, "audio/mp4", "m4a")


def plan_playback(media: MediaInfo) -> PlaybackPlan:
    """Decide from headers alone; ``revise_plan`` corrects it after decoding."""
    return _plan_video(media) if media.has_video else _plan_sound(media)


def revise_plan(plan: PlaybackPlan, media: MediaInfo, facts: DecodeFacts, timeline: Timeline) -> PlaybackPlan:
    """Correct the plan by what decoding showed: untrue timestamps, gaps, damage, a variable bit rate.

    Players differ in late starts and run over gaps (measured in Chromium: MP4), so such sound is written anew
    with the silence in it.
    """
    if plan.with_picture:
        late_seconds = max(0.0, media.audio_start_ms / 1000 - timeline.origin_seconds)
        has_gap = timeline.silence_seconds - late_seconds > TOLERANCE_SECONDS
        return ENCODE_BESIDE_PICTURE if has_gap and _picture_fits_mp4(media) else plan
    if timeline.breaks or timeline.silence_seconds:
        return replace(ENCODE_SOUND, notice=plan.notice)
    inexact = media.container == "mp3" and not facts.constant_bit_rate
    if plan.method is Method.ORIGINAL and (facts.is_damaged or inexact):
        return replace(_sound_copy(media), notice=plan.notice)
    return plan


def _plan_sound(media: MediaInfo) -> PlaybackPlan:
    if media.has_seek_index and media.audio_codec in PLAYABLE_SOUND.get(media.container, ()):
        return PlaybackPlan(Method.ORIGINAL, AUDIO_TYPES[media.container])
    return _sound_copy(media)


def _sound_copy(media: MediaInfo) -> PlaybackPlan:
    if media.container in WELL_TIMED and media.audio_codec in COPIED_INTO_MP4:
        return COPY_SOUND
    if media.container in WELL_TIMED and media.audio_codec in WEBM_SOUND:
        return PlaybackPlan(Method.COPY, "audio/webm", "webm")
    return ENCODE_SOUND


def _plan_video(media: MediaInfo) -> PlaybackPlan:
    if media.container in {"webm", "matroska"} and _fits_webm(media):
        kept = media.container == "webm" and media.has_seek_index
        return PlaybackPlan(Method.ORIGINAL if kept else Method.COPY, "video/webm", "webm", with_picture=True)
    if not _picture_fits_mp4(media):
        return replace(_sound_copy(media), notice=_sound_only(media))
    if media.container == "mp4" and media.has_seek_index and media.audio_codec in MP4_SOUND:
        return PlaybackPlan(Method.ORIGINAL, "video/mp4", "mp4", with_picture=True)
    if media.audio_codec in COPIED_INTO_MP4:
        return PlaybackPlan(Method.COPY, "video/mp4", "mp4", with_picture=True)
    return ENCODE_BESIDE_PICTURE


def _fits_webm(media: MediaInfo) -> bool:
    return media.video_codec in WEBM_PICTURES and media.audio_codec in WEBM_SOUND


def _picture_fits_mp4(media: MediaInfo) -> bool:
    return (
        media.container in PICTURES_COPIED_FROM
        and media.video_codec in MP4_PICTURES
        and (media.video_codec != "h264" or media.pixel_format in EVERYWHERE_PIXELS)
    )


def sound_only_plan(media: MediaInfo) -> PlaybackPlan:
    """The plan to fall back on when a copy could not be made: the sound, encoded anew."""
    return replace(ENCODE_SOUND, notice=_sound_only(media) if media.has_video else None)


def original_plan(media: MediaInfo) -> PlaybackPlan:
    """The last resort: play the original although a player may not be able to."""
    kind = "video" if media.has_video else "audio"
    notice = Notice(
        "no_playback_copy",
        "A copy for browsers could not be made of this file, so playing it may not work. "
        "The text and the original are complete.",
        {"container": media.container, "audio_codec": media.audio_codec},
    )
    return PlaybackPlan(Method.ORIGINAL, f"{kind}/{media.container}", notice=notice)


def _sound_only(media: MediaInfo) -> Notice:
    return Notice(
        "video_not_playable",
        f"Browsers cannot show the picture of this video ({media.video_codec} in {media.container}), "
        "so only its sound is played. The original file is kept.",
        {"video_codec": media.video_codec, "container": media.container},
    )
