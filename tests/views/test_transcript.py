"""The transcript page: who sees what, every state, and a number of queries that never grows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.written import add_segments, write_text
from transcripts.document.content import DocSegment
from transcripts.models import Job, JobPart, OtherReading, Recording, Segment, Speaker, Transcript, User
from transcripts.views.transcript_text import FIRST_LINES, GROUP_LINES

SignIn = Callable[[User], Client]


def html_of(client: Client, transcript: Transcript, path: str = "") -> str:
    answer = client.get(f"/t/{transcript.code}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def add_lines(transcript: Transcript, count: int) -> None:
    first = transcript.segments.count()
    lines = [
        DocSegment(f"more{n}", f"speaker_{n % 2 + 1}", n * 1000, n * 1000 + 900, f"line {n}")
        for n in range(first, first + count)
    ]
    add_segments(transcript, lines)


def queries(client: Client, transcript: Transcript, path: str = "") -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        html_of(client, transcript, path)
    return len(captured)


def end_job(transcript: Transcript, state: str, **fields: object) -> Job:
    return Job.objects.create(
        transcript=transcript, state=state, options={"model": "voxweb-engine"}, **fields
    )


def test_it_works(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = html_of(client_of(owner), transcript)
    for segment in transcript.segments.all():
        assert f'id="s-{segment.key}"' in page
        assert segment.text in page
    assert "00:00:04" in page
    assert f'src="/api/v1/transcripts/{transcript.code}/media"' in page
    assert "[0," not in page, "word tables stay on the server"


def test_anonymous_people_sign_in_first(client: Client, transcript: Transcript) -> None:
    for path in ("", "/parts", "/again"):
        answer = client.get(f"/t/{transcript.code}{path}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_a_stranger_finds_nothing(client_of: SignIn, stranger: User, transcript: Transcript) -> None:
    client = client_of(stranger)
    for path in ("", "/parts", "/again"):
        there = client.get(f"/t/{transcript.code}{path}")
        nowhere = client.get(f"/t/no2such3code{path}")
        assert there.status_code == nowhere.status_code == 404


def test_a_viewer_reads_and_changes_nothing(client_of: SignIn, viewer: User, transcript: Transcript) -> None:
    page = html_of(client_of(viewer), transcript)
    assert "The harbour was quiet" in page
    assert '<form method="post"' not in page
    for control in ('name="title"', "vox-rename", 'id="share"', "Move to trash", "Transcribe again"):
        assert control not in page


def test_an_editor_corrects_but_does_not_share(
    client_of: SignIn, editor: User, transcript: Transcript
) -> None:
    page = html_of(client_of(editor), transcript)
    for control in ('name="title"', "vox-rename", "Transcribe again"):
        assert control in page
    for control in ('id="share"', "Move to trash", "vera@example.org"):
        assert control not in page


def test_the_owner_shares(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = html_of(client_of(owner), transcript)
    for control in ('id="share"', "Move to trash", "vera@example.org", "edgar@example.org"):
        assert control in page


@pytest.mark.parametrize("path", ["", "/parts"])
def test_the_number_of_queries_does_not_grow(
    client_of: SignIn, owner: User, transcript: Transcript, path: str
) -> None:
    client = client_of(owner)
    add_lines(transcript, 50)
    html_of(client, transcript, path)
    before = queries(client, transcript, path)
    add_lines(transcript, 53)
    assert queries(client, transcript, path) == before
    assert before <= 12


def test_word_tables_are_not_read(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    with CaptureQueriesContext(connection) as captured:
        html_of(client_of(owner), transcript)
    assert not any('"words"' in query["sql"] for query in captured.captured_queries)


def test_lines_come_in_groups(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    add_lines(transcript, 2 * GROUP_LINES)
    page = html_of(client_of(owner), transcript, "?text=all")
    assert page.count('class="lines"') == 3
    assert page.count('<div class="seg ') == 2 * GROUP_LINES + 3
    assert 'class="lines"' not in html_of(client_of(owner), transcript, "/parts")


def test_a_long_text_begins_in_the_page(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    client = client_of(owner)
    assert "?text=all" not in html_of(client, transcript), "a short one is there as a whole"
    add_lines(transcript, 3 * FIRST_LINES)
    page = html_of(client, transcript)
    assert page.count('<div class="seg ') == FIRST_LINES
    assert '<noscript><p class="rest-of-text"><a class="link" href="?text=all">' in page
    assert "?text=all" not in html_of(client, transcript, "?text=all")


def test_readings_of_lines_further_down_are_in_the_page(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    add_lines(transcript, 2 * FIRST_LINES)
    keys = list(transcript.segments.values_list("key", flat=True))
    for key in (keys[-1], keys[0], "gone"):
        heard = OtherReading(transcript=transcript, key=key, mine="line", text=f"heard at {key}")
        heard.start_ms, heard.end_ms = 0, 900
        heard.save()
    for path in ("", "?text=all"):
        page = html_of(client_of(owner), transcript, path)
        assert [page.count(f'data-key="{key}"') for key in keys] == [1, *[0] * (len(keys) - 2), 1]
        assert f"#s-{keys[0]}" in page
        assert "heard at gone" in page and "3 conflicts" in page
    parts = html_of(client_of(owner), transcript, "/parts")
    assert f'data-key="{keys[0]}"' in parts and f'data-key="{keys[-1]}"' in parts


def test_a_name_stands_where_the_speaker_changes(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    Segment.objects.filter(transcript=transcript).update(speaker=transcript.speakers.all()[0])
    page = html_of(client_of(owner), transcript)
    assert page.count('class="name"') == 1


def test_shares_of_speaking_time(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = html_of(client_of(owner), transcript, "/parts")
    assert "Speaker 1 speaks 76 % of the time" in page
    assert "Speaker 2 speaks 24 % of the time" in page


def test_text_and_names_are_escaped(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    Segment.objects.filter(transcript=transcript).update(text="<script>alert(1)</script>")
    Speaker.objects.filter(transcript=transcript).update(name='"><img src=x>')
    Transcript.objects.filter(pk=transcript.pk).update(title="<b>bold</b>")
    page = html_of(client_of(owner), transcript)
    for raw in ("<script>alert", "<img src=x>", "<b>bold"):
        assert raw not in page


def test_waiting(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    write_text(transcript, [])
    Recording.objects.filter(transcript=transcript).update(playback_file="")
    end_job(transcript, Job.State.QUEUED)
    page = html_of(client_of(owner), transcript)
    for shown in ("Waiting for its turn", "skeleton", "Cancel", "The player appears"):
        assert shown in page
    assert "<audio" not in page


def test_running_shows_the_text_that_arrives(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    job = end_job(transcript, Job.State.PARTS, stage=Job.Stage.PARTS, total_ms=10_000)
    JobPart.objects.create(
        job=job,
        index=0,
        start_ms=0,
        end_ms=10_000,
        file="x",
        partial={"text": "early words", "heard_ms": 4000},
    )
    page = html_of(client_of(owner), transcript)
    assert "early words" in page
    assert 'value="40"' in page


def test_failed_says_what_is_kept(
    client_of: SignIn, owner: User, viewer: User, transcript: Transcript
) -> None:
    end_job(
        transcript, Job.State.FAILED, error_code="speech_timeout", error_message="The service was silent."
    )
    page = html_of(client_of(owner), transcript)
    for shown in ("The service was silent.", "Your recording and the text so far are kept.", "Try again"):
        assert shown in page
    assert "Try again" not in html_of(client_of(viewer), transcript)


def test_partial_file_and_notices(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    Recording.objects.filter(transcript=transcript).update(unreadable_message="It ends after 0:05.")
    end_job(transcript, Job.State.DONE, notices=[{"code": "bias", "message": "The vocabulary was not used."}])
    page = html_of(client_of(owner), transcript)
    for shown in ("It ends after 0:05.", "The vocabulary was not used.", "built-in engine"):
        assert shown in page


def test_no_speech(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    write_text(transcript, [])
    end_job(transcript, Job.State.DONE)
    assert "No speech was found" in html_of(client_of(owner), transcript)


def test_video(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    Recording.objects.filter(transcript=transcript).update(has_video=True)
    page = html_of(client_of(owner), transcript)
    assert "<video" in page
    assert "<audio" not in page


def test_in_the_trash(client_of: SignIn, owner: User, editor: User, transcript: Transcript) -> None:
    transcript.move_to_trash()
    page = html_of(client_of(owner), transcript)
    assert "in the trash" in page
    assert f'action="/t/{transcript.code}/restore"' in page
    assert 'name="title"' not in page
    assert client_of(editor).get(f"/t/{transcript.code}").status_code == 404


def test_without_a_recording(client_of: SignIn, owner: User) -> None:
    empty = Transcript.objects.create(title="Empty", owner=owner)
    assert "The player appears" in html_of(client_of(owner), empty)


def test_nothing_inline_that_the_policy_would_block(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    page = html_of(client_of(owner), transcript)
    for inline in (" style=", "<style", " onclick=", "<script>"):
        assert inline not in page
