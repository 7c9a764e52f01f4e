"""The library in a browser: search, rename, trash with a way back, keyboard, small screens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, grave_findings
from transcripts.models import Job, Transcript, User

PHONE = {"width": 390, "height": 780}


def add(owner: User, *titles: str) -> None:
    now = timezone.now()
    for age, title in enumerate(titles):
        made_at = now - timedelta(minutes=age)
        Transcript.objects.create(title=title, owner=owner, state=Transcript.State.READY, created_at=made_at)


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".row-title").all_inner_texts()]


def test_it_works(page: Page, sign_in: SignIn, owner: User, transcript: Transcript) -> None:
    sign_in(page, owner)
    page.goto("/")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    expect(page.locator(".row")).to_contain_text("Speaker 1 and Speaker 2")
    expect(page.locator(".row .chip")).to_have_text("Ready")
    assert grave_findings(page) == []


def test_searching_keeps_the_words_in_the_address(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "Harbour interview", "Town hall", "Harbour, second part")
    sign_in(page, owner)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("harbour int")
    expect(page.locator(".row")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=harbour\+int$"))
    page.keyboard.press("Escape")
    expect(page.locator(".row")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"/$"))


def test_nothing_found_says_so(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "Harbour interview")
    sign_in(page, owner)
    page.goto("/?q=mountain")
    expect(page.get_by_role("heading", name="Nothing is called “mountain”")).to_be_visible()


def test_renaming_in_place_with_the_keyboard(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "Harbour interview")
    sign_in(page, owner)
    page.goto("/")
    page.get_by_label("More actions for Harbour interview").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Interview at the harbour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Interview at the harbour")).to_be_focused()
    assert Transcript.objects.get().title == "Interview at the harbour"


def test_escape_keeps_the_old_name(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "Harbour interview")
    sign_in(page, owner)
    page.goto("/")
    page.get_by_label("More actions").click()
    page.get_by_role("link", name="Rename").click()
    page.keyboard.type("Something else")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Harbour interview")).to_be_visible()
    assert Transcript.objects.get().title == "Harbour interview"


def test_trash_can_be_undone(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "First", "Second", "Third")
    sign_in(page, owner)
    page.goto("/")
    page.get_by_label("More actions for Second").click()
    page.get_by_role("button", name="Move to trash").click()
    expect(page.locator(".row")).to_have_count(2)
    assert Transcript.objects.in_trash().count() == 1
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".row")).to_have_count(3)
    assert titles(page) == ["First", "Second", "Third"]
    assert Transcript.objects.in_trash().count() == 0


def test_the_next_rows_come_below(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, *(f"Meeting {number}" for number in range(60)))
    sign_in(page, owner)
    page.goto("/")
    expect(page.locator(".row")).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".row")).to_have_count(60)
    expect(page.get_by_role("link", name="Meeting 50")).to_be_focused()
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)


def test_progress_arrives_without_reloading(page: Page, sign_in: SignIn, owner: User) -> None:
    add(owner, "Town hall")
    item = Transcript.objects.get()
    item.move_to_state(Transcript.State.RUNNING)
    job = Job.objects.create(
        transcript=item, state=Job.State.RUNNING, stage=Job.Stage.INGEST, done_ms=60_000, total_ms=600_000
    )
    sign_in(page, owner)
    page.goto("/")
    expect(page.locator(".row")).to_contain_text("Reading the file: 1 of 10 minutes")
    Job.objects.filter(pk=job.pk).update(done_ms=300_000)
    expect(page.locator(".row")).to_contain_text("5 of 10 minutes")
    expect(page.locator(".row progress")).to_have_attribute("value", "50")
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    item.move_to_state(Transcript.State.READY)
    expect(page.locator(".row .chip")).to_have_text("Ready")


def test_the_first_visit_has_one_thing_to_do(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.goto("/")
    expect(page.get_by_role("heading", name="Your recordings become text here")).to_be_visible()
    assert page.locator("main .btn").count() == 1
    assert grave_findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(
    page: Page, sign_in: SignIn, owner: User, transcript: Transcript, scheme: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, owner)
    for path in ("/", "/shared", "/trash"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert grave_findings(page) == []
