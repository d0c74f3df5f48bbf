"""Whose a map is: the member of the team who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from desireline.modules.audit.facade import record
from desireline.modules.maps import repository
from desireline.modules.maps.errors import MapOwnerUnknown
from desireline.modules.maps.reading import row_of
from desireline.modules.maps.repository import MapRow
from desireline.modules.rooms import Rooms
from desireline.modules.team.facade import member_names


@dataclass(frozen=True, slots=True)
class Owner:
    """A member of the team who owns a map."""

    number: int
    name: str


def owner_of(row: MapRow, names: Mapping[int, str]) -> Owner | None:
    """The owner, of the members' names by number; None where nobody owns it, or nobody any more."""
    if row.owner is None or row.owner not in names:
        return None
    return Owner(row.owner, names[row.owner])


def own(rooms: Rooms, key: str, member: int | None, by: str) -> None:
    """Gives a map another owner, or none. MapUnknown, MapArchived, MapOwnerUnknown."""
    with rooms.db.transaction() as tx:
        row = row_of(tx, key, to_change=True)
        _check_member(tx, member)
        if row.owner == member:
            return
        repository.put_owner(tx, key, member)
        told = {"before": row.owner, "owner": member}
        record(tx, by, "map_owner_set", f"map:{key}", told, clock=rooms.clock)


def _check_member(tx: Connection, member: int | None) -> None:
    if member is not None and member not in member_names(tx):
        raise MapOwnerUnknown(
            f"There is no member {member} who could own a map.",
            hint="GET /v1/members lists who is there.",
            member=member,
        )
