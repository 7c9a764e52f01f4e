"""Write the copy of a recording that a browser plays."""

from __future__ import annotations

from pathlib import Path

import av
from av.container import OutputContainer

from .decoder import read_packets
from .opening import open_media
from .playback import Method, PlaybackPlan
from .probe import audio_stream, probe, video_stream
from .remux import StreamCopier
from .sound_encoder import SoundEncoder

MUXERS = {"webm": "webm", "mp4": "mp4", "m4a": "mp4"}


def write_copy(
    source: Path,
    target: Path,
    plan: PlaybackPlan,
    *,
    origin_seconds: float,
    skipped: frozenset[int],
    max_seconds: float,
) -> None:
    """Write ``target`` as ``plan`` says, in memory that does not grow with the length but for the index.

    ``origin_seconds`` is the timestamp of the original that becomes zero. Raises FFmpegError or ValueError
    where the packets do not fit the container, OSError when the disk is full, and the errors of ``probe``
    when the written file cannot be opened again.
    """
    with open_media(source) as container, _open_target(target, plan.extension) as output:
        audio = audio_stream(container)
        picture = video_stream(container) if plan.with_picture else None
        copiers: dict[int, StreamCopier | SoundEncoder] = {}
        if picture is not None:
            copiers[picture.index] = StreamCopier(picture, output, origin_seconds)
        if plan.method is Method.COPY:
            copiers[audio.index] = StreamCopier(audio, output, origin_seconds, skipped)
        else:
            copiers[audio.index] = SoundEncoder(audio, output, origin_seconds, max_seconds)
        for packet in read_packets(container, *([audio] if picture is None else [picture, audio])):
            copiers[packet.stream.index].feed(packet)
        for copier in copiers.values():
            copier.finish()
    probe(target)


def _open_target(target: Path, extension: str) -> OutputContainer:
    # bitexact: a second run gives the same bytes (WebM ids are random otherwise).
    return av.open(
        str(target),
        "w",
        format=MUXERS[extension],
        container_options={"movflags": "+faststart", "fflags": "+bitexact"},
    )
