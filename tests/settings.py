"""The project's settings on a data folder of the tests' own, so that no test touches real data.

The folder's name goes into the environment: servers that tests start share its secret key.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "VOXWEB_DATA_DIR" not in os.environ:
    os.environ["VOXWEB_DATA_DIR"] = tempfile.mkdtemp(prefix="voxweb-test-")
    atexit.register(shutil.rmtree, os.environ["VOXWEB_DATA_DIR"], ignore_errors=True)

from voxweb.settings import *  # noqa: F403
