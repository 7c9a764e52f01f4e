"""Title, people and arriving text; small screens and axe."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import grave_findings
from tests.browser.editor.writing import wait_for_text
from tests.browser.transcript.playback import Open, wait_for_word
from tests.written import add_segments, write_text
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import Job, JobPart, Membership, Transcript, User


def lines_of(transcript: Transcript) -> tuple[list[DocSegment], list[DocVoice]]:
    """What the transcript says, ready to be written again."""
    voices = [DocVoice(speaker.label, speaker.name) for speaker in transcript.speakers.all()]
    rows = transcript.segments.select_related("speaker")
    segments = [
        DocSegment(row.key, row.speaker.label if row.speaker else "", row.start_ms, row.end_ms, row.text)
        for row in rows
    ]
    return segments, voices


def test_it_works(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    title = page.get_by_role("textbox", name="Title")
    title.fill("Harbour, first tape")
    title.press("Enter")
    expect(page.locator("vox-title").get_by_text("Saved", exact=True)).to_be_visible()
    assert Transcript.objects.get(pk=interview.pk).title == "Harbour, first tape"
    title.fill("thrown away")
    title.press("Escape")
    expect(title).to_have_value("Harbour, first tape")


def test_text_arrives_without_a_reload(reading: Open, interview: Transcript) -> None:
    lines, voices = lines_of(interview)
    write_text(interview, lines[:4], voices)
    job = Job.objects.create(
        transcript=interview, state=Job.State.PARTS, stage=Job.Stage.PARTS, total_ms=40_000,
        options={"model": "voxweb-engine"},
    )  # fmt: skip
    part = JobPart.objects.create(
        job=job,
        index=1,
        start_ms=18_000,
        end_ms=40_000,
        file="x",
        partial={"text": "You could", "heard_ms": 0},
    )
    page = reading(interview)
    wait_for_text(page)
    expect(page.locator(".pending")).to_have_text("You could")
    JobPart.objects.filter(pk=part.pk).update(partial={"text": "You could still see", "heard_ms": 9000})
    expect(page.locator(".pending")).to_have_text("You could still see")
    first = page.locator(".seg").first
    first.evaluate("node => { node.dataset.witness = 'same node' }")
    JobPart.objects.filter(pk=part.pk).update(state=JobPart.State.DONE)
    add_segments(interview, lines[4:])
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    interview.touch()
    expect(page.locator(".lines .seg")).to_have_count(len(lines))
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".job")).to_have_count(0)
    expect(first).to_have_attribute("data-witness", "same node")


def test_the_menus_grow_with_the_first_text(reading: Open, interview: Transcript) -> None:
    lines, voices = lines_of(interview)
    write_text(interview, [], voices)
    job = Job.objects.create(
        transcript=interview, state=Job.State.RUNNING, options={"model": "voxweb-engine"}
    )
    page = reading(interview)
    page.locator("summary", has_text="Export").click()
    entries = page.locator(".menu-list.export a")
    expect(entries).to_have_count(1)
    add_segments(interview, lines)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    interview.touch()
    expect(entries).to_have_count(5)
    expect(entries.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(entries.first).to_be_hidden()
    page.get_by_label("More", exact=True).click()
    expect(page.get_by_role("link", name="Transcribe again")).to_be_visible()


def test_share_with_a_person(reading: Open, interview: Transcript, viewer: User) -> None:
    page = reading(interview)
    page.locator(".top").get_by_role("button", name="Share").click()
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Nobody has an account")).to_be_visible()
    page.get_by_label("E-mail address").fill(viewer.email)
    page.get_by_role("button", name="Add", exact=True).click()
    role = page.get_by_label("Role of Vera Viewer")
    expect(role).to_have_value("viewer")
    role.select_option("editor")
    page.wait_for_timeout(300)
    assert Membership.objects.get(transcript=interview, user=viewer).role == "editor"
    page.get_by_role("button", name="Remove Vera Viewer").click()
    expect(role).to_have_count(0)
    assert not interview.memberships.exists()


def test_on_a_phone_the_panel_is_a_sheet(page: Page, reading: Open, interview: Transcript) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    reading(interview)
    panel = page.locator("vox-panel")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Speakers and details").click()
    expect(panel).to_be_visible()
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_text("harbour.wav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_axe_finds_nothing_serious(
    page: Page, reading: Open, interview: Transcript, scheme: Literal["light", "dark"], state: str
) -> None:
    Job.objects.create(
        transcript=interview, state=state, error_code="x", error_message="No answer.", options={"model": "m"}
    )
    page.emulate_media(color_scheme=scheme)
    reading(interview)
    page.keyboard.press("]")
    wait_for_word(page)
    assert grave_findings(page) == []
    page.locator(".top").get_by_role("button", name="Share").click()
    assert grave_findings(page) == []
