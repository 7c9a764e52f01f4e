"""A spoken interview, opened in the editor."""

from __future__ import annotations

from tests.browser.transcript.conftest import filmed, interview, reading, spoken

__all__ = ["filmed", "interview", "reading", "spoken"]
