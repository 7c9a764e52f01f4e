"""Messages of a recording page are read strictly."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.consumers.live_message import (
    LONGEST_MESSAGE_CHARACTERS,
    LiveMessageError,
    LiveRequest,
    read_request,
)


def test_it_works() -> None:
    text = json.dumps({"type": "start", "id": "abc", "title": "Talk", "options": {"language": "en"}, "x": 1})
    assert read_request(text) == LiveRequest("start", id="abc", title="Talk", options={"language": "en"})
    assert read_request('{"type":"stop","bytes":3200}').bytes == 3200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "not json",
        '{"type": "delete"}',
        '{"type": ["start"]}',
        '{"type": "stop", "bytes": "many"}',
        '{"type": "stop", "bytes": -1}',
        '{"type": "stop", "bytes": true}',
        '{"type": "mark", "note": 7}',
        '{"type": "start", "options": []}',
        '{"type":"mark","note":"' + "x" * LONGEST_MESSAGE_CHARACTERS + '"}',
        "[" * 5_000,
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(LiveMessageError):
        read_request(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    )
)
def test_nothing_breaks_it(value: object) -> None:
    with suppress(LiveMessageError):
        read_request(json.dumps({"type": "mark", "key": value, "at_ms": value}))
