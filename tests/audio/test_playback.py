from __future__ import annotations

from dataclasses import replace

import pytest

from transcripts.audio.decoder import DecodeFacts
from transcripts.audio.playback import (
    Method,
    PlaybackPlan,
    original_plan,
    plan_playback,
    revise_plan,
    sound_only_plan,
)
from transcripts.audio.probe import MediaInfo
from transcripts.audio.timeline import Timeline

STEADY = DecodeFacts(good_packets=1000, smallest_packet=100, largest_packet=101)
VARYING = DecodeFacts(good_packets=1000, smallest_packet=50, largest_packet=400)


def sound(container: str, codec: str, *, indexed: bool = True) -> MediaInfo:
    return MediaInfo(container, codec, 44_100, 2, 1000, 0, 0, 1, indexed, has_video=False)


def film(
    container: str, codec: str, picture: str, *, indexed: bool = True, pixels: str = "yuv420p"
) -> MediaInfo:
    return replace(
        sound(container, codec, indexed=indexed), has_video=True, video_codec=picture, pixel_format=pixels
    )


def test_it_works() -> None:
    assert plan_playback(sound("wav", "pcm_s16le")) == PlaybackPlan(Method.ORIGINAL, "audio/wav")


@pytest.mark.parametrize(
    ("media", "method", "media_type"),
    [
        (sound("mp3", "mp3"), Method.ORIGINAL, "audio/mpeg"),
        (sound("flac", "flac"), Method.ORIGINAL, "audio/flac"),
        (sound("ogg", "opus"), Method.ORIGINAL, "audio/ogg"),
        (sound("mp4", "aac"), Method.ORIGINAL, "audio/mp4"),
        (sound("webm", "opus"), Method.ORIGINAL, "audio/webm"),
        (sound("webm", "opus", indexed=False), Method.COPY, "audio/webm"),
        (sound("mp4", "aac", indexed=False), Method.COPY, "audio/mp4"),
        (sound("aac", "aac"), Method.COPY, "audio/mp4"),
        (sound("mov", "aac"), Method.COPY, "audio/mp4"),
        (sound("matroska", "opus"), Method.COPY, "audio/webm"),
        (sound("mov", "alac"), Method.ENCODE, "audio/mp4"),
        (sound("amr", "amr_nb"), Method.ENCODE, "audio/mp4"),
        (sound("asf", "wmav2"), Method.ENCODE, "audio/mp4"),
        (sound("wav", "adpcm_ms"), Method.ENCODE, "audio/mp4"),
        (sound("avi", "mp3"), Method.ENCODE, "audio/mp4"),
        (film("mp4", "aac", "h264"), Method.ORIGINAL, "video/mp4"),
        (film("mp4", "aac", "h264", indexed=False), Method.COPY, "video/mp4"),
        (film("mov", "aac", "h264"), Method.COPY, "video/mp4"),
        (film("matroska", "aac", "h264"), Method.COPY, "video/mp4"),
        (film("matroska", "ac3", "h264"), Method.ENCODE, "video/mp4"),
        (film("matroska", "opus", "h264", indexed=False), Method.ENCODE, "video/mp4"),
        (film("mp4", "ac3", "h264"), Method.ENCODE, "video/mp4"),
        (film("webm", "opus", "vp9"), Method.ORIGINAL, "video/webm"),
        (film("webm", "opus", "vp8", indexed=False), Method.COPY, "video/webm"),
    ],
)
def test_what_browsers_can_seek_is_left_alone(media: MediaInfo, method: Method, media_type: str) -> None:
    plan = plan_playback(media)
    assert (plan.method, plan.media_type) == (method, media_type)
    assert plan.with_picture == media.has_video
    assert plan.notice is None


@pytest.mark.parametrize(
    "media",
    [
        film("mp4", "aac", "hevc"),
        film("avi", "mp3", "mpeg4"),
        film("mov", "pcm_s16le", "prores"),
        film("mp4", "aac", "h264", pixels="yuv422p10le"),
    ],
)
def test_a_picture_no_browser_shows_is_left_out_and_said(media: MediaInfo) -> None:
    plan = plan_playback(media)
    assert (plan.media_type, plan.with_picture) == ("audio/mp4", False)
    assert plan.notice is not None
    assert plan.notice.code == "video_not_playable"
    assert str(media.video_codec) in plan.notice.message


def test_a_variable_bit_rate_takes_a_copy_of_its_packets() -> None:
    media = sound("mp3", "mp3")
    assert revise_plan(plan_playback(media), media, STEADY, Timeline()).method is Method.ORIGINAL
    assert revise_plan(plan_playback(media), media, VARYING, Timeline()).method is Method.COPY


def test_a_few_bad_packets_are_no_reason_but_many_are() -> None:
    media = sound("flac", "flac")
    few, many = replace(STEADY, bad_packets=1), replace(STEADY, bad_packets=2)
    assert revise_plan(plan_playback(media), media, few, Timeline()).method is Method.ORIGINAL
    assert revise_plan(plan_playback(media), media, many, Timeline()).method is Method.ENCODE


@pytest.mark.parametrize("timeline", [Timeline(breaks=1), Timeline(silence_seconds=3)])
def test_sound_with_gaps_is_written_anew(timeline: Timeline) -> None:
    media = sound("webm", "opus")
    assert revise_plan(plan_playback(media), media, STEADY, timeline).method is Method.ENCODE


def test_a_film_keeps_its_picture_and_gets_sound_that_keeps_time() -> None:
    media = replace(film("mp4", "aac", "h264"), audio_start_ms=3000)
    late, gap = Timeline(silence_seconds=3.02), Timeline(silence_seconds=8)
    assert revise_plan(plan_playback(media), media, STEADY, late).method is Method.ORIGINAL
    revised = revise_plan(plan_playback(media), media, STEADY, gap)
    assert (revised.method, revised.with_picture) == (Method.ENCODE, True)


def test_fallbacks_say_what_is_missing() -> None:
    sound_only, original = sound_only_plan(film("mp4", "aac", "h264")), original_plan(sound("avi", "mp3"))
    assert sound_only.notice is not None
    assert original.notice is not None
    assert original.media_type == "audio/avi"
    assert sound_only_plan(sound("avi", "mp3")).notice is None
