from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from transcripts import conf
from transcripts.actions.clean_up import remove_leftovers
from transcripts.models import Take, Transcript, Upload, User


def test_it_works(transcript: Transcript, owner: User) -> None:
    """Trash and uploads past their time go, with their files; everything else stays."""
    kept = Transcript.objects.create(title="Kept", owner=owner, trashed_at=timezone.now())
    Transcript.objects.filter(pk=transcript.pk).update(trashed_at=timezone.now() - timedelta(days=31))
    folder = conf.transcript_folder(transcript.code)
    assert folder.exists()
    old = Upload.objects.create(owner=owner, filename="a.wav", total_bytes=5)
    Upload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    fresh = Upload.objects.create(owner=owner, filename="b.wav", total_bytes=5)
    remove_leftovers()
    assert list(Transcript.objects.all()) == [kept]
    assert list(Upload.objects.all()) == [fresh]
    assert not folder.exists()


def test_nothing_to_do_is_fine(transcript: Transcript) -> None:
    remove_leftovers()
    assert Transcript.objects.filter(pk=transcript.pk).exists()


def test_what_is_still_recorded_waits_in_the_trash(transcript: Transcript) -> None:
    take = Take.objects.create(transcript=transcript, client_key="1:abcdefgh")
    Transcript.objects.filter(pk=transcript.pk).update(trashed_at=timezone.now() - timedelta(days=99))
    remove_leftovers()
    assert conf.transcript_folder(transcript.code).exists()
    assert Transcript.objects.filter(pk=transcript.pk).exists()
    Take.objects.filter(pk=take.pk).update(state=Take.State.ENDED)
    remove_leftovers()
    assert not Transcript.objects.filter(pk=transcript.pk).exists()
