"""Changes of every sort, as people and machines make them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from prosemirror.transform import Transform

from transcripts.actions.edit.read import document_of
from transcripts.actions.edit.server_edit import edit
from transcripts.document.content import DocSegment, DocVoice, segments_of, voices_of
from transcripts.document.difference import steps_towards
from transcripts.models import Transcript, User

Text = tuple[list[DocVoice], list[DocSegment]]


def text_of(transcript: Transcript) -> Text:
    """Voices and passages as they are now."""
    _, document = document_of(transcript)
    return voices_of(document), segments_of(document)


def write(
    transcript: Transcript,
    user: User | None,
    segments: Sequence[DocSegment],
    voices: Sequence[DocVoice] | None = None,
    kind: str = "edit",
) -> int:
    """One batch after which the document holds just these passages; returns the new version."""

    def change(tr: Transform) -> None:
        steps_towards(tr, voices_of(tr.doc) if voices is None else voices, segments)

    return edit(transcript, kind, user, change)


def rewrite(transcript: Transcript, user: User | None, key: str, text: str, kind: str = "edit") -> int:
    """Another text for one passage; returns the new version."""
    _, segments = text_of(transcript)
    changed = [replace(segment, text=text) if segment.id == key else segment for segment in segments]
    return write(transcript, user, changed, kind=kind)


def random_change(text: Text, rng: random.Random) -> Text:
    """Type, split, join, delete, add, move a time, hold it, give to somebody else, name a voice."""
    voices, segments = list(text[0]), list(text[1])
    choices = CHANGES if len(segments) < MOST_PASSAGES else SHORTENING
    change: Callable[[list[DocVoice], list[DocSegment], random.Random], None] = rng.choice(choices)
    if segments:
        change(voices, segments, rng)
    else:
        _add(voices, segments, rng)
    return voices, segments


def _type(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments))
    words = segments[at].text.split()
    words[rng.randrange(len(words) + 1) :][:1] = [rng.choice(["harbour", "Böé", "港は", "😀", "a b"])]
    words.insert(rng.randrange(len(words) + 1), f"w{rng.randrange(99)}")
    segments[at] = replace(segments[at], text=" ".join(words))


def _split(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments))
    old = segments[at]
    cut = rng.randrange(len(old.text) + 1)
    middle_ms = (old.start_ms + old.end_ms) // 2
    segments[at : at + 1] = [
        replace(old, text=old.text[:cut], end_ms=middle_ms),
        replace(old, id=f"n{rng.randrange(10**9)}", text=old.text[cut:], start_ms=middle_ms),
    ]


def _join(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments))
    pair = segments[at : at + 2]
    if len(pair) == 2 and pair[1].end_ms >= pair[0].start_ms:
        segments[at : at + 2] = [
            replace(pair[0], text=f"{pair[0].text} {pair[1].text}", end_ms=pair[1].end_ms)
        ]


def _delete(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    del segments[rng.randrange(len(segments))]


def _add(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments) + 1)
    start_ms = segments[at - 1].end_ms if at else 0
    segments.insert(at, DocSegment(f"n{rng.randrange(10**9)}", "", start_ms, start_ms + 500, "added words"))


def _times(_voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments))
    end_ms = segments[at].start_ms + rng.randrange(5000)
    segments[at] = replace(segments[at], end_ms=end_ms, held=rng.random() < 0.5)


def _give(voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    at = rng.randrange(len(segments))
    segments[at] = replace(segments[at], speaker=rng.choice(["", *(voice.id for voice in voices)]))


def _name(voices: list[DocVoice], _segments: list[DocSegment], rng: random.Random) -> None:
    if voices:
        at = rng.randrange(len(voices))
        voices[at] = replace(voices[at], name=rng.choice(["", "Ada", "Béa"]), hue=rng.randrange(9))


def _voice(voices: list[DocVoice], segments: list[DocSegment], rng: random.Random) -> None:
    """A new voice comes, or one goes and its passages are nobody's."""
    if len(voices) > 3:
        gone = voices.pop(rng.randrange(len(voices))).id
        segments[:] = [replace(part, speaker="") if part.speaker == gone else part for part in segments]
    else:
        voices.append(DocVoice(f"voice_{rng.randrange(10**6)}"))


MOST_PASSAGES = 8
SHORTENING = [_join, _delete]
CHANGES = [_type, _type, _type, _split, _join, _delete, _add, _times, _give, _name, _voice]
