"""Errors of the HTTP library in our words."""

from __future__ import annotations

import ssl

import httpx

from .errors import FetchError, UrlCertificateError, UrlTimeoutError, UrlUnreachableError


def told(error: httpx.TransportError) -> FetchError:
    """The fitting error; it holds the kind of ``error`` but nothing of its text."""
    facts = {"cause": type(error).__name__}
    if _has_certificate_fault(error):
        return UrlCertificateError(detail=facts)
    if isinstance(error, httpx.TimeoutException):
        return UrlTimeoutError(detail=facts)
    return UrlUnreachableError(detail=facts)


def _has_certificate_fault(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
