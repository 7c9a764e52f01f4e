"""The server of the browser tests: on the test database, with quick passwords and static files of its own."""

from __future__ import annotations

import os
from pathlib import Path

from voxweb.settings import *  # noqa: F403
from voxweb.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["VOXWEB_BROWSER_TEST_DATABASE"]
STATIC_ROOT = Path(os.environ["VOXWEB_BROWSER_TEST_STATIC"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
