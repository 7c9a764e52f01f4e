"""First visit, signing in, the account page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, grave_findings
from tests.conftest import PASSWORD
from transcripts.models import ApiToken, User


def test_it_works(page: Page) -> None:
    """A new server: the first account is made, and its owner is an administrator and signed in."""
    page.goto("/welcome")
    assert grave_findings(page) == []
    page.get_by_label("Your name").fill("Olga Owner")
    page.get_by_label("Email").fill("olga@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill("something else")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_text("The two passwords are not the same.")).to_be_visible()
    assert grave_findings(page) == []
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", name="Your recordings become text here")).to_be_visible()
    assert User.objects.get().is_superuser


def test_signing_in(page: Page, owner: User) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/"))
    assert grave_findings(page) == []
    page.get_by_label("Email").fill(owner.email)
    page.get_by_label("Password").fill("wrong " + PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/$"))


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/", "/nothing/here"],
)
def test_pages_for_strangers_are_accessible(page: Page, owner: User, path: str) -> None:
    page.goto(path)
    expect(page.locator(".centre-card h1")).to_be_visible()
    assert grave_findings(page) == []


def test_a_token_is_shown_once(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.goto("/account")
    page.get_by_role("button", name="Create a token").click()
    token = page.get_by_label("New token").input_value()
    assert ApiToken.owner_of(token) == owner
    assert grave_findings(page) == []
    page.goto("/account")
    expect(page.get_by_label("New token")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Delete the token")).click()
    expect(page.get_by_text("The token is deleted.")).to_be_visible()
    assert ApiToken.objects.count() == 0


def test_changing_the_password(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.goto("/account")
    page.get_by_role("link", name="Change password").click()
    page.get_by_label("Current Password").fill(PASSWORD)
    page.get_by_label("New Password", exact=True).fill("another horse battery")
    page.get_by_label(re.compile("New Password .again.")).fill("another horse battery")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("status")).to_contain_text("Password successfully changed")
    owner.refresh_from_db()
    assert owner.check_password("another horse battery")


def test_signing_out_everywhere(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.goto("/account")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_text("You are signed out on every device.")).to_be_visible()
    sign_in_again = page.goto("/account")
    assert sign_in_again is not None
    expect(page).to_have_url(re.compile("/accounts/login/"))
