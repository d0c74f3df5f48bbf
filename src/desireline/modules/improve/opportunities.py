"""What can be done with opportunities: noted, framed with what they cost and are worth, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from desireline.modules.improve import repository
from desireline.modules.improve.changing import begin, change, check_seen, there
from desireline.modules.improve.errors import OpportunityMisplaced, OpportunityUnscored
from desireline.modules.improve.repository import Row
from desireline.modules.improve.tables import opportunity
from desireline.modules.maps.facade import draft_map
from desireline.modules.rooms import Rooms

State = Literal["weakness", "opportunity", "dropped"]
SCORES = ("effort", "customer_value", "business_value")


class Opportunities:
    """The opportunities of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self, key: str, touchpoint: str = "") -> list[Row]:
        """As they were noted; those of a map, of a touchpoint, where they are given."""
        with self._rooms.db.reading() as look:
            return repository.list_rows(look, opportunity, key, touchpoint)

    def one(self, number: int) -> Row:
        """The opportunity of this number. OpportunityMissing."""
        with self._rooms.db.reading() as look:
            return there(look, opportunity, number)

    def note(self, values: Mapping[str, Any], by: str) -> Row:
        """A weak point; with all scores it is an opportunity at once.

        Raises MapUnknown, OpportunityMisplaced.
        """
        check_touchpoint(self._rooms, values["map"], values["touchpoint"])
        state = "opportunity" if _is_scored(values) else "weakness"
        with self._rooms.db.transaction() as tx:
            return begin(tx, self._rooms, opportunity, {**values, "state": state}, by)

    def reword(self, number: int, values: Mapping[str, Any], seen: int | None, by: str) -> Row:
        """Other words and scores; a weak point that has all scores becomes an opportunity.

        Raises OpportunityMissing, BoardStale, OpportunityMisplaced.
        """
        with self._rooms.db.transaction() as tx:
            old = there(tx, opportunity, number, to_change=True)
            check_seen(opportunity, old, seen)
            if values["touchpoint"] != old["touchpoint"]:
                check_touchpoint(self._rooms, old["map"], values["touchpoint"])
            framed = old["state"] == "weakness" and _is_scored(values)
            told = {**values, "state": "opportunity"} if framed else values
            return change(tx, self._rooms, (opportunity, old), told, by)

    def move(self, number: int, state: State, seen: int | None, by: str) -> Row:
        """To another state. OpportunityMissing, BoardStale, OpportunityUnscored."""
        with self._rooms.db.transaction() as tx:
            old = there(tx, opportunity, number, to_change=True)
            check_seen(opportunity, old, seen)
            if state == "opportunity" and not _is_scored(old):
                raise OpportunityUnscored(
                    f"The weak point {number} does not say yet what it costs and what it is worth.",
                    hint="Give it effort, customer_value and business_value, each from 1 to 5.",
                )
            return change(tx, self._rooms, (opportunity, old), {"state": state}, by)


def check_touchpoint(rooms: Rooms, key: str, touchpoint: str) -> None:
    """Nothing where the draft has it, or none is named. MapUnknown, OpportunityMisplaced."""
    document = draft_map(rooms, key)
    if touchpoint and touchpoint not in {one.key for one in document.touchpoints}:
        raise OpportunityMisplaced(
            f"The map {key!r} has no touchpoint {touchpoint!r}.",
            hint="It may have been removed meanwhile: look at the map as it is now.",
        )


def _is_scored(values: Mapping[str, Any]) -> bool:
    return all(values.get(name) is not None for name in SCORES)
