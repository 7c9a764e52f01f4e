"""What a person likes: their keys."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Router
from pydantic import StringConstraints

from ..actions.preferences import keep_preference, preference_of
from .request import ApiRequest
from .schemas import Error, Strict

KEYS = "keys"
KeySet = Literal["voxweb", "otranscribe", "descript", "subtitle-edit"]
CommandName = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]{0,39}$")]
KeyName = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:(?:Ctrl|Alt|Shift|Meta|Mod)-){0,4}(?:[^\s]|[A-Z][A-Za-z0-9]{1,20})$", max_length=60
    ),
]

router = Router(tags=["preferences"])


class Keys(Strict):
    """A ready-made set of keys and what the person changed in it."""

    set: KeySet = "voxweb"
    changes: dict[CommandName, Annotated[list[KeyName], Field(max_length=6)]] = Field(
        default={},
        max_length=300,
        description='Command to keys, such as {"toggle": ["Mod-Space"]}; Mod is ⌘ on a Mac, else Ctrl.',
    )


@router.get("/preferences/keys", response={200: Keys})
def read_keys(request: ApiRequest) -> dict[str, Any]:
    """The keys of the person who asks; the set "voxweb" where they never chose."""
    value: dict[str, Any] = preference_of(request.auth, KEYS) or {"set": "voxweb", "changes": {}}
    return value


@router.put("/preferences/keys", response={200: Keys, 413: Error, 422: Error})
def write_keys(request: ApiRequest, chosen: Keys) -> dict[str, Any]:
    """Set all of them at once. The last ones that are sent hold."""
    value = chosen.model_dump()
    keep_preference(request.auth, KEYS, value)
    return value
