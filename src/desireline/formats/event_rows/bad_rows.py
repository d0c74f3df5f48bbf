"""Rows that cannot be stored, whole, so that they can be seen and mended."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from desireline.formats.duck import text_sql
from desireline.formats.event_rows.rows import BadRow
from desireline.formats.keeping import Fault, Kept, Readings, faults_of
from desireline.formats.roles import Found
from desireline.formats.tables.table import Table


def bad_rows(
    table: Table, found: Found, readings: Readings, kept: Kept, most: int
) -> tuple[BadRow, ...]:
    """The first rows that were set aside, at most `most`, in the order of the file's columns."""
    if not kept.set_aside:
        return ()
    whole = [
        BadRow(f"{table.unit} {e.row:,}: {e.reason}", _json(e.value))
        for e in table.rejected.rows[:most]
    ]
    if kept.rows is None:
        return tuple(whole)
    bad = ~kept.rows if readings.left_out is None else ~kept.rows & ~readings.left_out
    rows = np.flatnonzero(bad)[: most - len(whole)].tolist()
    faults = faults_of(found, readings)
    held = _bodies(table, rows)
    for row, place in zip(rows, table.place(rows), strict=True):
        whole.append(BadRow(f"{table.unit} {place:,}, {_reason(faults, row)}", held[row]))
    return tuple(whole)


def _reason(faults: Sequence[Fault], row: int) -> str:
    fault = next(f for f in faults if f.rows[row])
    return f"column {fault.field.name}: {fault.reason}"


def _bodies(table: Table, rows: Sequence[int]) -> dict[int, str]:
    """Whole rows as JSON objects of texts, by number."""
    record = ", ".join(f"{text_sql(f.name)}, {f.sql}::VARCHAR" for f in table.fields)
    listed = ", ".join(map(str, rows))
    return dict(
        table.duck.rows(
            f"SELECT {table.row_sql}, json_object({record})::VARCHAR FROM {table.relation}"
            f" WHERE {table.row_sql} IN ({listed})"
        )
    )


def _json(text: str) -> str:
    return msgspec.json.encode({"row": text}).decode()
