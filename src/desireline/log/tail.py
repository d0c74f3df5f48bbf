"""The tail as a table to write to: many rows at once, in the quickest way each database has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import Connection, select

from desireline.engine.journeys import I64
from desireline.log.drafting import COLUMNS
from desireline.log.tables import event

Row: TypeAlias = tuple[Any, ...]
"""The columns of `ROW`, in that order."""

ROW = ("position", "subject", "received_at", "source", "id_hi", "id_lo", *COLUMNS)
SQLITE_ROWS = 256
"""Rows a statement at most; a power of two, as all are, so that there are nine statements to keep.
A statement lets go of Python's lock, and another thread may keep that for 5 ms: with one row each,
a busy server would wait a thousand times for a thousand rows."""

_NOT_NULL = ("source", "type", "kind", "channel", "direction", "actor")
_QUOTE = "\x01"
_COPY = (
    f"COPY event ({', '.join(ROW)}) FROM STDIN (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\x01',"
    f" NULL 'None', FORCE_NOT_NULL ({', '.join(_NOT_NULL)}))"
)
_LINE = "\t".join(["%s"] * len(ROW)) + "\n"


def insert_rows(tx: Connection, rows: Sequence[Row]) -> None:
    """Adds rows to the tail. Raises what the driver raises, for all of them."""
    if tx.dialect.name == "sqlite":
        for some in _in_powers_of_two(rows):
            tx.exec_driver_sql(_insert(len(some)), tuple(chain.from_iterable(some)))
    else:
        driver: Any = tx.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(_csv(rows))


def ids_after(tx: Connection, position: int) -> tuple[I64, I64]:
    """`id_hi` and `id_lo` of the events after a position that are in the tail."""
    after = select(event.c.id_hi, event.c.id_lo).where(event.c.position > position)
    pairs = np.array([tuple(row) for row in tx.execute(after)], np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _in_powers_of_two(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    start = 0
    while start < len(rows):
        n = min(SQLITE_ROWS, 1 << (len(rows) - start).bit_length() - 1)
        yield rows[start : start + n]
        start += n


@cache
def _insert(rows: int) -> str:
    values = f"({','.join('?' * len(ROW))})"
    return f"INSERT INTO event ({','.join(ROW)}) VALUES {','.join([values] * rows)}"  # noqa: S608


def _csv(rows: Sequence[Row]) -> str:
    text = "".join([_LINE % row for row in rows])
    signs = (text.count("\t"), text.count("\n"), "\r" in text, _QUOTE in text)
    if signs == (len(rows) * (len(ROW) - 1), len(rows), False, False):
        return text
    return "".join([_LINE % tuple(_quoted(field) for field in row) for row in rows])


def _quoted(field: object) -> object:
    """Text with tabs and the like stands between quotes; JSON never has any, unescaped."""
    if isinstance(field, str) and any(sign in field for sign in "\t\n\r" + _QUOTE):
        return _QUOTE + field.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return field
