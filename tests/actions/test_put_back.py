"""One step back from a new transcription."""

from __future__ import annotations

import pytest

from tests.actions.test_finish_job import HEARD, change_text, finish, rows
from transcripts.actions.put_back import NothingToPutBackError, put_back
from transcripts.models import OtherReading, Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_works(transcript: Transcript, editor: User) -> None:
    """The old text is back, the question is gone, and so is the offer."""
    change_text(transcript, 2, "Yes, and everybody rowed down to the water.", editor)
    before = [(row.key, row.text, row.start_ms, str(row.speaker)) for row in rows(transcript)]
    job = finish(transcript, [HEARD[0], (4400, 7000, "b", "Yes, and everybody walked down to the water.")])
    assert OtherReading.objects.filter(hidden_at=None).count() == 1
    put_back(transcript, job, editor)
    assert [(row.key, row.text, row.start_ms, str(row.speaker)) for row in rows(transcript)] == before
    assert OtherReading.objects.filter(hidden_at=None).count() == 0
    assert OtherReading.objects.count() == 1
    with pytest.raises(NothingToPutBackError):
        put_back(transcript, job, editor)
