"""The text that a machine would have written of a spoken interview, and the right one, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.browser.editor.proof_text import (
    CYCLE,
    GUEST,
    MISHEARD_NAME,
    NAME,
    NAMES,
    RIGHT_BUT_DOUBTED,
    TECHNICIAN,
    Fault,
    Kind,
    Proof,
)
from tests.browser.said import Said
from tests.written import write_heard
from transcripts.actions.edit.retime_rows import WordTable
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import HeardSegment, Transcript
from transcripts.timing.interpolate import interpolate
from transcripts.timing.words import Word, encode

MACHINE_VOICES = (DocVoice("speaker_1", "Speaker A"), DocVoice("speaker_2", "Speaker B"))


class MachineText(NamedTuple):
    segments: list[DocSegment]
    tables: dict[str, WordTable]
    doubts: dict[str, list[tuple[int, int, str]]]


END_LATE_MS, START_EARLY_MS = 300, 100
TOUCHING_AT_MS = 225
"""Behind the end of a line; all of it lies in the silence between two."""


def machine_text(proof: Proof) -> MachineText:
    """The passages as the machine has written them, each word at the moment at which it was said."""
    faults = {fault.line: fault for fault in proof.faults}
    made = MachineText([], {}, {})
    number = 0
    while number < len(proof.said):
        number += _write(made, proof.said, number, faults)
    return made


def _write(made: MachineText, said: Sequence[Said], number: int, faults: Mapping[int, Fault]) -> int:
    """Write what became of a line; returns how many lines that were."""
    fault, line = faults.get(number), said[number]
    kind = fault.kind if fault else None
    words = _heard(line, fault)
    voice = _voice_of(line, kind)
    start_ms, end_ms = _borders(said, number, faults)
    if kind is Kind.MERGED:
        words += _heard(said[number + 1], None)
        end_ms = said[number + 1].end_ms
    if fault and kind is Kind.BROKEN:
        first = fault.word
        _add(made, f"m{number}", voice, start_ms, words[first - 1].end_ms, words[:first])
        _add(made, f"m{number}b", voice, words[first].start_ms, end_ms, words[first:])
        return 1
    _add(made, f"m{number}", voice, start_ms, end_ms, words)
    if number % CYCLE == RIGHT_BUT_DOUBTED:
        made.doubts[f"m{number}"] = [(*words[0][:2], "unsure")]
    if fault and kind is Kind.DOUBTED_WORD:
        made.doubts[f"m{number}"] = [(*words[fault.word][:2], "unsure")]
    return 2 if kind is Kind.MERGED else 1


def _voice_of(line: Said, kind: Kind | None) -> str:
    is_asker = (line.speaker == GUEST) == (kind is Kind.VOICE)
    return MACHINE_VOICES[0 if is_asker or line.speaker == TECHNICIAN else 1].id


def _borders(said: Sequence[Said], number: int, faults: Mapping[int, Fault]) -> tuple[int, int]:
    """Of the machine's passage: where a border is wrong, every other one is shared by two passages."""
    start_ms, end_ms = said[number][1:3]
    before, here = (faults.get(index) for index in (number - 1, number))
    if before and before.kind is Kind.BORDER:
        start_ms -= START_EARLY_MS
    if before and before.kind is Kind.TOUCHING:
        start_ms = said[number - 1].end_ms + TOUCHING_AT_MS
    if here and here.kind is Kind.BORDER:
        end_ms += END_LATE_MS
    if here and here.kind is Kind.TOUCHING:
        end_ms += TOUCHING_AT_MS
    return start_ms, end_ms


def _heard(line: Said, fault: Fault | None) -> list[Word]:
    words = [word._replace(text=word.text.replace(NAME, MISHEARD_NAME)) for word in _words(line)]
    if fault and fault.right:
        words[fault.word] = words[fault.word]._replace(text=fault.wrong)
    return words


def _words(line: Said) -> list[Word]:
    return interpolate(line.text.split(), line.start_ms, line.end_ms, ())


def _add(made: MachineText, key: str, voice: str, start_ms: int, end_ms: int, words: Sequence[Word]) -> None:
    made.segments.append(DocSegment(key, voice, start_ms, end_ms, " ".join(word.text for word in words)))
    made.tables[key] = WordTable(encode(words, start_ms), "api")


def write_machine_text(transcript: Transcript, proof: Proof) -> None:
    made = machine_text(proof)
    write_heard(transcript, made.segments, MACHINE_VOICES, tables=made.tables)
    for row in HeardSegment.objects.filter(hearing__transcript=transcript, key__in=made.doubts):
        row.doubts = [list(doubt) for doubt in made.doubts[row.key]]
        row.save()


def write_right_text(transcript: Transcript, proof: Proof) -> None:
    """The same as somebody would have written it who makes no faults."""
    voices = [DocVoice(f"speaker_{number + 1}", name) for number, name in enumerate(NAMES)]
    segments = [
        DocSegment(f"r{number}", voices[line.speaker].id, line.start_ms, line.end_ms, line.text)
        for number, line in enumerate(proof.said)
    ]
    tables = {
        segment.id: WordTable(encode(_words(line), line.start_ms), "api")
        for segment, line in zip(segments, proof.said, strict=True)
    }
    write_heard(transcript, segments, voices, tables=tables)
