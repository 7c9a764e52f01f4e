"""Fields of a request, honest and odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.engine.api_errors import ApiError
from transcripts.engine.transcription_form import read_form

NAMES = st.sampled_from(
    ["model", "file_id", "file_url", "language", "temperature", "stream", "diarize", "num_speakers", "file"]
)
VALUES = st.lists(
    st.text(max_size=12) | st.sampled_from(["voxweb-engine", "true", "en", "1", "nan"]), max_size=2
)


def fields(**values: str) -> dict[str, list[str]]:
    return {"model": ["voxweb-engine"], **{name: [value] for name, value in values.items()}}


def test_it_works() -> None:
    given_fields = fields(diarize="true", num_speakers="3", stream="false", language="en")
    form = read_form({**given_fields, "timestamp_granularities[]": ["segment", "word"]}, ["file"])
    assert (form.model, form.has_file, form.diarize, form.speaker_count) == ("voxweb-engine", True, True, 3)
    assert form.granularities == {"segment", "word"} and not form.notices and not form.stream


def test_diarize_alone_gives_segments() -> None:
    assert read_form(fields(diarize="true"), ["file"]).granularities == {"segment"}


def test_blank_fields_count_as_absent() -> None:
    form = read_form(fields(language="", context_bias=" ", speaker_references="{}"), ["file"])
    assert form.notices == ()


def test_a_count_without_diarize_gives_a_notice() -> None:
    [notice] = read_form(fields(num_speakers="2"), ["file"]).notices
    assert notice.code == "num_speakers_ignored"


@pytest.mark.parametrize("uploads", [[], ["file", "file"], ["other"], ["file", "other"]])
def test_exactly_one_file_is_taken(uploads: list[str]) -> None:
    with pytest.raises(ApiError) as refusal:
        read_form(fields(), uploads)
    assert refusal.value.status == 422 and "detail" in refusal.value.body()


@given(st.dictionaries(NAMES, VALUES), st.lists(st.sampled_from(["file", "x"]), max_size=2))
def test_free_fields_are_taken_or_refused(free: dict[str, list[str]], uploads: list[str]) -> None:
    try:
        form = read_form(free, uploads)
    except ApiError as refusal:
        assert refusal.status in (400, 422)
    else:
        assert [form.has_file, form.file_id is not None, form.file_url is not None].count(True) == 1
