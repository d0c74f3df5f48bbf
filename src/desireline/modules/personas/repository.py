"""Personas in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from desireline.modules.personas.tables import persona


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A persona as it is kept."""

    key: str
    revision: int
    document: dict[str, Any]
    changed_at: int
    changed_by: str


def list_personas(look: Connection) -> list[PersonaRow]:
    """All of them, by key."""
    rows = look.execute(select(*_COLUMNS).order_by(persona.c.key))
    return [_row(*row) for row in rows]


def get_persona(look: Connection, key: str) -> PersonaRow | None:
    """The persona of this key."""
    row = look.execute(select(*_COLUMNS).where(persona.c.key == key)).first()
    return None if row is None else _row(*row)


def put_persona(tx: Connection, row: PersonaRow) -> None:
    """A new persona, or another state of one."""
    values = {
        "revision": row.revision,
        "document": msgspec.json.encode(row.document).decode(),
        "changed_at": row.changed_at,
        "changed_by": row.changed_by,
    }
    if row.revision == 1:
        tx.execute(insert(persona).values(key=row.key, **values))
    else:
        tx.execute(update(persona).where(persona.c.key == row.key).values(**values))


def drop_persona(tx: Connection, key: str) -> bool:
    """Whether there was one."""
    return bool(tx.execute(delete(persona).where(persona.c.key == key)).rowcount)


_COLUMNS = (
    persona.c.key,
    persona.c.revision,
    persona.c.document,
    persona.c.changed_at,
    persona.c.changed_by,
)


def _row(key: str, revision: int, document: str, changed_at: int, changed_by: str) -> PersonaRow:
    return PersonaRow(key, revision, msgspec.json.decode(document), changed_at, changed_by)
