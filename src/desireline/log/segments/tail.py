"""The tail in columns: what the database hands over as arrays, row by row no more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Text, cast, delete, func, select

from desireline.formats.duck import Duck
from desireline.formats.segment_files import load_rows
from desireline.log.tables import event

ROWS_AT_ONCE = 10_000


def columns_of(
    connection: Connection, names: Sequence[str], first: int, last: int
) -> list[tuple[str, ...]]:
    """The columns of the tail from one position to another, as JSON arrays, in pieces.

    The database writes the arrays itself. Of 200,000 rows and 17 columns that takes 1.3 us a row,
    rows fetched to Python and turned into arrays take 8.
    """
    collect = func.json_group_array if connection.dialect.name == "sqlite" else func.json_agg
    arrays = [cast(collect(event.c[name]), Text) for name in names]
    pieces = []
    for start in range(first, last + 1, ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE - 1, last)
        found = connection.execute(select(*arrays).where(event.c.position.between(start, stop)))
        pieces.append(tuple(cell or "[]" for cell in found.one()))
    return pieces


def load_tail(connection: Connection, duck: Duck, first: int, last: int) -> str:
    """The name of a relation in DuckDB with the rows of the tail, `place` counted from `first`."""
    names = event.columns.keys()
    return load_rows(duck, names, columns_of(connection, names, first, last), first)


def drop_tail(tx: Connection, first: int, last: int) -> int:
    """How many rows of the tail were deleted.

    SQLite deletes 92,000 rows a second, as each row leaves three trees. A whole table goes at once
    (a million rows a second), so what is to stay is put aside and back behind, by SQLite alone: in
    rows of Python those that had come meanwhile cost twelve times as much, and all senders wait.
    """
    rows = event.c.position.between(first, last)
    if tx.dialect.name != "sqlite":
        return tx.execute(delete(event).where(rows)).rowcount
    going = tx.execute(select(func.count()).where(rows)).scalar_one()
    staying = tx.execute(select(func.count()).select_from(event)).scalar_one() - going
    if staying > going // 4:
        return tx.execute(delete(event).where(rows)).rowcount
    tx.exec_driver_sql(
        "CREATE TEMP TABLE staying AS SELECT * FROM event WHERE position NOT BETWEEN ? AND ?",
        (first, last),
    )
    tx.execute(delete(event))
    tx.exec_driver_sql("INSERT INTO main.event SELECT * FROM temp.staying ORDER BY position")
    tx.exec_driver_sql("DROP TABLE temp.staying")
    return int(going)
