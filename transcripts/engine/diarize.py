"""Who speaks when: classical speaker diarization in numpy, within bounded memory.

Voice activity, cepstra, pieces of about 2 s (4 s above half an hour, 1 s for short files with a known
number of speakers), bottom-up clustering, two redrawings of the borders, a last comparison of voices.
Recordings above an hour are clustered hour by hour first. Measured error rates are in the benchmarks.
Set OMP_NUM_THREADS=1: threads make the small matrices five times slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from transcripts.engine import voice_activity
from transcripts.engine.clustering import group_voices, join_neighbours, reduce_voices
from transcripts.engine.features import FRAMES_PER_SECOND, HOP_SAMPLES, Features, cepstra
from transcripts.engine.pcm import SAMPLE_RATE_HZ, Pcm, Span
from transcripts.engine.resegmentation import Labels, redraw
from transcripts.engine.voices import VoiceStatistics, VoiceTable

MOST_SPEAKERS = 8
_MS_PER_FRAME = 1000 // FRAMES_PER_SECOND
_SHORTEST_PIECE_FRAMES = 20
_TOUCHING_FRAMES = 30
_SHORTEST_SPEAKER_FRAMES = 300
_WINDOW_FRAMES = 3600 * FRAMES_PER_SECOND
_REDRAWINGS = 2
_FEWEST_FRAMES = 50
_SAME_VOICE_DIVERGENCE = 3.0


@dataclass(frozen=True)
class Turn:
    """One stretch of one speaker; speakers are numbered from 0 in the order in which they first speak."""

    start_ms: int
    end_ms: int
    speaker: int


def diarize(
    pcm: Pcm, speaker_count: int | None = None, frames: voice_activity.Frames | None = None
) -> list[Turn]:
    """Turns in order, without overlap. ``speaker_count`` (1 to 8) is a hint that avoids most errors.

    ``frames`` are the voice activity frames of ``pcm`` if they are known already.
    """
    activity = voice_activity.speech_frames(pcm) if frames is None else frames
    regions = voice_activity.speech_regions(activity, len(pcm), voice_activity.FOR_SPEAKERS)
    features = _normalise(cepstra(pcm))
    pieces = _pieces(regions, len(features), _piece_seconds(len(pcm), speaker_count))
    spoken = _spoken(regions, len(features))
    if not pieces:
        return _turns(np.where(spoken, 0, -1).astype(np.int16))
    labels = _clustered(features, pieces, speaker_count)
    return _turns(_refined(features, labels, spoken, speaker_count))


def _normalise(features: Features) -> Features:
    if len(features):
        features -= features.mean(axis=0, dtype=np.float64).astype(np.float32)
        features /= features.std(axis=0, dtype=np.float64).astype(np.float32) + np.float32(1e-6)
    return features


def _piece_seconds(samples: int, speaker_count: int | None) -> float:
    seconds = samples / SAMPLE_RATE_HZ
    if seconds > 1800:
        return 4.0
    return 1.0 if speaker_count is not None and seconds < 60 else 2.0


def _pieces(regions: Sequence[Span], frames: int, seconds: float) -> list[Span]:
    """Equal pieces of each region, as frame spans."""
    pieces: list[Span] = []
    for start, end in regions:
        count = max(1, round((end - start) / SAMPLE_RATE_HZ / seconds))
        edges = np.linspace(start, end, count + 1) / HOP_SAMPLES
        pieces += [(int(a), min(frames, int(b))) for a, b in pairwise(edges)]
    return [piece for piece in pieces if piece[1] - piece[0] >= _SHORTEST_PIECE_FRAMES]


def _spoken(regions: Sequence[Span], frames: int) -> npt.NDArray[np.bool_]:
    spoken = np.zeros(frames, np.bool_)
    for start, end in regions:
        spoken[start // HOP_SAMPLES : end // HOP_SAMPLES] = True
    return spoken


def _clustered(features: Features, pieces: Sequence[Span], speaker_count: int | None) -> Labels:
    """First labels; speakers with less than 3 s are left to be shared out by the redrawing."""
    groups = _grouped_pieces([VoiceStatistics.of(features[a:b]) for a, b in pieces], pieces, speaker_count)
    lengths = [sum(pieces[i][1] - pieces[i][0] for i in group) for group in groups]
    longest_first = sorted(range(len(groups)), key=lambda index: -lengths[index])
    kept = [i for i in longest_first if lengths[i] >= _SHORTEST_SPEAKER_FRAMES] or longest_first[:1]
    labels = np.full(len(features), -1, np.int16)
    for speaker, index in enumerate(kept):
        for piece in groups[index]:
            labels[pieces[piece][0] : pieces[piece][1]] = speaker
    return labels


def _grouped_pieces(
    voices: Sequence[VoiceStatistics], pieces: Sequence[Span], speaker_count: int | None
) -> list[list[int]]:
    touches = [i > 0 and pieces[i][0] - pieces[i - 1][1] < _TOUCHING_FRAMES for i in range(len(pieces))]
    groups = join_neighbours(voices, touches)
    if pieces[-1][1] > _WINDOW_FRAMES:
        groups = _reduced_by_window(voices, pieces, groups)
    joined = [_total(voices, group) for group in groups]
    return [_flat(groups, chosen) for chosen in group_voices(joined, speaker_count)]


def _reduced_by_window(
    voices: Sequence[VoiceStatistics], pieces: Sequence[Span], groups: Sequence[list[int]]
) -> list[list[int]]:
    """Groups within each hour, which keeps time and memory proportional to the length of the recording."""
    windows: dict[int, list[list[int]]] = {}
    for group in groups:
        windows.setdefault(pieces[group[0]][0] // _WINDOW_FRAMES, []).append(group)
    reduced: list[list[int]] = []
    for members in windows.values():
        chosen = reduce_voices([_total(voices, group) for group in members])
        reduced += [_flat(members, indexes) for indexes in chosen]
    return reduced


def _total(voices: Sequence[VoiceStatistics], indexes: Sequence[int]) -> VoiceStatistics:
    total = voices[indexes[0]]
    for index in indexes[1:]:
        total = total + voices[index]
    return total


def _flat(groups: Sequence[Sequence[int]], chosen: Sequence[int]) -> list[int]:
    return [index for group in chosen for index in groups[group]]


def _refined(
    features: Features, labels: Labels, spoken: npt.NDArray[np.bool_], speaker_count: int | None
) -> Labels:
    speakers = int(labels.max()) + 1
    if speakers <= 1:
        return np.where(spoken, 0, -1).astype(np.int16)
    for _ in range(_REDRAWINGS):
        labels = redraw(features, labels, speakers, spoken)
    return labels if speaker_count is not None else _same_voices_joined(features, labels, speakers)


def _same_voices_joined(features: Features, labels: Labels, speakers: int) -> Labels:
    """Joins speakers that turn out to sound alike now that their frames are clean."""
    heard = [s for s in range(speakers) if int((labels == s).sum()) >= _FEWEST_FRAMES]
    table = VoiceTable([VoiceStatistics.of(features[labels == s]) for s in heard])
    while len(alive := table.survivors()) > 1:
        divergence, first, second = min(
            (float(value), int(one), int(two))
            for position, one in enumerate(alive[:-1])
            for two, value in zip(
                alive[position + 1 :], table.divergences(int(one), alive[position + 1 :]), strict=True
            )
        )
        if divergence >= _SAME_VOICE_DIVERGENCE:
            break
        table.join(first, second)
        labels[labels == heard[second]] = heard[first]
    return labels


def _turns(labels: Labels) -> list[Turn]:
    edges = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    order: dict[int, int] = {}
    turns: list[Turn] = []
    for start, end in pairwise(edges):
        if start < end and labels[start] >= 0:
            speaker = order.setdefault(int(labels[start]), len(order))
            turns.append(Turn(start * _MS_PER_FRAME, end * _MS_PER_FRAME, speaker))
    return turns
