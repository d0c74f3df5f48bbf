"""The tail as a table to write to: many rows at once, in the quickest way each database has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import BigInteger, Connection, Double, Integer, Text, select

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

_POSTGRES = {BigInteger: "int8", Integer: "int8", Double: "float8", Text: "text"}
_COPY = f"COPY event ({', '.join(ROW)}) FROM STDIN (FORMAT binary)"
_TYPES = [_POSTGRES[type(event.c[name].type)] for name in ROW]


def insert_rows(tx: Connection, rows: Sequence[Row], meanwhile: Callable[[], None]) -> None:
    """Adds rows to the tail. Raises what the driver raises, for all of them.

    `meanwhile` is done while PostgreSQL works on what was sent; SQLite works in this thread.
    """
    if tx.dialect.name == "sqlite":
        for some in _in_powers_of_two(rows):
            tx.exec_driver_sql(_insert(len(some)), tuple(chain.from_iterable(some)))
    else:
        driver: Any = tx.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
            meanwhile()


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
