"""The transcript page while a take runs: what the server sends, and the end that an open page asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.written import add_segments, nth, write_text
from transcripts.document.content import DocSegment
from transcripts.models import (
    Job,
    Mark,
    OtherReading,
    Segment,
    Speaker,
    StepBatch,
    Take,
    Transcript,
    User,
)

SignIn = Callable[[User], Client]


@pytest.fixture
def live(transcript: Transcript) -> Transcript:
    """Three lines were said so far, and nothing else is known of the sound."""
    transcript.recording.delete()
    transcript.origin = Transcript.Origin.LIVE
    transcript.save()
    transcript.move_to_state(Transcript.State.RECORDING)
    Take.objects.create(transcript=transcript, client_key="1:abcdefgh")
    return transcript


def say(transcript: Transcript, text: str, speaker: Speaker | None = None) -> Segment:
    number = transcript.segments.count()
    label = speaker.label if speaker else ""
    start_ms = number * 3000
    said = DocSegment(f"said{number}", label, start_ms, start_ms + 2000, text)
    add_segments(transcript, [said], kind=StepBatch.Kind.LIVE)
    return nth(transcript, number)


def html_of(client: Client, transcript: Transcript, path: str = "") -> str:
    answer = client.get(f"/t/{transcript.code}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client_of: SignIn, owner: User, live: Transcript) -> None:
    page = html_of(client_of(owner), live)

    assert "Recording now" in page
    assert "Olga Owner began" in page
    assert "The harbour was quiet" in page
    assert f'href="/t/{live.code}/captions"' in page
    assert 'data-stage="live"' in page


def test_nothing_is_offered_that_makes_no_sense_yet(client_of: SignIn, owner: User, live: Transcript) -> None:
    page = html_of(client_of(owner), live)

    for words in ("Transcribe again", "Original file", 'data-part="play"', 'class="job'):
        assert words not in page
    assert "The player appears when the recording is finished." in page


def test_a_job_of_an_earlier_end_is_not_shown(client_of: SignIn, owner: User, live: Transcript) -> None:
    Job.objects.create(transcript=live, state=Job.State.CANCELLED, error_message="You stopped this.")

    assert "You stopped this." not in html_of(client_of(owner), live)


def test_a_pause_is_shown(client_of: SignIn, viewer: User, live: Transcript) -> None:
    Take.objects.update(is_paused=True)

    page = html_of(client_of(viewer), live)
    assert ">Paused<" in page
    assert "Recording now" not in page


def test_before_the_first_word(client_of: SignIn, owner: User, live: Transcript) -> None:
    write_text(live, [])

    page = html_of(client_of(owner), live)
    assert "The words appear here as they are spoken." in page
    assert "There is nothing to export yet." in page
    assert "No speech was found" not in page


def keys_in(html: str) -> list[str]:
    return re.findall(r'id="s-([^"]+)"', html)


def test_the_end_holds_only_what_came_later(client_of: SignIn, viewer: User, live: Transcript) -> None:
    client = client_of(viewer)
    known = live.segments.last()
    assert known is not None
    fresh = [say(live, "And we heard it.", known.speaker), say(live, "Did you?", live.speakers.last())]

    tail = html_of(client, live, f"/tail?after={known.key}")

    assert keys_in(tail) == [segment.key for segment in fresh]
    assert tail.count("seg hue-") == 2
    assert tail.count(" turn") == 1, "the first one goes on with the speaker before it"
    assert f'data-version="{Transcript.objects.get(pk=live.pk).version}"' in tail
    assert 'data-stage="live"' in tail


def test_the_end_after_an_unknown_line_is_everything(
    client_of: SignIn, viewer: User, live: Transcript
) -> None:
    client = client_of(viewer)
    everything = [segment.key for segment in live.segments.all()]

    assert keys_in(html_of(client, live, "/tail?after=never-seen")) == everything
    assert keys_in(html_of(client, live, "/tail")) == everything


def test_the_end_says_when_it_is_over(client_of: SignIn, viewer: User, live: Transcript) -> None:
    live.move_to_state(Transcript.State.QUEUED)

    assert 'data-stage=""' in html_of(client_of(viewer), live, "/tail")


def test_the_end_costs_the_same_whatever_came_before(
    client_of: SignIn, viewer: User, live: Transcript
) -> None:
    client = client_of(viewer)
    html_of(client, live, "/tail")
    sizes, queries = [], []
    for _ in range(2):
        last = say(live, "A line.")
        with CaptureQueriesContext(connection) as captured:
            sizes.append(len(html_of(client, live, f"/tail?after={last.key}")))
        queries.append(len(captured))
        for _ in range(50):
            say(live, "More of it.")
    assert sizes[0] == sizes[1]
    assert queries[0] == queries[1]


def test_marks_are_in_the_panel_with_their_authors(
    client_of: SignIn, owner: User, viewer: User, live: Transcript
) -> None:
    Mark.objects.create(transcript=live, at_ms=62_000, note="Ask <again>", author=owner)
    Mark.objects.create(transcript=live, at_ms=1000, note="gone", removed_at=live.created_at)

    for path in ("", "/parts", "/tail"):
        page = html_of(client_of(viewer), live, path)
        assert 'href="#t=62000"' in page
        assert "00:01:02" in page
        assert "Ask &lt;again&gt;" in page
        assert "Olga Owner" in page
        assert ">gone<" not in page
        assert 'data-part="remove"' not in page, "who only reads removes nothing"
    assert 'data-part="remove"' in html_of(client_of(owner), live)


def test_strangers_and_nobody_see_none_of_it(
    client: Client, client_of: SignIn, stranger: User, live: Transcript
) -> None:
    for path in ("/tail", "/captions"):
        assert client.get(f"/t/{live.code}{path}").status_code == 302
        assert client_of(stranger).get(f"/t/{live.code}{path}").status_code == 404


# -- captions ------------------------------------------------------------------------------------


def test_captions_begin_with_the_last_lines(client_of: SignIn, viewer: User, live: Transcript) -> None:
    for number in range(20):
        say(live, f"Line {number}.", live.speakers.first())

    page = html_of(client_of(viewer), live, "/captions")

    assert "Line 19." in page
    assert "Line 7." not in page
    assert 'data-stage="live"' in page
    assert 'data-speaker="Speaker 1"' in page


def test_captions_of_a_take_without_them_say_so(client_of: SignIn, viewer: User, live: Transcript) -> None:
    assert "data-without-captions" not in html_of(client_of(viewer), live, "/captions")
    Take.objects.update(options={"live_model": "none"})
    assert "data-without-captions" in html_of(client_of(viewer), live, "/captions")


def test_captions_after_the_end_lead_to_the_transcript(
    client_of: SignIn, viewer: User, transcript: Transcript
) -> None:
    page = html_of(client_of(viewer), transcript, "/captions")

    assert 'data-stage="ended"' in page
    assert "Open the transcript" in page


# -- other readings ------------------------------------------------------------------------------


@pytest.fixture
def reading(transcript: Transcript, editor: User) -> OtherReading:
    """Somebody corrected the first line, and a later pass heard it differently."""
    line = transcript.segments.first()
    assert line is not None
    Segment.objects.filter(pk=line.pk).update(edited_by=editor)
    return OtherReading.objects.create(
        transcript=transcript,
        key=line.key,
        mine=line.text,
        start_ms=line.start_ms,
        end_ms=line.end_ms,
        text="The harbor was quite",
    )


def choose(client: Client, reading: OtherReading, action: str) -> int:
    code = reading.transcript.code
    return client.post(f"/t/{code}/readings/{reading.pk}", {"action": action}).status_code


def test_another_reading_stands_below_its_line(
    client_of: SignIn, editor: User, viewer: User, transcript: Transcript, reading: OtherReading
) -> None:
    page = html_of(client_of(editor), transcript)
    assert "<q>The harbor was quite</q>" in page
    assert '<b data-part="count">1 conflict</b>' in page
    assert f'href="#s-{reading.key}"' in page
    assert 'name="action" value="hide"' in page
    assert 'name="action" value="hide"' not in html_of(client_of(viewer), transcript)


def test_a_reading_whose_passage_is_gone_is_still_told(
    client_of: SignIn, editor: User, transcript: Transcript, reading: OtherReading
) -> None:
    OtherReading.objects.update(key="gone")
    page = html_of(client_of(editor), transcript)
    assert "Heard in passages that are gone now." in page and "The harbor was quite" in page


def test_use_this_without_a_script(
    client_of: SignIn, editor: User, transcript: Transcript, reading: OtherReading
) -> None:
    client = client_of(editor)

    assert choose(client, reading, "use") == 302
    assert "The harbor was quite" in html_of(client, transcript)
    assert "<q>" not in html_of(client, transcript)
    assert OtherReading.objects.get().text == "The harbour was quiet that morning."


def test_keep_mine_without_a_script(
    client_of: SignIn, editor: User, transcript: Transcript, reading: OtherReading
) -> None:
    client = client_of(editor)

    assert choose(client, reading, "hide") == 302
    assert "The harbor was quite" not in html_of(client, transcript)
    assert OtherReading.objects.get().text == "The harbor was quite"


def test_who_may_not_change_it_may_not_choose(
    client: Client, client_of: SignIn, viewer: User, stranger: User, reading: OtherReading
) -> None:
    assert choose(client_of(viewer), reading, "use") == 403
    assert choose(client_of(stranger), reading, "use") == 404
    assert choose(client, reading, "use") == 302
    assert OtherReading.objects.get().text == "The harbor was quite"


def test_a_reading_of_another_transcript_is_not_found(
    client_of: SignIn, owner: User, reading: OtherReading
) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)

    answer = client_of(owner).post(f"/t/{other.code}/readings/{reading.pk}", {"action": "use"})
    assert answer.status_code == 404
