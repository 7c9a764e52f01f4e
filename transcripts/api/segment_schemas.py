"""Changes of segments and speakers, as OpenAPI shows them."""

from __future__ import annotations

from typing import Any, Self

from ninja import Field, Schema
from pydantic import model_validator

from ..actions.correct_segment import Correction
from .schemas import SegmentOut, Strict

MOST_MS = 2**53
MOST_ROWS = 2**53


class Changing(Strict):
    """At least one field has to be there besides those that say what is changed."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"base_rev"}:
            raise ValueError("nothing is to be changed")
        return self


class Based(Strict):
    base_rev: int = Field(ge=1, description="The revision that was changed; 409 where it is not the last.")


class SegmentChange(Based, Changing):
    text: str = ""
    speaker: int | None = Field(
        default=None, lt=MOST_ROWS, description="Id of a speaker; null for nobody known."
    )
    start_ms: int = Field(default=0, ge=0, lt=MOST_MS, description="Times set by hand are kept from then on.")
    end_ms: int = Field(default=0, ge=0, lt=MOST_MS)

    def correction(self) -> Correction:
        """Only what was sent; the rest stays as it is."""
        sent: dict[str, Any] = self.model_dump(include=self.model_fields_set - {"base_rev"})
        return Correction(**sent)


class SegmentSplit(Based):
    at: int = Field(
        ge=0, le=100_000, description="Place in the text, in UTF-16 units as JavaScript counts them."
    )
    speaker: int | None = Field(
        default=None,
        lt=MOST_ROWS,
        description="Who speaks in the second part; the same person where it is left out.",
    )


class SegmentMerge(Based):
    """With the segment behind it."""


class SegmentPair(Schema):
    segments: tuple[SegmentOut, SegmentOut]


class SpeakerChange(Changing):
    name: str = Field(default="", max_length=120, description="Empty takes the name away again.")
    hue: int = Field(default=0, ge=0, le=8, description="1 to 8; 0 lets the place in the list decide.")


class SpeakerIn(Strict):
    name: str = Field(default="", max_length=120)


class SpeakerMerge(Strict):
    into: int = Field(ge=0, lt=MOST_ROWS, description="Id of the speaker who stays.")


class OfferedNames(Schema):
    names: list[str] = Field(description="Those used most and last first.")
