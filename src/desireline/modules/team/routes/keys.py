"""API keys over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.kit.permissions import ManagesTeam
from desireline.modules.team.routes.here import Here, Number
from desireline.modules.team.schemas.programs import KeyList, KnownKey, MadeKey, NewKey


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/api-keys", summary="List the keys of programs")(list_keys)
    router.post("/api-keys", status_code=201, summary="Make a key for a program")(add)
    router.delete("/api-keys/{number}", status_code=204, summary="Drop a key")(drop)


def list_keys(caller: ManagesTeam, team: Here) -> KeyList:
    """Newest first, by their beginnings; the rest is kept as a hash."""
    return KeyList(keys=[KnownKey.of(row) for row in team.keys.listed()])


def add(caller: ManagesTeam, team: Here, told: NewKey) -> MadeKey:
    """The key is shown this once. It may do no more than whoever makes it."""
    row, key = team.keys.add(told.name, list(told.scopes), told.ends_at(), caller)
    return MadeKey.of(row, key=key)


def drop(caller: ManagesTeam, team: Here, number: Number) -> None:
    """It opens nothing any more."""
    team.keys.drop(number, caller)
