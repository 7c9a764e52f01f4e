from __future__ import annotations

import json

from hypothesis import given

from tests.subtitles.examples import document, segment
from tests.subtitles.strategies import documents
from transcripts.subtitles.document import Document, ExportWord
from transcripts.subtitles.json_format import render_json
from transcripts.timing.tokens import join_tokens


def test_it_works() -> None:
    words = (ExportWord(0, 400, "Hello,"), ExportWord(500, 900, "wörld."))
    source = document(
        segment("Hello, wörld.", 0, 1000, "Anna", words), segment("Hi", 1000, 1500), title="A\ntitle"
    )
    assert json.loads(render_json(source)) == {
        "format": "voxweb-transcript",
        "version": 1,
        "title": "A title",
        "language": "en",
        "duration_ms": 1500,
        "speakers": [{"name": "Anna"}],
        "segments": [
            {
                "start_ms": 0,
                "end_ms": 1000,
                "speaker": "Anna",
                "text": "Hello, wörld.",
                "words": [[0, 400, "Hello,"], [500, 900, "wörld."]],
            },
            {"start_ms": 1000, "end_ms": 1500, "speaker": None, "text": "Hi", "words": [[1000, 1500, "Hi"]]},
        ],
    }


def test_an_empty_document() -> None:
    value = json.loads(render_json(document()))
    assert (value["duration_ms"], value["speakers"], value["segments"]) == (0, [], [])


@given(documents)
def test_any_document_is_consistent(source: Document) -> None:
    value = json.loads(render_json(source).encode("utf-8"))
    names = {speaker["name"] for speaker in value["speakers"]}
    for item in value["segments"]:
        assert item["speaker"] is None or item["speaker"] in names
        assert item["start_ms"] <= item["end_ms"] <= value["duration_ms"]
        assert join_tokens(text for _, _, text in item["words"]) == item["text"]
