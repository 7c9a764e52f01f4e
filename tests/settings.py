"""The project's settings on a data folder of the tests' own, so that no test touches real data.

The folder's name goes into the environment: servers that tests start share its secret key. Passwords are
quickly hashed, and pages find static files without a build.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from tests.side_by_side import is_settled, settle

if "VOXWEB_DATA_DIR" not in os.environ:
    os.environ["VOXWEB_DATA_DIR"] = tempfile.mkdtemp(prefix="voxweb-test-")
    atexit.register(shutil.rmtree, os.environ["VOXWEB_DATA_DIR"], ignore_errors=True)
if not is_settled():
    settle()

from voxweb.settings import *  # noqa: F403
from voxweb.settings import DATA_DIR, STORAGES

STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
