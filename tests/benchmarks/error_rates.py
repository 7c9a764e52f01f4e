"""Word error rate, diarization error rate and word-start error on real recordings, through REST.

``python -m tests.benchmarks.error_rates [name ...]``: uploads each file of the samples folder
(VOXWEB_SAMPLES, or ``../shared/samples``), waits for its transcript and compares with the references.
WER: jiwer over lower-case words without punctuation. DER: pyannote.metrics, collar 0.25 s on each side of a
boundary, overlap scored, no hint on the number of speakers.
"""

from __future__ import annotations

import json
import statistics
import sys
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import jiwer
from pyannote.core import Annotation
from pyannote.core import Segment as Stretch
from pyannote.metrics.diarization import DiarizationErrorRate

from tests.stack import Stack, running_stack

from .samples import NOTHING_MEASURED, plain_words, samples_folder

COLLAR_SECONDS = 0.5
"""pyannote's collar is the whole width: 0.25 s before and after each reference boundary."""
BOUNDS = {
    ("austen_a.wav", "wer"): 0.36,
    ("two_cities.wav", "wer"): 0.33,
    ("jfk.flac", "wer"): 0.30,
    ("libri_mf.flac", "der"): 0.05,
    ("libri_3.flac", "der"): 0.12,
    ("tvshow4spk.wav", "der"): 0.05,
    ("synth_dialogue_10min.mp3", "word_start_ms"): 30.0,
}


def word_error_rate(reference: str, transcript: dict[str, Any]) -> float:
    heard = " ".join(segment["text"] for segment in transcript["segments"])
    return float(jiwer.wer(" ".join(plain_words(reference)), " ".join(plain_words(heard))))


def reference_turns(rttm: Path) -> Annotation:
    turns = Annotation()
    for number, line in enumerate(rttm.read_text().splitlines()):
        fields = line.split()
        if fields and fields[0] == "SPEAKER":
            start, length = float(fields[3]), float(fields[4])
            turns[Stretch(start, start + length), number] = fields[7]
    return turns


def diarization_error_rate(rttm: Path, transcript: dict[str, Any]) -> float:
    heard = Annotation()
    for number, segment in enumerate(transcript["segments"]):
        if segment["speaker"] is not None and segment["end_ms"] > segment["start_ms"]:
            heard[Stretch(segment["start_ms"] / 1000, segment["end_ms"] / 1000), number] = segment["speaker"]
    metric = DiarizationErrorRate(collar=COLLAR_SECONDS, skip_overlap=False)
    return float(metric(reference_turns(rttm), heard))


def word_start_error_ms(words_file: Path, transcript: dict[str, Any]) -> tuple[float, int]:
    """Median |error| in milliseconds over the words that were recognised, and how many those are."""
    reference = [(plain_words(row[0]), row[1]) for row in json.loads(words_file.read_text())]
    expected = [(word, start) for words, start in reference for word in words[:1]]
    heard = [
        (plain_words(text)[0], start_ms)
        for segment in transcript["segments"]
        for start_ms, _end_ms, text in segment["words"]
        if plain_words(text)
    ]
    matcher = SequenceMatcher(None, [w for w, _ in expected], [w for w, _ in heard], autojunk=False)
    errors = [
        abs(heard[block.b + k][1] - expected[block.a + k][1] * 1000)
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    ]
    return statistics.median(errors), len(errors)


def measure(stack: Stack, folder: Path, entry: dict[str, Any]) -> dict[str, float]:
    path = folder / entry["file"]
    stem = entry["file"].replace(".", "_")
    transcript = stack.wait(stack.upload(path, force="1")["code"])
    figures: dict[str, float] = {"segments": len(transcript["segments"])}
    if entry.get("reference") and entry["language"] == "en":
        figures["wer"] = word_error_rate(entry["reference"], transcript)
    if (rttm := folder / f"{stem}.rttm").exists():
        figures["der"] = diarization_error_rate(rttm, transcript)
        figures["speakers"] = len(transcript["speakers"])
    if (words := folder / f"{stem}.words.json").exists():
        figures["word_start_ms"], figures["matched"] = word_start_error_ms(words, transcript)
    return figures


def verdict(name: str, figures: dict[str, float]) -> str:
    notes = []
    for key, value in figures.items():
        bound = BOUNDS.get((name, key))
        mark = "" if bound is None else (" ok" if value <= bound else f" ABOVE {bound}")
        notes.append(f"{key} {value:.3f}{mark}" if value != int(value) else f"{key} {int(value)}{mark}")
    return f"{name:28} " + "   ".join(notes)


def main(names: list[str]) -> int:
    folder = samples_folder()
    if not folder.is_dir():
        print(NOTHING_MEASURED.format(folder))
        return 0
    worse = 0
    with running_stack() as stack:
        for entry in json.loads((folder / "manifest.json").read_text()):
            if entry.get("split") != "dev" or (names and entry["file"] not in names):
                continue
            line = verdict(entry["file"], measure(stack, folder, entry))
            worse += "ABOVE" in line
            print(line, flush=True)
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
