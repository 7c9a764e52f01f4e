"""A really started server on the test database, Chromium in front of it, and axe-core for every page.

Rows are made in the test through the models; the server process reads the same database and media folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import ProgrammingError, connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.find_chromium import chromium
from tests.listening import address_of
from transcripts.models import User

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WAIT_MS = 10_000
STOP_SECONDS = 20
GRAVE = {"serious", "critical"}
SignIn = Callable[[Page, User], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    url: str
    media: Path


@pytest.fixture(scope="session")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``voxweb.server`` in its own process, with collected static files; it passes hints on."""
    folder = tmp_path_factory.mktemp("browser")
    media = folder / "media"
    media.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "VOXWEB_MEDIA_DIR": str(media),
        "VOXWEB_BROWSER_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "VOXWEB_BROWSER_TEST_STATIC": str(folder / "static"),
    }
    if not (ROOT / "static" / "dist" / "app.css").exists():
        pytest.fail("The pages are not built: run npm ci and npm run build first.")
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True, timeout=120)
    command = [sys.executable, "-m", "voxweb.server", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        [*command, "tests.told:application"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Server(address_of(process), media)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


@pytest.fixture(autouse=True)
def media_folder(settings: LazySettings, server: Server, transactional_db: None) -> Iterator[Path]:
    """Media where the server looks; rows are committed so that its process sees them."""
    settings.MEDIA_ROOT = server.media
    yield server.media
    if connection.vendor == "postgresql":
        _let_the_server_finish()


def _let_the_server_finish() -> None:
    """Emptying the tables under a request that still reads them would be a deadlock.

    A request that begins right behind the look is the one that is refused then, not the emptying.
    """
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
    give_up = time.monotonic() + STOP_SECONDS
    with connection.cursor() as cursor:
        with suppress(ProgrammingError):  # only an administrator of the database may set it
            cursor.execute("SET deadlock_timeout = '60s'")
        while time.monotonic() < give_up:
            cursor.execute(f"{others} AND pid <> pg_backend_pid()")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, which can be started once only, for browsers of every kind."""
    expect.set_options(timeout=WAIT_MS)
    if chromium() is None:
        pytest.skip("no Chromium here; set CHROMIUM to use one")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(WAIT_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts must run without an error, policy violations included."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


@pytest.fixture
def sign_in(server: Server) -> SignIn:
    """Return ``sign_in(page, user)``: the page's browser gets a session of this person."""

    def sign_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])

    return sign_in


def grave_findings(page: Page, *rules: str) -> list[tuple[str, Any]]:
    """What axe-core calls serious or critical on the page as it is; all its rules unless some are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        """rules => axe.run(document, {
          resultTypes: ['violations'], ...(rules.length && {runOnly: {type: 'rule', values: rules}})})""",
        rules,
    )
    return [
        (finding["id"], [node["target"] for node in finding["nodes"]])
        for finding in found["violations"]
        if finding["impact"] in GRAVE
    ]
