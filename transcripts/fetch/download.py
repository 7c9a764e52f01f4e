"""Bring a file from a web address to disk: checked, bounded, and taken up again where the line broke."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from .answer import (
    NOT_THAT_PART,
    PART,
    first_byte_of,
    media_type_of,
    refusal,
    total_bytes_of,
    validator_of,
)
from .errors import FetchError, UrlAnswerInvalidError, UrlTimeoutError, UrlUnreachableError
from .growing_file import GrowingFile
from .guard import Guard
from .limits import FetchLimits
from .line import Line, Network
from .pace import Pace
from .pinned_transport import PinnedTransport
from .web_address import web_address

OnProgress = Callable[[int, int | None], None]
"""Bytes that are here, and of how many where the server says so."""


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """``url`` is where the redirects led, ``media_type`` what its server calls the file ("" for nothing)."""

    size_bytes: int
    sha256: str
    media_type: str
    url: httpx.URL


def download(
    url: str,
    path: Path,
    *,
    limits: FetchLimits,
    network: Network,
    on_progress: OnProgress,
    should_stop: Callable[[], bool],
) -> FetchedFile:
    """Fetch ``url`` into the file ``path``, which is on disk for good when this returns.

    ``should_stop`` is asked on any thread. Raises the errors of ``transcripts.fetch.errors``; what lies at
    ``path`` is then to be removed by the caller.
    """
    address = web_address(url)
    with (
        GrowingFile(path, limits) as file,
        Guard(should_stop, limits.whole_seconds) as guard,
        PinnedTransport(network.is_allowed, network.resolver, network.tls) as transport,
    ):
        return _Download(address, file, Line(transport, guard, limits), limits, on_progress).run()


class _Download:
    def __init__(
        self, address: httpx.URL, file: GrowingFile, line: Line, limits: FetchLimits, on_progress: OnProgress
    ) -> None:
        self.address, self.file, self.line, self.limits = address, file, line, limits
        self.on_progress = on_progress
        self.has_begun = False
        self.validator: str | None = None
        self.total_bytes: int | None = None

    def run(self) -> FetchedFile:
        """Errors before the first answer go to the caller at once; a line that breaks later is taken up."""
        for resume in range(self.limits.max_resumes):
            try:
                return self._attempt()
            except (UrlUnreachableError, UrlTimeoutError):
                if not self.has_begun:
                    raise
            wait_seconds = self.limits.first_wait_seconds * 2.0**resume
            self.line.guard.pause(min(wait_seconds, self.limits.longest_wait_seconds))
        return self._attempt()

    def _attempt(self) -> FetchedFile:
        with self.line.answer(self.address, self._range()) as response:
            self._begin(response)
            self._receive(response)
        self.file.settle()
        return FetchedFile(
            self.file.size_bytes, self.file.sha256, media_type_of(response), response.request.url
        )

    def _range(self) -> dict[str, str]:
        if not self.file.size_bytes or self.validator is None:
            return {}
        return {"Range": f"bytes={self.file.size_bytes}-", "If-Range": self.validator}

    def _begin(self, response: httpx.Response) -> None:
        """Decide whether the answer goes on where the file ends, or is the file from its first byte.

        A refusal in between (503, say) keeps what has arrived.
        """
        is_part = response.status_code == PART and self._fits(response)
        if response.status_code in {PART, NOT_THAT_PART} and not is_part:
            self.validator = None
            raise _misfit(self.has_begun)
        if error := refusal(response):
            raise error
        if not is_part:
            self.file.start_over()
            self.validator, self.total_bytes = validator_of(response), total_bytes_of(response)
        self.has_begun = True
        self.file.check_room(self.total_bytes or 0)

    def _fits(self, response: httpx.Response) -> bool:
        """Whether this part begins where the file ends and belongs to the same version of it."""
        total_bytes = total_bytes_of(response)
        return (
            bool(self.file.size_bytes)
            and first_byte_of(response) == self.file.size_bytes
            and self._is_same_version(response)
            and (total_bytes is None or self.total_bytes is None or total_bytes == self.total_bytes)
        )

    def _is_same_version(self, response: httpx.Response) -> bool:
        """``If-Range`` promises it; a server that names another version all the same is believed."""
        knows_tag = self.validator is not None and self.validator.startswith('"')
        return not knows_tag or response.headers.get("etag", self.validator) == self.validator

    def _receive(self, response: httpx.Response) -> None:
        pace = Pace(self.limits)
        for block in response.iter_raw():
            self.line.guard.check()
            self.file.append(block)
            pace.note(len(block))
            self.on_progress(self.file.size_bytes, self.total_bytes)
        self.line.guard.check()
        if self.total_bytes is not None and self.file.size_bytes != self.total_bytes:
            raise UrlUnreachableError(detail={"cause": "length_differs"})


def _misfit(has_begun: bool) -> FetchError:
    """A part that nobody asked for is no file; one that does not fit any more means: from the beginning."""
    facts = {"cause": "part_does_not_fit"}
    return UrlUnreachableError(detail=facts) if has_begun else UrlAnswerInvalidError(detail=facts)
