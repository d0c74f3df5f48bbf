"""Canaries: a word of its own in every column of text that may hold something about a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select
from tests.modules.house import House

from desireline.log.naming.subjects import find_numbers
from desireline.log.segments.naming import LOOKED_THROUGH
from desireline.log.segments.sealing import seal
from desireline.log.tables import subject
from desireline.modules.rights.holding import personal_tables

CANARY = "kanarienvogel"
EMAIL = f"{CANARY}@example.org"
PHONE = "+491715550123"
NAMES = (("user_id", f"{CANARY}-1"), ("email", EMAIL), ("phone", PHONE))


def planted_events() -> list[dict[str, Any]]:
    """Events of a person with a canary wherever one may stand."""
    told = dict(NAMES)
    base = {"type": "seen", "channel": "web", "value": 9.5, "currency": "EUR"}
    return [
        {
            **base,
            **told,
            "id": f"{CANARY} {n}",
            "actor": f"{CANARY} actor",
            "properties": {"name": f"{CANARY} {n}", "note": "=1+2 " + CANARY, "plan": "gold"},
            "context": {"page": {"url": f"https://example.org/a?u={CANARY}", "title": CANARY}},
        }
        for n in range(4)
    ]


def plant(here: House) -> tuple[int, list[str]]:
    """The person's number, and every canary: in the tail, a segment, and all tables of persons."""
    here.send([*planted_events()[:2], {"type": "seen", "user_id": "bob"}])
    seal(here.rooms.db, here.rooms.store, here.rooms.clock)
    here.send(planted_events()[2:])
    failing = {"type": "", "email": EMAIL, "properties": {"said": f"{CANARY}-failed"}}
    here.client.post("/v1/events", json=[failing])
    with here.rooms.db.transaction() as tx:
        number = find_numbers(tx, NAMES[:1])[NAMES[0]]
        words = list(_in_tables(tx, number))
    words += [f"{CANARY} {n}" for n in range(4)] + [f"{CANARY} actor", f"{CANARY}-failed"]
    return number, [*words, EMAIL, PHONE]


def _in_tables(tx: Connection, number: int) -> Iterator[str]:
    made: dict[Table, Any] = {}
    for table in personal_tables():
        _make_parents(tx, table, made)
        row = {str(c.name): _cell(table, c, number, made) for c in table.columns if _wanted(c)}
        known = [c.name for c in table.primary_key.columns]
        done = tx.execute(insert(table).values(row)).inserted_primary_key
        made[table] = dict(zip(known, done or (), strict=False))
        cells = (c.decode() if isinstance(c, bytes) else str(c) for c in row.values())
        yield from (cell for cell in cells if CANARY in cell)
    for table, columns in LOOKED_THROUGH.items():
        word = f"{CANARY}-{table.name}"
        text = f'{{"to": "{EMAIL}", "says": "{word}"}}'
        row = {str(c.name): _free(c, word) for c in table.columns if _wanted(c)}
        body = columns[1]
        row[body] = text.encode() if table.c[body].type.python_type is bytes else text
        tx.execute(insert(table).values(row))
        yield word


def _make_parents(tx: Connection, table: Table, made: dict[Table, Any]) -> None:
    """Rows of tables that are nobody's, where a row of somebody has to refer to one."""
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is subject or parent in made or key.parent.nullable:
            continue
        row = {str(c.name): _free(c, f"of-{parent.name}") for c in parent.columns if _wanted(c)}
        done = tx.execute(insert(parent).values(row)).inserted_primary_key
        known = [c.name for c in parent.primary_key.columns]
        made[parent] = dict(zip(known, done or (), strict=False))


def _wanted(column: Column[Any]) -> bool:
    counted = column.primary_key and column.table.autoincrement_column is column
    return not counted


def _cell(table: Table, column: Column[Any], number: int, made: dict[Table, Any]) -> Any:
    for key in column.foreign_keys:
        if key.column.table is subject:
            return number
        if key.column.table in made:
            return made[key.column.table][key.column.name]
        return None
    return _free(column, f"{CANARY}-{table.name}-{column.name}")


def _free(column: Column[Any], word: str) -> Any:
    kind = column.type.python_type
    if kind is str:
        return word
    if kind is bytes:
        return word.encode()
    return {bool: False, float: 0.5, int: 1}.get(kind)


def count_subjects(tx: Connection) -> int:
    """How many identifiers the log knows."""
    return len(tx.execute(select(subject.c.id)).all())
