"""A spoken recording with a transcript whose times are right: espeak-ng says it, ingest reads it."""

from __future__ import annotations

import shutil
import subprocess
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np

from tests.browser.said import Said
from tests.written import write_heard
from transcripts.actions.edit.retime_rows import WordTable
from transcripts.audio.ingest import IngestLimits, IngestResult, ingest
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import Recording, Transcript, User
from transcripts.timing.interpolate import interpolate
from transcripts.timing.words import encode

RATE = 22_050
"""What espeak-ng writes."""


class Manner(NamedTuple):
    """Voices of espeak-ng by speaker, words a minute, the silence after a line, loudness from 0 to 200."""

    voices: Sequence[str]
    pace: int
    pause_ms: int
    loudness: int = 100


LIVELY = Manner(("en-gb+f3", "en-us+m3", "en-gb+m7"), pace=175, pause_ms=450)
DIALOGUE = (
    (0, "We walked to the harbour every morning before the boats came in."),
    (0, "My grandmother carried the scales, I carried the salt, and neither of us said a word."),
    (1, "And that was before the bridge was built?"),
    (0, "Long before. The bridge came in sixty one, I think, the year of the flood."),
    (0, "You could still see the old posts at low tide."),
    (1, "Did your family stay through the flood?"),
    (0, "We stayed because there was nowhere to go. The whole street slept in the school, eleven nights."),
    (2, "She is leaving out that she also learned to cheat at cards."),
    (0, "That too."),
)
NAMES = ("Amara Okafor", "Interviewer", "Kofi Mensah")


def speak(
    folder: Path, lines: Sequence[tuple[int, str]] = DIALOGUE, manner: Manner = LIVELY
) -> tuple[Path, list[Said]]:
    """Write ``spoken.wav`` (mono, 22.05 kHz) and return it with the exact place of every line."""
    pieces: list[bytes] = []
    said: list[Said] = []
    frames = 0
    silence = b"\0\0" * (RATE * manner.pause_ms // 1000)
    for number, (speaker, text) in enumerate(lines):
        piece = _say(folder / f"line-{number}.wav", manner, speaker, text)
        start_ms, end_ms = _ms(frames), _ms(frames + len(piece) // 2)
        said.append(Said(speaker, start_ms, end_ms, text))
        pieces += [piece, silence]
        frames += (len(piece) + len(silence)) // 2
    path = folder / "spoken.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        out.writeframes(b"".join(pieces))
    return path, said


def _say(path: Path, manner: Manner, speaker: int, text: str) -> bytes:
    how = ["-v", manner.voices[speaker], "-s", str(manner.pace), "-a", str(manner.loudness)]
    subprocess.run(["espeak-ng", *how, "-w", str(path), text], check=True, timeout=30)
    with wave.open(str(path), "rb") as spoken:
        return spoken.readframes(spoken.getnframes())


def _ms(frames: int) -> int:
    return frames * 1000 // RATE


def film(sound: Path, path: Path, size: tuple[int, int] = (320, 180)) -> Path:
    """Write an mp4 with the given sound and a slowly changing picture (2 frames a second)."""
    with av.open(str(sound)) as source, av.open(str(path), "w", options={"movflags": "faststart"}) as out:
        audio = out.add_stream("aac", rate=48_000)
        video = out.add_stream("libx264", rate=2)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        seconds = 0.0
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=48_000, frame_size=1024)
        for decoded in source.decode(audio=0):
            seconds = float(decoded.time or 0)
            for frame in resampler.resample(decoded):
                out.mux(audio.encode(frame))
        for number in range(int(seconds * 2) + 2):
            out.mux(video.encode(_picture(number, size)))
        out.mux(audio.encode(None))
        out.mux(video.encode(None))
    return path


def _picture(number: int, size: tuple[int, int]) -> av.VideoFrame:
    width, height = size
    pixels = np.full((height, width, 3), (38, 52, 70), dtype=np.uint8)
    pixels[height // 3 : 2 * height // 3, : (number * 8) % width + 8] = (214, 168, 92)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24")


class SpokenRecording(NamedTuple):
    """A folder as ingest leaves it, ready to be copied into the media folder of many tests."""

    folder: Path
    original: str
    result: IngestResult
    said: list[Said]


def make_recording(
    work: Path, lines: Sequence[tuple[int, str]] = DIALOGUE, *, video: bool = False
) -> SpokenRecording:
    """Say the lines and ingest them, once for a whole test run."""
    sound, said = speak(work, lines)
    source = film(sound, work / "spoken.mp4") if video else sound
    folder = work / "ingested"
    folder.mkdir()
    original = folder / f"original{source.suffix}"
    original.write_bytes(source.read_bytes())
    result = ingest(
        original,
        folder,
        limits=IngestLimits(),
        chunk_seconds=600,
        on_progress=lambda _ms: None,
        should_stop=lambda: False,
    )
    return SpokenRecording(folder, original.name, result, said)


def spoken_transcript(owner: User, media_root: Path, recording: SpokenRecording) -> Transcript:
    """Make a ready transcript of ``DIALOGUE`` with real sound, peaks and word times."""
    transcript = recorded_transcript(owner, media_root, recording)
    write_lines(transcript, recording.said, recording.result.pauses_ms)
    return transcript


def recorded_transcript(owner: User, media_root: Path, recording: SpokenRecording) -> Transcript:
    """With real sound and peaks, and no text yet."""
    transcript = Transcript.objects.create(
        title="Interview with Amara Okafor", owner=owner, state=Transcript.State.READY, language="en"
    )
    shutil.copytree(recording.folder, media_root / transcript.code)
    _record(transcript, media_root / transcript.code / recording.original, recording.result)
    return transcript


def _record(transcript: Transcript, original: Path, result: IngestResult) -> None:
    code = transcript.code
    playback = result.playback.name if result.playback else original.name
    Recording.objects.create(
        transcript=transcript,
        original_name=f"harbour{original.suffix}",
        original_file=f"{code}/{original.name}",
        original_bytes=original.stat().st_size,
        playback_file=f"{code}/{playback}",
        playback_type=result.playback_type,
        peaks_file=f"{code}/peaks-10.dat",
        peaks_fine_file=f"{code}/peaks-50.dat",
        duration_ms=result.duration_ms,
        has_video=original.suffix == ".mp4",
        container=original.suffix[1:],
        audio_codec="aac" if original.suffix == ".mp4" else "pcm_s16le",
        sample_rate=RATE,
        channels=1,
    )


def write_lines(
    transcript: Transcript, said: Sequence[Said], pauses_ms: Sequence[tuple[int, int]] = ()
) -> None:
    """Write speakers and segments with word times spread over the voiced parts of each line."""
    voices = [DocVoice(f"speaker_{n + 1}", name) for n, name in enumerate(NAMES)]
    segments = [
        DocSegment(f"said{n}", voices[line.speaker].id, line.start_ms, line.end_ms, line.text)
        for n, line in enumerate(said)
    ]
    tables = {segment.id: WordTable(_words(segment, pauses_ms), "interpolated") for segment in segments}
    write_heard(transcript, segments, voices, tables=tables)


def _words(segment: DocSegment, pauses_ms: Sequence[tuple[int, int]]) -> str:
    times = interpolate(segment.text.split(), segment.start_ms, segment.end_ms, pauses_ms)
    return encode(times, segment.start_ms)
