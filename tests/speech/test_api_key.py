from __future__ import annotations

import pytest

from transcripts.speech.api_key import ApiKey
from transcripts.speech.errors import SpeechKeyRejected


def test_it_works() -> None:
    assert ApiKey("sk-1").authorization() == {"Authorization": "Bearer sk-1"}


@pytest.mark.parametrize("key", ["sk-1\r\nX-Evil: 1", "sk 1", "schlüssel", "sk-\x00"])
def test_a_key_that_cannot_be_sent_is_refused_without_quoting_it(key: str) -> None:
    with pytest.raises(SpeechKeyRejected) as caught:
        ApiKey(key)
    assert key not in str(caught.value)


def test_a_pasted_prefix_and_white_space_do_not_matter() -> None:
    assert ApiKey("  Bearer sk-1\n").authorization() == {"Authorization": "Bearer sk-1"}


def test_no_key_sends_no_header() -> None:
    assert ApiKey("").authorization() == {}
    assert ApiKey("").hidden_in(b"as it is") == b"as it is"


def test_it_does_not_show_itself() -> None:
    key = ApiKey("sk-1")
    assert "sk-1" not in f"{key!r} {key} {vars(type(key))}"
    assert key.hidden_in(b'{"message":"bad key sk-1"}') == b'{"message":"bad key [key]"}'
