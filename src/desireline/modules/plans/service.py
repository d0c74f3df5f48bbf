"""What can be done with plans."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from desireline.modules.plans import repository
from desireline.modules.plans.errors import PlanMissing, PlanStale
from desireline.modules.plans.repository import PlanRow
from desireline.modules.rooms import Rooms


class Plans:
    """The plans of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self, key: str) -> list[PlanRow]:
        """The one changed last first; those of one map where a key is given."""
        with self._rooms.db.reading() as look:
            return repository.list_plans(look, key)

    def one(self, number: int) -> PlanRow:
        """The plan of this number. PlanMissing."""
        with self._rooms.db.reading() as look:
            return _found(look, number)

    def begin(self, key: str, document: str, by: str) -> PlanRow:
        """A new plan; `key` is its map's, empty before there is one."""
        now = self._rooms.clock.now()
        values: dict[str, Any] = {"revision": 1, "map": key, "document": document}
        values |= {"made_at": now, "changed_at": now, "changed_by": by}
        with self._rooms.db.transaction() as tx:
            return _found(tx, repository.add_plan(tx, values))

    def change(self, number: int, told: tuple[str, str], seen: int | None, by: str) -> PlanRow:
        """Another state: map and document. `seen` is the revision that it was made from.

        Raises PlanMissing, PlanStale.
        """
        key, document = told
        with self._rooms.db.transaction() as tx:
            old = repository.get_plan(tx, number, to_change=True) or _found(tx, number)
            if seen != old.revision:
                raise PlanStale(
                    f"The plan {number} is at revision {old.revision}, not {seen}.",
                    hint="Read it again, put your change into it, and send If-Match with its ETag.",
                )
            values: dict[str, Any] = {"revision": old.revision + 1, "map": key}
            values |= {"document": document, "changed_by": by}
            repository.change_plan(tx, number, values | {"changed_at": self._rooms.clock.now()})
            return _found(tx, number)

    def drop(self, number: int) -> None:
        """The plan goes; its map stays. PlanMissing."""
        with self._rooms.db.transaction() as tx:
            _found(tx, number)
            repository.drop_plan(tx, number)


def _found(look: Connection, number: int) -> PlanRow:
    row = repository.get_plan(look, number)
    if row is None:
        raise PlanMissing(f"There is no plan {number}.", hint="GET /v1/plans lists them.")
    return row
