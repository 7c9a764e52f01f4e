"""Why a recording could not be fetched from its address, one class per cause. None holds the address."""

from __future__ import annotations

from typing import ClassVar

from ..errors import VoxwebError


class FetchError(VoxwebError):
    """The root of every failure while a recording is fetched. The transcript itself is always kept."""

    code: ClassVar[str] = "fetch_error"
    message = "The recording could not be fetched from its address. Please try again."


class UrlInvalidError(FetchError):
    code: ClassVar[str] = "url_invalid"
    message = (
        "This is not a web address that a recording can be fetched from. "
        "Give one that begins with https:// or http:// and holds no user name or password."
    )


class UrlRefusedError(FetchError):
    code: ClassVar[str] = "url_refused"
    message = (
        "This address leads into a private network, and this server does not fetch from there. "
        "Download the file and upload it here."
    )


class UrlNotFoundError(FetchError):
    code: ClassVar[str] = "url_not_found"
    message = "There is no file at this address (any more). Check the address, or upload the file itself."


class UrlForbiddenError(FetchError):
    code: ClassVar[str] = "url_forbidden"
    message = (
        "The server at this address does not give the file to everybody; the link may have run out. "
        "Get a fresh link, or download the file and upload it here."
    )


class UrlIsAPageError(FetchError):
    code: ClassVar[str] = "url_is_a_page"
    message = (
        "This address is a web page, not a recording. "
        "Give the address of the audio or video file itself, or download the file and upload it here."
    )


class UrlTooLargeError(FetchError):
    """``detail["max_bytes"]`` is the limit."""

    code: ClassVar[str] = "url_too_large"
    message = "The file at this address is larger than this server accepts."


class UrlUnendingError(FetchError):
    code: ClassVar[str] = "url_unending"
    message = (
        "The file at this address did not come to an end in time; it may be a live stream. "
        "Save the recording to a file and upload it here."
    )


class UrlAnswerInvalidError(FetchError):
    code: ClassVar[str] = "url_answer_invalid"
    message = (
        "The server at this address answered in a way that cannot be used. "
        "Download the file with a browser and upload it here."
    )


class UrlCertificateError(FetchError):
    code: ClassVar[str] = "url_certificate"
    message = (
        "The server at this address could not prove who it is (its certificate is not valid). "
        "Check the address, or download the file and upload it here."
    )


class UrlUnreachableError(FetchError):
    code: ClassVar[str] = "url_unreachable"
    message = (
        "The server at this address could not be reached, or it broke off. Check the address; "
        "it will be tried again for a while."
    )
    retryable: ClassVar[bool] = True


class UrlTimeoutError(FetchError):
    code: ClassVar[str] = "url_timeout"
    message = "The server at this address is too slow to answer. It will be tried again for a while."
    retryable: ClassVar[bool] = True


class DiskFullError(FetchError):
    code: ClassVar[str] = "disk_full"
    message = (
        "The server's disk has no room for this file. It will be tried again; ask the operator to make space."
    )
    retryable: ClassVar[bool] = True


class FetchCancelledError(FetchError):
    code: ClassVar[str] = "cancelled"
    message = "Fetching the recording was stopped. It can be started again."
