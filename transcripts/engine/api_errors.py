"""Refusals in the shapes of the Voxtral API: the flat envelope, and the list of field errors for 422."""

from __future__ import annotations

from typing import Any

from transcripts.engine import errors
from transcripts.errors import VoxwebError

_STATUSES: dict[type[VoxwebError], int] = {
    errors.AudioEmpty: 400,
    errors.AudioUnreadable: 400,
    errors.AudioTrackMissing: 400,
    errors.AudioTooLong: 400,
    errors.FileMissing: 404,
    errors.RecogniserBusy: 429,
    errors.RecogniserUnavailable: 503,
    errors.RecogniserLost: 503,
    errors.StorageFull: 507,
}


class ApiError(errors.EngineError):
    """A refusal with everything its envelope says. ``type`` and ``number`` are the API's own names."""

    code = "api_error"

    def __init__(
        self, status: int, message: str, type: str, number: str | None = None, param: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.type = type
        self.number = number or type
        self.param = param

    def body(self) -> dict[str, Any]:
        """The JSON object to answer with."""
        return {
            "object": "error",
            "message": self.message,
            "type": self.type,
            "param": self.param,
            "code": self.number,
            "raw_status_code": self.status,
        }


class FieldsInvalid(ApiError):
    """422: fields that are missing or have a value of the wrong form."""

    def __init__(self, *items: dict[str, Any]) -> None:
        super().__init__(422, "A field is missing or malformed.", "validation_error")
        self.items = items

    def body(self) -> dict[str, Any]:
        """The list form that validation errors have."""
        return {"detail": list(self.items)}


def field_error(
    kind: str, field: str, message: str, value: Any = None, place: str = "body"
) -> dict[str, Any]:
    """One item of a 422 answer."""
    return {"type": kind, "loc": [place, field], "msg": message, "input": value}


def missing(field: str) -> FieldsInvalid:
    """A required field is not there."""
    return FieldsInvalid(field_error("missing", field, "Field required"))


def malformed(field: str, message: str, value: Any, place: str = "body") -> FieldsInvalid:
    """A field is there, but cannot be that."""
    return FieldsInvalid(field_error("value_error", field, message, value, place))


def unauthorized() -> ApiError:
    """No key, or the wrong one."""
    return ApiError(401, "Unauthorized: the API key is missing or wrong.", "authentication_error", "1100")


def unknown_model(model: str) -> ApiError:
    """This engine has no such model."""
    return ApiError(400, f"Invalid model: {model[:200]}", "invalid_model", "1500", "model")


def as_api_error(error: VoxwebError) -> ApiError:
    """Any failure of the engine as an answer."""
    if isinstance(error, ApiError):
        return error
    return ApiError(_STATUSES.get(type(error), 500), error.message, error.code)
