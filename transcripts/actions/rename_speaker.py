"""Give a voice a name or a colour, everywhere in its transcript at once; add a voice."""

from __future__ import annotations

from prosemirror.transform import Transform

from ..document.content import DocVoice, id_of, voice_node, voice_places
from ..document.difference import change_attrs
from ..models import Speaker, StepBatch, Transcript, User
from ..models.codes import segment_key
from .correct_segment import SpeakerUnknownError
from .edit.server_edit import edit
from .file_name import plain_line

LONGEST_NAME = 120


def rename_speaker(
    speaker: Speaker,
    name: str | None,
    user: User | None = None,
    *,
    hue: int | None = None,
    kind: str = StepBatch.Kind.API,
) -> None:
    """Set name (cleaned to one visible line) and colour; None leaves one as it is.

    An empty name brings "Speaker N" back. Raises SpeakerUnknownError.
    """
    attrs: dict[str, object] = {}
    if name is not None:
        attrs["name"] = clean_name(name)
    if hue is not None:
        attrs["hue"] = hue

    def change(tr: Transform) -> None:
        places = (place for place in voice_places(tr.doc) if id_of(place[1]) == speaker.label)
        position, node = next(places, (0, None))
        if node is None:
            raise SpeakerUnknownError
        change_attrs(tr, position, node, attrs)

    edit(speaker.transcript, kind, user, change)
    speaker.refresh_from_db()


def add_speaker(transcript: Transcript, name: str, user: User) -> Speaker:
    """A voice behind the others, which nobody speaks with yet."""
    voice = DocVoice(f"voice_{segment_key()}", clean_name(name))

    def change(tr: Transform) -> None:
        tr.insert(tr.doc.child(0).node_size - 1, voice_node(voice))

    edit(transcript, StepBatch.Kind.API, user, change)
    return Speaker.objects.get(transcript=transcript, label=voice.id)


def clean_name(name: str) -> str:
    """One visible line; characters that nobody knows yet go too, because documents refuse them."""
    return plain_line("".join(char if char.isprintable() else " " for char in name), LONGEST_NAME)
