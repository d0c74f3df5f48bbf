"""What can be done with improvements: planned, begun, deployed, measured, dropped."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Literal

from desireline.modules.improve import repository
from desireline.modules.improve.changing import begin, change, check_seen, there
from desireline.modules.improve.repository import Row
from desireline.modules.improve.tables import improvement, opportunity
from desireline.modules.rooms import Rooms

State = Literal["planned", "doing", "deployed", "measured", "dropped"]
DEPLOYED = ("deployed", "measured")
SALT_BYTES = 9


class Improvements:
    """The improvements of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self, key: str, touchpoint: str = "") -> list[Row]:
        """As they were planned; those of a map, of a touchpoint, where they are given."""
        with self._rooms.db.reading() as look:
            return repository.list_rows(look, improvement, key, touchpoint)

    def one(self, number: int) -> Row:
        """The improvement of this number. ImprovementMissing."""
        with self._rooms.db.reading() as look:
            return there(look, improvement, number)

    def plan(self, number: int, values: Mapping[str, Any], by: str) -> Row:
        """A new improvement of an opportunity. OpportunityMissing."""
        with self._rooms.db.transaction() as tx:
            there(tx, opportunity, number)
            new = {"opportunity": number, "salt": secrets.token_urlsafe(SALT_BYTES)}
            told = {**values, **new, "state": "planned"}
            return begin(tx, self._rooms, improvement, told, by)

    def replan(self, number: int, values: Mapping[str, Any], seen: int | None, by: str) -> Row:
        """Other words, owner, dates, scope or measure. ImprovementMissing, BoardStale."""
        with self._rooms.db.transaction() as tx:
            old = there(tx, improvement, number, to_change=True)
            check_seen(improvement, old, seen)
            return change(tx, self._rooms, (improvement, old), values, by)

    def move(self, number: int, to: tuple[State, int | None], seen: int | None, by: str) -> Row:
        """To another state; what is deployed without a moment of its own is deployed now.

        What goes back before its deployment has no such moment any more. ImprovementMissing,
        BoardStale.
        """
        state, at = to
        with self._rooms.db.transaction() as tx:
            old = there(tx, improvement, number, to_change=True)
            check_seen(improvement, old, seen)
            moment = at or old["deployed_at"] or self._rooms.clock.now()
            keeps = state in DEPLOYED or state == "dropped"
            deployed = moment if state in DEPLOYED else old["deployed_at"] if keeps else None
            values = {"state": state, "deployed_at": deployed}
            return change(tx, self._rooms, (improvement, old), values, by)
