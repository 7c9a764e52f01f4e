from __future__ import annotations

import pytest

from transcripts.errors import VoxwebError
from transcripts.speech import errors
from transcripts.speech.errors import SpeechError, SpeechRateLimited

CLASSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SpeechError)]


def test_it_works() -> None:
    error = SpeechRateLimited(retry_after_seconds=3)
    assert isinstance(error, VoxwebError)
    assert (error.code, error.retryable, error.retry_after_seconds) == ("speech_rate_limited", True, 3)
    assert str(error) == error.message


def test_codes_are_different() -> None:
    assert len({kind.code for kind in CLASSES}) == len(CLASSES) >= 14


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_is_a_sentence_for_people(kind: type[SpeechError]) -> None:
    assert kind.code.startswith("speech_")
    assert kind.message.endswith(".")
    assert kind.message[0].isupper()


@pytest.mark.parametrize("kind", CLASSES)
def test_what_the_client_repeats_a_job_may_repeat_too(kind: type[SpeechError]) -> None:
    assert kind.retryable or not kind.worth_repeating
