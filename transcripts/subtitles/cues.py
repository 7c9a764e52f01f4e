"""Cues from the words of a document: never across speakers, nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transcripts.subtitles.cue import Cue
from transcripts.subtitles.cue_breaks import Label, divide
from transcripts.subtitles.cue_times import settle_times
from transcripts.subtitles.document import Document
from transcripts.subtitles.line_breaks import break_lines
from transcripts.subtitles.pieces import Piece, pieces_of
from transcripts.subtitles.profiles import Profile
from transcripts.subtitles.timed_segments import TimedSegment, timed_segments
from transcripts.timing.tokens import spaced
from transcripts.timing.words import Word

_LONGEST_NAME = 20


@dataclass(slots=True)
class _Run:
    """Speech of one person without a long pause: what cues may be cut from freely."""

    speaker: str | None
    pieces: list[Piece] = field(default_factory=list)
    name: str = ""
    name_every_cue: bool = False

    @property
    def start_ms(self) -> int:
        return self.pieces[0].start_ms

    @property
    def end_ms(self) -> int:
        return self.pieces[-1].end_ms


def build_cues(document: Document, profile: Profile, *, names: bool = False) -> list[Cue]:
    """The cues of ``document`` by start.

    With ``names`` a cue's text begins with "NAME: " when the speaker changes, and in every cue while people
    speak at the same time; the name counts as text of the line.
    """
    runs = list(_runs(timed_segments(document), profile))
    if names:
        _name_speakers(runs)
    cues = [cue for run in runs for cue in _cues_of(run, profile, document.language)]
    return settle_times(cues, profile)


def _runs(segments: Sequence[TimedSegment], profile: Profile) -> Iterator[_Run]:
    run: _Run | None = None
    for segment in segments:
        for index, piece in enumerate(pieces_of(segment.words, profile.max_line_chars)):
            if run is None or run.speaker != segment.speaker or _apart(run.pieces[-1], piece, profile):
                if run is not None:
                    yield run
                run = _Run(segment.speaker)
            follows = index == 0 and bool(run.pieces) and spaced(run.pieces[-1].text, piece.text)
            run.pieces.append(piece._replace(spaced=piece.spaced or follows))
    if run is not None:
        yield run


def _apart(before: Piece, after: Piece, profile: Profile) -> bool:
    """A long pause, or the same speaker's segments overlapping: then times would run backwards in a cue."""
    return not 0 <= after.start_ms - before.end_ms < profile.pause_ms


def _name_speakers(runs: Sequence[_Run]) -> None:
    before: str | None = None
    for run in runs:
        if run.speaker and run.speaker != before:
            run.name = _shown_name(run.speaker)
        before = run.speaker
    for earlier, later in _overlapping(runs):
        for run in (earlier, later):
            run.name, run.name_every_cue = _shown_name(run.speaker or ""), True


def _overlapping(runs: Sequence[_Run]) -> Iterator[tuple[_Run, _Run]]:
    """Pairs of runs of different speakers at the same time: each run with the longest-lasting one before."""
    latest: _Run | None = None
    for run in runs:
        if latest is None:
            latest = run
            continue
        if run.speaker != latest.speaker and run.start_ms < latest.end_ms:
            yield latest, run
        if run.end_ms >= latest.end_ms:
            latest = run


def _shown_name(speaker: str) -> str:
    if not speaker:
        return ""
    return (speaker if len(speaker) <= _LONGEST_NAME else speaker[: _LONGEST_NAME - 1].rstrip() + "…") + ":"


def _cues_of(run: _Run, profile: Profile, language: str | None) -> Iterator[Cue]:
    for part in divide(run.pieces, profile, language, Label(len(run.name), run.name_every_cue)):
        pieces = run.pieces[part.start : part.stop]
        named = run.name and (part.start == 0 or run.name_every_cue)
        shown = _with_name(run.name, pieces) if named else pieces
        yield Cue(
            pieces[0].start_ms,
            pieces[-1].end_ms,
            run.speaker,
            break_lines(shown, profile.max_line_chars, language),
            tuple(Word(piece.start_ms, piece.end_ms, piece.text) for piece in pieces),
        )


def _with_name(name: str, pieces: Sequence[Piece]) -> list[Piece]:
    first = pieces[0]
    return [Piece(name, first.start_ms, first.start_ms, False), first._replace(spaced=True), *pieces[1:]]
