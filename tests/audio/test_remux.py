from __future__ import annotations

from pathlib import Path

import av
import pytest

from transcripts.audio.opening import open_media
from transcripts.audio.probe import probe
from transcripts.audio.remux import StreamCopier

from .recordings import packets_of, tone, write_media


def copy(
    source: Path, target: Path, origin_seconds: float = 0.0, skipped: frozenset[int] = frozenset()
) -> None:
    with open_media(source) as container, av.open(str(target), "w") as output:
        copier = StreamCopier(container.streams.audio[0], output, origin_seconds, skipped)
        for packet in container.demux(container.streams.audio[0]):
            copier.feed(packet)
        copier.finish()


def test_it_works(tmp_path: Path) -> None:
    source = write_media(
        tmp_path / "live.webm", tone(3, 48_000), "libopus", rate=48_000, muxer_options={"live": "1"}
    )
    copy(source, tmp_path / "copy.webm")
    media = probe(tmp_path / "copy.webm")
    assert media.has_seek_index
    assert media.claimed_ms == pytest.approx(3000, abs=20)
    assert [bytes(p) for p in packets_of(source)] == [bytes(p) for p in packets_of(tmp_path / "copy.webm")]


def test_the_origin_becomes_zero(tmp_path: Path) -> None:
    source = write_media(
        tmp_path / "a.mka", tone(2), "aac", container="matroska", shift=lambda seconds: seconds + 7
    )
    copy(source, tmp_path / "copy.mp4", origin_seconds=7)
    assert probe(tmp_path / "copy.mp4").audio_start_ms < 100


def test_bad_packets_are_left_out(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.mp3", tone(2), "libmp3lame")
    positions = [packet.pos for packet in packets_of(source)]
    copy(
        source, tmp_path / "copy.mp4", skipped=frozenset(position for position in positions[5:8] if position)
    )
    assert len(packets_of(tmp_path / "copy.mp4")) == len(positions) - 3


def test_times_that_run_backwards_are_mended(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.webm", tone(1, 48_000), "libopus", rate=48_000)
    source.write_bytes(source.read_bytes() * 2)
    copy(source, tmp_path / "copy.webm")
    times = [packet.dts for packet in packets_of(tmp_path / "copy.webm")]
    assert len(times) > 90
    assert times == sorted(times, key=lambda time: time or 0)
