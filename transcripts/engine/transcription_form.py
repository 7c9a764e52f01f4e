"""The fields of a transcription request: read from either encoding, checked, nothing ignored in silence."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transcripts.engine.api_errors import ApiError, malformed, missing
from transcripts.engine.diarize import MOST_SPEAKERS
from transcripts.engine.model_card import LANGUAGE, checked_model

LONGEST_URL = 2083
GRANULARITIES = ("segment", "word")
_KNOWN = {
    "model", "file", "file_url", "file_id", "language", "temperature", "stream", "diarize", "context_bias",
    "speaker_references", "timestamp_granularities", "turn_detection", "num_speakers",
}  # fmt: skip
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_LANGUAGE = re.compile(r"[a-z]{2}")
_HOTTEST = 2.0
_MOST_NOTICES = 20


@dataclass(frozen=True)
class Notice:
    """Something the caller asked for and did not get."""

    code: str
    message: str


@dataclass(frozen=True)
class TranscriptionForm:
    """A checked request. Exactly one of ``has_file``, ``file_url`` and ``file_id`` is set."""

    model: str
    has_file: bool
    file_url: str | None
    file_id: str | None
    stream: bool
    diarize: bool
    speaker_count: int | None
    granularities: frozenset[str]
    notices: tuple[Notice, ...]


def read_form(fields: Mapping[str, Sequence[str]], uploads: Sequence[str]) -> TranscriptionForm:
    """Checks the text fields (name to values, ``name[]`` counts as ``name``) and the names of file parts.

    Raises the 422 refusal for what is missing or malformed, and a 400 one for what is well-formed but not
    within this engine's powers.
    """
    form = _merged(fields)
    model = _single(form, "model")
    if model is None:
        raise missing("model")
    _check_source(form, uploads)
    _refuse_unsupported(form)
    diarize = _truth(form, "diarize")
    return TranscriptionForm(
        model=checked_model(model),
        has_file=bool(uploads),
        file_url=_single(form, "file_url"),
        file_id=_single(form, "file_id"),
        stream=_truth(form, "stream"),
        diarize=diarize,
        speaker_count=_speaker_count(form),
        granularities=_granularities(form, diarize),
        notices=tuple(_notices(form, diarize)[:_MOST_NOTICES]),
    )


def _merged(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Blank values count as absent, as the official client leaves them out."""
    form: dict[str, list[str]] = {}
    for name, values in fields.items():
        form.setdefault(name.removesuffix("[]"), []).extend(value for value in values if value.strip())
    return {name: values for name, values in form.items() if values}


def _single(form: Mapping[str, list[str]], name: str) -> str | None:
    values = form.get(name, [])
    if len(values) > 1:
        raise malformed(name, "Give this field only once", values[:3])
    return values[0].strip() if values else None


def _check_source(form: Mapping[str, list[str]], uploads: Sequence[str]) -> None:
    if "file" in form:
        raise malformed("file", "Expected an uploaded file with a file name", form["file"][0][:80])
    if wrong := [name for name in uploads if name != "file"]:
        raise malformed(wrong[0], "Only the field 'file' takes a file", None)
    given = [*uploads, *(name for name in ("file_url", "file_id") if name in form)]
    if not given:
        raise missing("file")
    if len(given) > 1:
        raise malformed(given[1], "Give exactly one of file, file_url and file_id", given)
    url = _single(form, "file_url")
    if url is not None and len(url) > LONGEST_URL:
        raise malformed("file_url", f"The address has more than {LONGEST_URL} characters", url[:80])


def _refuse_unsupported(form: Mapping[str, list[str]]) -> None:
    language = _single(form, "language")
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise malformed("language", "Expected a two-letter ISO 639-1 code", language[:80])
    if language is not None and language != LANGUAGE:
        raise _unsupported(
            "language", "The built-in engine understands only English (en).", "unsupported_language"
        )
    if "context_bias" in form:
        raise _unsupported("context_bias", "The built-in engine cannot be given words to expect.")
    if form.get("speaker_references", ["{}"]) != ["{}"]:
        raise _unsupported("speaker_references", "The built-in engine cannot recognise known speakers.")
    if "turn_detection" in form:
        raise _unsupported(
            "turn_detection", "turn_detection is only supported on the realtime transcription endpoint"
        )


def _unsupported(param: str, message: str, type: str = "unsupported_parameter") -> ApiError:
    return ApiError(400, message, type, param=param)


def _truth(form: Mapping[str, list[str]], name: str) -> bool:
    value = _single(form, name)
    if value is None:
        return False
    if value.lower() not in _TRUTH:
        raise malformed(name, "Expected true or false", value[:80])
    return _TRUTH[value.lower()]


def _granularities(form: Mapping[str, list[str]], diarize: bool) -> frozenset[str]:
    given = frozenset(form.get("timestamp_granularities", []))
    if wrong := given.difference(GRANULARITIES):
        raise malformed("timestamp_granularities", "Expected 'segment' or 'word'", min(wrong)[:80])
    return given or (frozenset({"segment"}) if diarize else given)


def _speaker_count(form: Mapping[str, list[str]]) -> int | None:
    value = _single(form, "num_speakers")
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= MOST_SPEAKERS:
        raise malformed("num_speakers", f"Expected a whole number from 1 to {MOST_SPEAKERS}", value[:80])
    return int(value)


def _notices(form: Mapping[str, list[str]], diarize: bool) -> list[Notice]:
    notices: list[Notice] = []
    if _temperature(form) > 0:
        notices.append(Notice("temperature_ignored", "The built-in engine has no temperature; 0 was used."))
    if "num_speakers" in form and not diarize:
        notices.append(
            Notice("num_speakers_ignored", "The number of speakers only matters with diarize=true.")
        )
    for name in sorted(set(form) - _KNOWN):
        notices.append(Notice("field_ignored", f"The field {name[:80]!r} is not known and was ignored."))
    return notices


def _temperature(form: Mapping[str, list[str]]) -> float:
    value = _single(form, "temperature")
    try:
        temperature = float(value or "0")
    except ValueError:
        temperature = math.nan
    if not 0 <= temperature <= _HOTTEST:
        raise malformed("temperature", f"Expected a number from 0 to {_HOTTEST:g}", _shown(value))
    return temperature


def _shown(value: Any) -> str:
    return str(value)[:80]
