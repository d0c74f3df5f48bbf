"""Taking away what was derived: its rows go, as if nobody had ever derived it."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from desireline.modules.people.tables import trait
from desireline.modules.people.traits import SaidBy


def withdraw_traits(tx: Connection, said_by: SaidBy, name: str) -> int:
    """How many rows went: of all persons, of this name, as far as it was said in this way."""
    gone = delete(trait).where(trait.c.said_by == said_by, trait.c.name == name)
    return tx.execute(gone).rowcount
