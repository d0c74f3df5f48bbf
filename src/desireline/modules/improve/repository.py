"""Opportunities, improvements and hypotheses in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, insert, select, update

from desireline.modules.improve.tables import hypothesis, improvement, opportunity

Row = dict[str, Any]


def add_row(tx: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """A new row; its number."""
    return int(tx.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def get_row(look: Connection, table: Table, number: int, *, to_change: bool = False) -> Row | None:
    """One of them. With `to_change` nobody else changes it before the transaction ends."""
    wanted = _query(table).where(table.c.id == number)
    wanted = wanted.with_for_update(of=table) if to_change else wanted
    found = look.execute(wanted).mappings().first()
    return None if found is None else dict(found)


def change_row(tx: Connection, table: Table, number: int, values: Mapping[str, Any]) -> None:
    """Another state of it."""
    tx.execute(update(table).where(table.c.id == number).values(**values))


def list_rows(look: Connection, table: Table, key: str, touchpoint: str = "") -> list[Row]:
    """As they were made; those of a map, of a touchpoint, where they are given."""
    query = _query(table).order_by(table.c.id)
    place = hypothesis if table is hypothesis else opportunity
    if key:
        query = query.where(place.c.map == key)
    if touchpoint:
        query = query.where(opportunity.c.touchpoint == touchpoint)
    return [dict(row) for row in look.execute(query).mappings()]


def _query(table: Table) -> Select[Any]:
    """An improvement says at once which place of which map it is for."""
    if table is not improvement:
        return select(table)
    place = (opportunity.c.map, opportunity.c.touchpoint)
    return select(improvement, *place).join(opportunity)
