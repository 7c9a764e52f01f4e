"""Take over transcripts that were written before there were documents."""

import gzip
import json
import re
from typing import Any

from django.db import migrations

ORDER_STEP = 2**20
GROUP_SEGMENTS = 40
ROWS = 500


def take_over(apps: Any, schema_editor: Any) -> None:
    transcript_model = apps.get_model("transcripts", "Transcript")
    for transcript in transcript_model.objects.filter(doc=None).iterator():
        voices = _voices(apps, transcript)
        rows = _put_in_order(apps, transcript)
        _make_document(apps, transcript, voices, rows)
        _make_hearing(apps, transcript, voices, rows)
    _move_readings(apps)


def _voices(apps: Any, transcript: Any) -> dict[int, Any]:
    """Labels become ids of voices, which are plain words."""
    speakers = list(
        apps.get_model("transcripts", "Speaker").objects.filter(transcript=transcript).order_by("order", "pk")
    )
    taken: set[str] = set()
    for speaker in speakers:
        label = re.sub(r"[^A-Za-z0-9_.:-]", "_", speaker.label)[:72] or "speaker"
        while label in taken:
            label = f"{label[:72]}_{len(taken)}"
        taken.add(label)
        if label != speaker.label:
            speaker.label = label
            speaker.save(update_fields=["label"])
    return {speaker.pk: speaker for speaker in speakers}


def _put_in_order(apps: Any, transcript: Any) -> list[Any]:
    model = apps.get_model("transcripts", "Segment")
    rows = list(model.objects.filter(transcript=transcript).order_by("part", "order", "pk"))
    for place, row in enumerate(rows, start=1):
        row.heard_order = row.order
        row.order = place * ORDER_STEP
    model.objects.bulk_update(rows, ["order"], batch_size=ROWS)
    return rows


def _make_document(apps: Any, transcript: Any, voices: Any, rows: Any) -> None:
    document = json.dumps(_document_json(voices, rows), ensure_ascii=False, separators=(",", ":"))
    doc = apps.get_model("transcripts", "TranscriptDoc").objects.create(transcript=transcript)
    data = gzip.compress(document.encode(), mtime=0)
    apps.get_model("transcripts", "DocSnapshot").objects.create(doc=doc, version=0, data=data)


def _document_json(voices: Any, rows: Any) -> dict[str, Any]:
    cast: dict[str, Any] = {"type": "cast"}
    if voices:
        cast["content"] = [
            {"type": "voice", "attrs": {"id": voice.label, "name": voice.name, "hue": 0}}
            for voice in voices.values()
        ]
    nodes = [_segment_json(row, voices) for row in rows]
    firsts = range(0, len(nodes), GROUP_SEGMENTS)
    groups = [{"type": "group", "content": nodes[first : first + GROUP_SEGMENTS]} for first in firsts]
    return {"type": "doc", "content": [cast, *groups]}


def _segment_json(row: Any, voices: Any) -> dict[str, Any]:
    voice = voices.get(row.speaker_id)
    attrs = {
        "id": row.key,
        "speaker": voice.label if voice else "",
        "start_ms": max(row.start_ms, 0),
        "end_ms": max(row.end_ms, row.start_ms, 0),
        "held": False,
    }
    node: dict[str, Any] = {"type": "segment", "attrs": attrs}
    if row.text:
        node["content"] = [{"type": "text", "text": row.text}]
    return node


def _make_hearing(apps: Any, transcript: Any, voices: Any, rows: Any) -> None:
    """What nobody touched is what the machine heard; of the rest its words are not known any more."""
    heard = [row for row in rows if row.edited_by_id is None and row.rev <= 1]
    if not heard:
        return
    kind = "live" if transcript.state == "recording" else "file"
    hearing = apps.get_model("transcripts", "Hearing").objects.create(
        transcript=transcript,
        kind=kind,
        language=transcript.language,
        created_at=transcript.created_at,
        completed_at=None if kind == "live" else transcript.updated_at,
    )
    model = apps.get_model("transcripts", "HeardSegment")
    model.objects.bulk_create([_heard_row(model, hearing, row, voices) for row in heard], batch_size=ROWS)


def _heard_row(model: Any, hearing: Any, row: Any, voices: Any) -> Any:
    voice = voices.get(row.speaker_id)
    return model(
        hearing=hearing,
        key=row.key,
        part=row.part,
        order=row.heard_order,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        text=row.text,
        words=row.words,
        timing_method=row.timing_method,
        voice=row.voice,
        speaker=voice.label if voice else "",
    )


def _move_readings(apps: Any) -> None:
    model = apps.get_model("transcripts", "OtherReading")
    readings = list(model.objects.filter(transcript=None).select_related("segment"))
    for reading in readings:
        reading.transcript_id = reading.segment.transcript_id
        reading.key = reading.segment.key
        reading.mine = reading.segment.text
    model.objects.bulk_update(readings, ["transcript", "key", "mine"], batch_size=ROWS)


class Migration(migrations.Migration):
    dependencies = [("transcripts", "0003_documents")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
