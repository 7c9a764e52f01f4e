"""The shape of the editable text; ``static/src/js/editor/schema.js`` is its twin."""

from __future__ import annotations

import re
from typing import Any

from prosemirror.model import Schema

SCHEMA_VERSION = 1
"""Pages with another one are told to reload; their unsent changes wait in the browser."""

MOST_HUES = 8
MOST_MS = 2**53 - 1
"""What a JavaScript number still counts exactly."""

UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
"""What a line of text cannot hold: control characters, line breaks, halves of characters."""

_ID = re.compile(r"[A-Za-z0-9_.:-]{0,80}\Z")


def _check_id(value: Any) -> None:
    if not isinstance(value, str) or not _ID.match(value):
        raise ValueError("An id is a short word of letters, digits and dashes.")


def _check_name(value: Any) -> None:
    if not isinstance(value, str) or len(value) > 120 or UNFIT.search(value):
        raise ValueError("A name is one line of at most 120 characters.")


def _check_ms(value: Any) -> None:
    if type(value) is not int or not 0 <= value <= MOST_MS:
        raise ValueError("A moment is a whole number of milliseconds.")


def _check_hue(value: Any) -> None:
    if type(value) is not int or not 0 <= value <= MOST_HUES:
        raise ValueError(f"A colour is a number from 0 to {MOST_HUES}.")


def _check_held(value: Any) -> None:
    if type(value) is not bool:
        raise ValueError("Held is true or false.")


SCHEMA: Schema[Any, Any] = Schema(
    {
        "nodes": {
            "doc": {"content": "cast group*"},
            "cast": {"content": "voice*"},
            "voice": {
                "atom": True,
                "selectable": False,
                "attrs": {
                    "id": {"default": "", "validate": _check_id},
                    "name": {"default": "", "validate": _check_name},
                    "hue": {"default": 0, "validate": _check_hue},
                },
            },
            "group": {"content": "segment+"},
            "segment": {
                "content": "text*",
                "marks": "",
                "attrs": {
                    "id": {"default": "", "validate": _check_id},
                    "speaker": {"default": "", "validate": _check_id},
                    "start_ms": {"default": 0, "validate": _check_ms},
                    "end_ms": {"default": 0, "validate": _check_ms},
                    "held": {"default": False, "validate": _check_held},
                },
            },
            "text": {},
        }
    }
)
