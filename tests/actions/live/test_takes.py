"""Takes begin once, belong to one person, end once, and go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.http import Http404
from django.utils import timezone

from transcripts.actions.live.takes import (
    TakeStartInvalidError,
    client_key_of,
    end_abandoned_takes,
    end_take,
    note_pause,
    reopen_take,
    start_take,
    take_with_token,
    token_of,
)
from transcripts.actions.options import LanguageUnknownError
from transcripts.actions.take_files import raw_path
from transcripts.models import Job, Take, Transcript, User

KEY = "0123456789abcdef"


def begin(user: User, key: str = KEY, **options: object) -> Take:
    return start_take(user, key, "Talk", "microphone", options)


def record(take: Take, size_bytes: int) -> None:
    path = raw_path(take.transcript.code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size_bytes))


def test_it_works(owner: User) -> None:
    take = begin(owner)
    assert take.transcript.state == Transcript.State.RECORDING
    assert take.transcript.origin == Transcript.Origin.LIVE
    assert client_key_of(take) == KEY
    record(take, 6_401)
    assert end_take(take)
    assert (take.state, take.total_bytes) == (Take.State.ENDED, 6_400)
    job = Job.objects.get(transcript=take.transcript)
    assert job.options["diarize"] is True
    take.transcript.refresh_from_db()
    assert take.transcript.state == Transcript.State.QUEUED


def test_a_title_is_made_where_none_was_given(owner: User) -> None:
    take = start_take(owner, KEY, "  ", "tab", {})
    assert take.transcript.title.startswith("Recording of ")


def test_a_start_sent_twice_is_one_take(owner: User, editor: User) -> None:
    assert begin(owner).pk == begin(owner).pk
    assert begin(editor).pk != begin(owner).pk


@pytest.mark.parametrize(
    ("key", "source"), [("short", "tab"), ("x" * 65, "tab"), ("bad key!!", "tab"), (KEY, "x")]
)
def test_a_wrong_start_is_refused(owner: User, key: str, source: str) -> None:
    with pytest.raises(TakeStartInvalidError):
        start_take(owner, key, "", source, {})
    assert not Transcript.objects.exists()


def test_a_wrong_choice_starts_nothing(owner: User) -> None:
    with pytest.raises(LanguageUnknownError):
        begin(owner, language="klingon")
    assert not Transcript.objects.exists()


def test_only_its_owner_with_its_token_finds_a_take(owner: User, editor: User) -> None:
    take = begin(owner)
    code = take.transcript.code
    assert take_with_token(owner, code, token_of(take)).pk == take.pk
    for person, token in ((editor, token_of(take)), (owner, "wrong"), (owner, "")):
        with pytest.raises(Http404):
            take_with_token(person, code, token)
    with pytest.raises(Http404):
        take_with_token(owner, "nothing", token_of(take))


def test_ending_twice_makes_one_job(owner: User) -> None:
    take = begin(owner)
    record(take, 3_200)
    assert end_take(take)
    assert not end_take(take)
    assert Job.objects.count() == 1


def test_an_ended_take_goes_on_and_its_job_is_made_anew(owner: User) -> None:
    take = begin(owner)
    record(take, 3_200)
    end_take(take)
    reopen_take(take)
    assert take.is_open
    assert Job.objects.get().state == Job.State.CANCELLED
    record(take, 6_400)
    end_take(take)
    assert take.total_bytes == 6_400
    assert [job.state for job in Job.objects.order_by("pk")] == [Job.State.CANCELLED, Job.State.QUEUED]


def test_a_new_socket_of_an_ended_take_gets_no_number(owner: User) -> None:
    take = begin(owner)
    assert [take.next_epoch(), take.next_epoch()] == [1, 2]
    end_take(take)
    assert take.next_epoch() == 0


def test_abandoned_takes_are_ended_and_others_are_not(owner: User, settings: LazySettings) -> None:
    abandoned, busy = begin(owner), begin(owner, KEY + "2")
    long_ago = timezone.now() - timedelta(minutes=settings.TAKE_IDLE_MINUTES + 1)
    Take.objects.filter(pk=abandoned.pk).update(seen_at=long_ago)
    assert end_abandoned_takes() == 1
    assert end_abandoned_takes() == 0
    states = dict(Take.objects.values_list("pk", "state"))
    assert states == {abandoned.pk: Take.State.ENDED, busy.pk: Take.State.OPEN}


def test_a_recorder_that_comes_back_in_the_last_moment_goes_on(owner: User) -> None:
    take = begin(owner)
    assert not end_take(take, unseen_since=timezone.now() - timedelta(minutes=5))
    take.refresh_from_db()
    assert take.is_open


def test_pauses_are_moments(owner: User) -> None:
    take = begin(owner)
    note_pause(take, True, 32_000)
    note_pause(take, True, 32_000)
    note_pause(take, False, 32_000)
    take.refresh_from_db()
    assert (take.pauses, take.is_paused) == ([1_000], False)
