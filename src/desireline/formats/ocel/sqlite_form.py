"""OCEL 2.0 as a database of SQLite."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desireline.formats.duck import name_sql
from desireline.formats.errors import FileBroken
from desireline.formats.ocel.model import (
    EPOCH,
    Attribute,
    OcelEvent,
    OcelObject,
    Relation,
    TypeOf,
    Value,
    ValueSince,
)
from desireline.formats.ocel.shelf import Shelf

KINDS = {"INTEGER": "integer", "REAL": "float", "BOOLEAN": "boolean", "TIMESTAMP": "time"}
"""Types of columns, and of attributes; any other is text."""
HEAD = 100
LARGEST_PAGE = 1 << 16
"""Bytes of a page whose size stands as 1."""
NEEDED = ("event", "event_map_type", "event_object", "object", "object_map_type")


def read_sqlite(path: Path, name: str, shelf: Shelf) -> None:
    """Lays the log of a database down, which is opened to be read only. Raises FileBroken.

    Objects and events are put together in memory, for each is spread over several tables.
    """
    _check_whole(path, name)
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            _check(database, name)
            _read_objects(database, shelf)
            _read_events(database, shelf)
    except sqlite3.Error as error:
        raise FileBroken(
            f"{name} is not a whole OCEL 2.0 database of SQLite: {error}.",
            hint="Copy or export it again; nothing was read from it.",
        ) from error


def _check_whole(path: Path, name: str) -> None:
    """SQLite itself reads a file whose end is missing, as far as it goes."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    whole, there = pages * (page if page > 1 else LARGEST_PAGE), path.stat().st_size
    if there < max(whole, HEAD):
        raise FileBroken(
            f"{name} is cut off: it has {there:,} of {max(whole, HEAD):,} bytes.",
            hint="Copy or export it again; nothing was read from it.",
        )


def _check(database: sqlite3.Connection, name: str) -> None:
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    missing = [table for table in NEEDED if table not in tables]
    if missing:
        raise FileBroken(
            f"{name} is a database without the table {missing[0]!r}, so it is no OCEL 2.0.",
            hint="A database of your own is imported by its tables: export them as CSV or Parquet.",
        )


def _read_objects(database: sqlite3.Connection, log: Shelf) -> None:
    found: dict[str, OcelObject] = {}
    for number, kind in database.execute("SELECT ocel_id, ocel_type FROM object"):
        found[str(number)] = OcelObject(str(number), str(kind), [], [])
    for kind, columns, rows in _tables(database, "object"):
        log.types.object_types.append(kind)
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            thing = found.get(str(cells["ocel_id"]))
            if thing is None:
                continue
            changed, since = cells.get("ocel_changed_field"), str(cells.get("ocel_time") or EPOCH)
            for attribute in kind.attributes:
                value = cells[attribute.name]
                if value is not None and changed in (None, "", attribute.name):
                    said = _value(value, attribute.type)
                    thing.attributes.append(ValueSince(attribute.name, said, since))
    _relate(database, found)
    for thing in found.values():
        log.add_object(thing)


def _relate(database: sqlite3.Connection, found: dict[str, OcelObject]) -> None:
    """Adds how objects relate, where the database says it."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'object_object'").fetchone():
        related = "SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object"
        for source, target, qualifier in database.execute(related):
            if str(source) in found:
                said = Relation(str(target), str(qualifier or ""))
                found[str(source)].relationships.append(said)


def _read_events(database: sqlite3.Connection, log: Shelf) -> None:
    """Events in the order of the table `event`, for those of one time stand so."""
    details: dict[str, tuple[str, list[Value]]] = {}
    for kind, columns, rows in _tables(database, "event"):
        log.types.event_types.append(kind)
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            values = [
                Value(a.name, _value(cells[a.name], a.type))
                for a in kind.attributes
                if cells[a.name] is not None
            ]
            details[str(cells["ocel_id"])] = str(cells["ocel_time"] or ""), values
    related: dict[str, list[Relation]] = defaultdict(list)
    pairs = "SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object ORDER BY rowid"
    for event, thing, qualifier in database.execute(pairs):
        related[str(event)].append(Relation(str(thing), str(qualifier or "")))
    rows = database.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid")
    for place, (number, kind_name) in enumerate(rows, start=1):
        time, values = details.get(str(number), ("", []))
        if number is None or kind_name is None or not time:
            log.rejected.add(place, f"{number} {kind_name}", "it has no id, no type or no time")
            continue
        said = OcelEvent(str(number), str(kind_name), time, values, related[str(number)])
        log.add_event(place, said)


Rows = Iterator[tuple[Any, ...]]


def _tables(database: sqlite3.Connection, what: str) -> Iterator[tuple[TypeOf, list[str], Rows]]:
    """Each type with the columns and rows of its table."""
    known = f"SELECT ocel_type, ocel_type_map FROM {what}_map_type ORDER BY rowid"
    for name, short in database.execute(known).fetchall():
        table = name_sql(f"{what}_{short}")
        columns = database.execute(f"PRAGMA table_info({table})").fetchall()
        own = [
            Attribute(column[1], KINDS.get(str(column[2]).upper(), "string"))
            for column in columns
            if not column[1].startswith("ocel_")
        ]
        rows = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
        yield TypeOf(str(name), own), [column[1] for column in columns], rows


def _value(value: Any, kind: str) -> Any:
    """A value as JSON has it; a column of SQLite may hold other types than it says."""
    if isinstance(value, bytes):
        return value.decode(errors="backslashreplace")
    if kind == "boolean" and value in (0, 1, "true", "false"):
        return value in (1, "true")
    return value
