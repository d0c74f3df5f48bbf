"""Tables to files and back, the same from SQLite and PostgreSQL: what a backup is made of.

A dump is gzipped JSON lines: first `{"table": ..., "columns": [...]}`, then one array a row, bytes
as base64. So a backup of the one database restores into the other.
"""

from __future__ import annotations

import gzip
from base64 import b64decode, b64encode
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, func, select, text

from desireline.engine.errors import DesirelineError

ROWS_AT_ONCE = 5_000
NOT_DUMPED = {"not_dumped": True}
"""The `info` of a table that no backup holds: what was ended since would come to life by it."""


class DumpUnreadable(DesirelineError):
    """A file is no dump of the table that it should hold, or is damaged."""


def dump_table(reading: Connection, table: Table, path: Path) -> int:
    """How many rows were written to `path`, in the order of the key."""
    rows = reading.execution_options(yield_per=ROWS_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    packed = _bytes_columns(table)
    count = 0
    with gzip.open(path, "wb", compresslevel=3) as file:
        head = {"table": str(table.name), "columns": [str(c.name) for c in table.columns]}
        file.write(msgspec.json.encode(head) + b"\n")
        for part in rows.partitions():
            lines = [msgspec.json.encode(_packed(row, packed)) for row in part]
            file.write(b"\n".join(lines) + b"\n")
            count += len(lines)
    return count


def load_table(tx: Connection, table: Table, path: Path) -> int:
    """How many rows were put into the table, which takes over from what it held.

    Columns that the dump does not know keep their defaults. Raises DumpUnreadable.
    """
    tx.execute(table.delete())
    count = 0
    try:
        with gzip.open(path, "rb") as file:
            names = _columns(file.readline(), table, path)
            rows = (_unpacked(line, names, _bytes_names(table)) for line in file)
            while part := list(islice(rows, ROWS_AT_ONCE)):
                tx.execute(table.insert(), part)
                count += len(part)
    except (OSError, EOFError, ValueError) as error:
        raise DumpUnreadable(
            f"{path}, after row {count:,}: {error}.", hint="Take another backup: this is damaged."
        ) from error
    _go_on_counting(tx, table)
    return count


def _columns(line: bytes, table: Table, path: Path) -> list[str]:
    head = msgspec.json.decode(line)
    known = set(table.columns.keys())
    unknown = [name for name in head["columns"] if name not in known]
    if head["table"] != table.name or unknown:
        raise DumpUnreadable(
            f"{path} holds {head['table']}({', '.join(head['columns'])}), not {table.name}.",
            hint="Restore with the version of Desireline that made the backup, or a newer one.",
        )
    return list(head["columns"])


def _bytes_columns(table: Table) -> list[int]:
    return [i for i, c in enumerate(table.columns) if isinstance(c.type, LargeBinary)]


def _bytes_names(table: Table) -> set[str]:
    return {c.name for c in table.columns if isinstance(c.type, LargeBinary)}


def _packed(row: Any, places: list[int]) -> list[Any]:
    cells = list(row)
    for place in places:
        if cells[place] is not None:
            cells[place] = b64encode(cells[place]).decode()
    return cells


def _unpacked(line: bytes, names: list[str], packed: set[str]) -> dict[str, Any]:
    row = dict(zip(names, msgspec.json.decode(line), strict=True))
    for name in packed & row.keys():
        row[name] = None if row[name] is None else b64decode(row[name])
    return row


def _go_on_counting(tx: Connection, table: Table) -> None:
    """PostgreSQL's sequences do not see rows that bring their own number; SQLite's do."""
    counted = table.autoincrement_column
    if tx.dialect.name != "postgresql" or counted is None:
        return
    last = tx.execute(select(func.max(counted))).scalar()
    sequence = tx.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"),
        {"table": table.name, "column": counted.name},
    ).scalar()
    if last is not None and sequence is not None:
        tx.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
