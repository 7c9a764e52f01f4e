"""Three hours of speech: ingest CPU beside plain decoding, memory, and words at the seams.

``python -m tests.benchmarks.long_file [hours]``: makes a recording by repeating the exact-script dialogue of
the samples folder (``synth_dialogue_10min.mp3``), measures its ingest, runs it through a whole voxweb, and
splits the dialogue itself into chunks of 60 s to count words that were lost or doubled where chunks meet.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from tests.stack import running_stack
from transcripts.audio.ingest import IngestLimits, IngestResult, ingest
from transcripts.audio.pcm import read_pcm

from .process_memory import PeakMemory, child_named
from .samples import plain_words, samples_folder

DIALOGUE = "synth_dialogue_10min.mp3"
SCRIPT_SUFFIX = ".words.json"
PLAIN_DECODING = """
import sys, av
with av.open(sys.argv[1]) as container:
    resampler = av.AudioResampler("s16", "mono", 16000)
    for frame in container.decode(container.streams.audio[0]):
        for out in resampler.resample(frame):
            out.to_ndarray()
"""


def repeated(source: Path, target: Path, times: int) -> None:
    """Write ``source`` ``times`` over into one MP3 without encoding again."""
    with av.open(str(target), "w") as out:
        stream = None
        offset = 0
        for _ in range(times):
            last = 0
            with av.open(str(source)) as container:
                audio = container.streams.audio[0]
                stream = stream or out.add_stream_from_template(audio)
                for packet in container.demux(audio):
                    if packet.dts is None or packet.pts is None:
                        continue
                    last = packet.pts + (packet.duration or 0)
                    packet.pts += offset
                    packet.dts += offset
                    packet.stream = stream
                    out.mux(packet)
            offset += last


def children_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ingested(path: Path, folder: Path, chunk_seconds: float) -> IngestResult:
    return ingest(
        path,
        folder,
        limits=IngestLimits(),
        chunk_seconds=chunk_seconds,
        on_progress=lambda _: None,
        should_stop=lambda: False,
    )


def measure_ingest(path: Path, folder: Path) -> None:
    before = children_cpu_seconds()
    subprocess.run([sys.executable, "-c", PLAIN_DECODING, str(path)], check=True)
    plain = children_cpu_seconds() - before
    before = children_cpu_seconds()
    result = ingested(path, folder, 600)
    whole = children_cpu_seconds() - before
    print(
        f"ingest of {result.duration_ms / 3.6e6:.2f} h: {whole:.1f} s CPU, plain decoding {plain:.1f} s, "
        f"ratio {whole / plain:.2f}; {len(result.chunks)} chunks"
    )


def measure_whole(path: Path) -> None:
    with running_stack() as stack:
        web, worker, engine = (
            child_named(stack.process.pid, name)
            for name in ("voxweb.server", "manage.py worker", "transcripts.engine")
        )
        started = time.monotonic()
        with PeakMemory(web=web, worker=worker, engine=engine) as memory:
            transcript = stack.wait(stack.upload(path)["code"], 6 * 3600)
        seconds = time.monotonic() - started
        hours = transcript["duration_ms"] / 3.6e6
        print(
            f"{hours:.2f} h: {transcript['state']} after {seconds:.0f} s "
            f"(real-time factor {seconds / hours / 3600:.3f}), {len(transcript['segments'])} segments, "
            f"{len(transcript['speakers'])} speakers; peak memory: {memory}"
        )


Word = tuple[int, str]


def words_of(transcript: dict[str, Any]) -> list[Word]:
    return [
        (start_ms, " ".join(plain_words(text)))
        for segment in transcript["segments"]
        for start_ms, _end_ms, text in segment["words"]
    ]


def transcribed(path: Path, chunk_seconds: int) -> list[Word]:
    with running_stack(VOXWEB_CHUNK_SECONDS=str(chunk_seconds)) as stack:
        return words_of(stack.wait(stack.upload(path)["code"]))


def script_of(path: Path) -> Path:
    return path.with_name(path.name.replace(".", "_") + SCRIPT_SUFFIX)


def seams_ms(path: Path) -> list[int]:
    with tempfile.TemporaryDirectory() as folder:
        return [chunk.start_ms for chunk in ingested(path, Path(folder), 60).chunks[1:]]


def holders(start_ms: int, seams: list[int]) -> int:
    """How many chunks hold all of the sound of a word that begins here: 1, or 0 where a cut goes through it.

    The shortest scripted word lasts 90 ms; the cut itself lies in the middle of a pause of 150 ms or more.
    """
    return 0 if any(start_ms - 30 < seam < start_ms + 90 for seam in seams) else 1


def loudness_at(pcm: npt.NDArray[np.int16], seam_ms: int) -> float:
    """Level of the 30 ms around a cut, in decibels below the level of the whole recording."""
    middle = seam_ms * 16
    piece = pcm[middle - 240 : middle + 240].astype(np.float64)
    rms, overall = (np.sqrt(np.mean(x.astype(np.float64) ** 2)) + 1e-3 for x in (piece, pcm))
    return float(20 * np.log10(rms / overall))


def measure_seams(path: Path) -> None:
    """The dialogue in one piece beside the same in 60 s chunks.

    A word is lost when a cut goes through it, and cannot be doubled: chunks meet without overlap. The engine
    hears some words differently in another chunk; that is its second thoughts, shown as totals.
    """
    starts_ms = [round(row[1] * 1000) for row in json.loads(script_of(path).read_text())]
    seams = seams_ms(path)
    pcm = read_pcm(path)
    lost = sum(holders(start_ms, seams) == 0 for start_ms in starts_ms)
    whole, split = transcribed(path, 0), transcribed(path, 60)
    backwards = sum(later[0] < earlier[0] for earlier, later in pairwise(split))
    loudest = max(loudness_at(pcm, seam) for seam in seams)
    print(
        f"60 s chunks: {len(seams)} seams, {lost} of {len(starts_ms)} scripted words lost or doubled; "
        f"the loudest cut lies {-loudest:.0f} dB below the recording; {len(whole)} words heard whole, "
        f"{len(split)} split, {backwards} running backwards"
    )


def main(arguments: list[str]) -> int:
    source = samples_folder() / DIALOGUE
    if not source.exists():
        print(f"There is no {DIALOGUE} in {samples_folder()}; set VOXWEB_SAMPLES. Nothing was measured.")
        return 0
    hours = float(arguments[0]) if arguments else 3.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.mp3"
        repeated(source, path, round(hours * 6))
        measure_ingest(path, Path(folder) / "ingested")
        measure_seams(source)
        measure_whole(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
