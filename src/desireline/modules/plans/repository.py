"""Plans in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desireline.modules.plans.tables import plan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it is kept."""

    id: int
    revision: int
    map: str
    document: str
    made_at: int
    changed_at: int
    changed_by: str


def list_plans(look: Connection, key: str) -> list[PlanRow]:
    """The one changed last first; those of one map where a key is given."""
    wanted = select(plan).order_by(plan.c.changed_at.desc(), plan.c.id.desc())
    rows = look.execute(wanted.where(plan.c.map == key) if key else wanted)
    return [PlanRow(*row) for row in rows]


def get_plan(look: Connection, number: int, *, to_change: bool = False) -> PlanRow | None:
    """One of them. With `to_change` nobody else changes it before the transaction ends."""
    wanted = select(plan).where(plan.c.id == number)
    row = look.execute(wanted.with_for_update() if to_change else wanted).first()
    return None if row is None else PlanRow(*row)


def add_plan(tx: Connection, values: dict[str, Any]) -> int:
    """A new one; its number."""
    return int(tx.execute(insert(plan).values(**values).returning(plan.c.id)).scalar_one())


def change_plan(tx: Connection, number: int, values: dict[str, Any]) -> None:
    """Another state of it."""
    tx.execute(update(plan).where(plan.c.id == number).values(**values))


def drop_plan(tx: Connection, number: int) -> bool:
    """Whether there was one."""
    return tx.execute(delete(plan).where(plan.c.id == number)).rowcount > 0
