"""What every change on the board goes through: found, not stale, written with its entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table

from desireline.engine.errors import DesirelineError
from desireline.modules.audit.facade import Details, record
from desireline.modules.improve import repository
from desireline.modules.improve.errors import (
    BoardStale,
    HypothesisMissing,
    ImprovementMissing,
    OpportunityMissing,
)
from desireline.modules.improve.repository import Row
from desireline.modules.improve.tables import hypothesis, improvement, opportunity
from desireline.modules.rooms import Rooms

MISSING: Mapping[Table, type[DesirelineError]] = {
    opportunity: OpportunityMissing,
    improvement: ImprovementMissing,
    hypothesis: HypothesisMissing,
}


def there(look: Connection, table: Table, number: int, *, to_change: bool = False) -> Row:
    """The row. OpportunityMissing, ImprovementMissing, HypothesisMissing."""
    row = repository.get_row(look, table, number, to_change=to_change)
    if row is None:
        raise MISSING[table](
            f"There is no {table.name} {number}.", hint=f"GET /v1/{_many(table)} lists them."
        )
    return row


def begin(tx: Connection, rooms: Rooms, table: Table, values: Mapping[str, Any], by: str) -> Row:
    """A new row as it is kept, in the state that `values` name."""
    now = rooms.clock.now()
    made = {"revision": 1, "made_by": by, "made_at": now, "changed_by": by, "changed_at": now}
    number = repository.add_row(tx, table, {**values, **made})
    tell(tx, rooms, by, (table, number), f"{table.name}_{BEGUN[table]}", {})
    return there(tx, table, number)


def change(
    tx: Connection, rooms: Rooms, row: tuple[Table, Row], values: Mapping[str, Any], by: str
) -> Row:
    """The row as it is afterwards; one that was moved has an entry in the audit log."""
    table, old = row
    kept = {"revision": old["revision"] + 1, "changed_by": by, "changed_at": rooms.clock.now()}
    repository.change_row(tx, table, old["id"], {**values, **kept})
    state = values.get("state", old["state"])
    if state != old["state"]:
        moved = {"before": old["state"], "after": state}
        tell(tx, rooms, by, (table, old["id"]), f"{table.name}_moved", moved)
    return there(tx, table, old["id"])


def check_seen(table: Table, row: Row, seen: int | None) -> None:
    """Nothing where the change was made from the state that there is. BoardStale."""
    if seen != row["revision"]:
        raise BoardStale(
            f"The {table.name} {row['id']} is at revision {row['revision']}, not {seen}.",
            hint="Read it again, put your change into it, and send If-Match with its ETag.",
        )


def tell(
    tx: Connection, rooms: Rooms, by: str, about: tuple[Table, int], what: str, details: Details
) -> None:
    """Writes down who did what, with the change itself."""
    table, number = about
    record(tx, by, what, f"{table.name}:{number}", details, rooms.clock)


BEGUN: Mapping[Table, str] = {
    opportunity: "noted",
    improvement: "planned",
    hypothesis: "stated",
}


def _many(table: Table) -> str:
    return {"opportunity": "opportunities", "hypothesis": "hypotheses"}.get(
        table.name, f"{table.name}s"
    )
