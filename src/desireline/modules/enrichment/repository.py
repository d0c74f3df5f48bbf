"""What is switched off, in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from desireline.modules.enrichment.tables import enrichment_switch


def list_switches(look: Connection) -> list[Row[Any]]:
    """All fields that were ever switched."""
    return list(look.execute(select(enrichment_switch)))


def list_off(look: Connection) -> frozenset[str]:
    """The names of the fields that are off."""
    off = enrichment_switch.c.off_at.is_not(None)
    return frozenset(look.execute(select(enrichment_switch.c.name).where(off)).scalars())


def put_switch(tx: Connection, name: str, off_at: int | None, at: int, by: str) -> None:
    """The field is off since `off_at`, or on."""
    values = {"off_at": off_at, "switched_at": at, "switched_by": by}
    here = enrichment_switch.c.name == name
    if not tx.execute(update(enrichment_switch).where(here).values(values)).rowcount:
        tx.execute(insert(enrichment_switch).values(name=name, **values))
