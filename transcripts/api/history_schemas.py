"""The history as OpenAPI shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from .schemas import Strict

Kind = Literal["edit", "live", "asr", "api", "speakers", "merge", "restore", "server"]


class PersonOut(Schema):
    id: int
    name: str


class VersionOut(Schema):
    """A version with a name."""

    id: int
    version: int
    name: str
    author: PersonOut | None
    automatic: bool = Field(description="Set by the program before something replaced much of the text.")
    created_at: datetime


class ChangeOut(Schema):
    """What one person, or one machine, did in one go."""

    from_version: int
    to_version: int
    kind: Kind
    title: str = Field(description='One line for people, such as "Ada corrected 3 passages".')
    person: PersonOut | None
    began_at: datetime
    ended_at: datetime
    segments: list[str] = Field(description="Ids of the passages that were touched.")


class HistoryPage(Schema):
    changes: list[ChangeOut] = Field(description="Newest first.")
    next_cursor: int | None


class PassageTextOut(Schema):
    version: int
    title: str
    person: PersonOut | None
    ended_at: datetime
    segment: dict[str, Any] | None = Field(description="None where the passage was taken away.")


class PassagePage(Schema):
    texts: list[PassageTextOut] = Field(description="Newest first.")
    next_cursor: int | None


class VersionIn(Strict):
    name: str = Field(max_length=400)
    version: int | None = Field(default=None, ge=0, lt=2**53, description="Without it the present one.")


class VersionChange(Strict):
    name: str = Field(max_length=400)


class RestoreIn(Strict):
    version: int = Field(ge=0, lt=2**53)
    segment: str | None = Field(
        default=None, min_length=1, max_length=80, description="Only this passage; everything without it."
    )
    only_at: int | None = Field(
        default=None, ge=0, lt=2**53, description="409 unless this is the present version (everything only)."
    )


class RestoreOut(Schema):
    version: int = Field(description="The version after the restore.")
    before: int = Field(description="Restoring this one undoes it.")


class DocumentOut(Schema):
    version: int
    schema_version: int = Field(alias="schema")
    doc: dict[str, Any]


class RowOut(Schema):
    """Passages of one version and what stands in their place in the other."""

    state: Literal["same", "changed", "removed", "added"]
    left: list[dict[str, Any]]
    right: list[dict[str, Any]]


class ComparisonOut(Schema):
    a: int
    b: int
    changed: int = Field(description="How many rows differ in all.")
    voices: list[tuple[str, str]] = Field(description="Names of voices before and after, where they differ.")
    rows: list[RowOut]
    next_cursor: int | None
