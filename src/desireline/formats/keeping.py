"""Which rows can be read, and an account of those that cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, Bools, Column, SetAside
from desireline.formats.columns.text import Coded
from desireline.formats.columns.times import EARLIEST, LATEST, UNREAD
from desireline.formats.errors import RowsAllSetAside
from desireline.formats.roles import Found
from desireline.formats.tables.table import MOST_EXAMPLES, Field, Table, shown


@dataclass(frozen=True, slots=True)
class Readings:
    """What the columns hold, row by row, good or not, and what to say of them."""

    case: Coded
    event: Coded
    time: I64
    order: tuple[NDArray[Any], ...]
    channel: Coded | None
    actor: Coded | None
    value: F64 | None
    columns: Mapping[str, Column]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left where rows were set aside, and the account of those rows."""

    case: Coded
    event: Coded
    rows: Bools | None
    """Which rows were kept; None where all were."""
    set_aside: int
    examples: tuple[SetAside, ...]

    def of(self, array: NDArray[Any]) -> NDArray[Any]:
        """The entries of a column for the rows that were kept."""
        return array if self.rows is None else array[self.rows]

    def of_column(self, column: Column) -> Column:
        """A property for the rows that were kept."""
        if self.rows is None:
            return column
        if column.numbers is not None:
            return replace(column, numbers=column.numbers[self.rows])
        return replace(column, codes=None if column.codes is None else column.codes[self.rows])


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason for which rows are set aside: the column to blame, and the rows."""

    field: Field
    reason: str
    rows: Bools


def keep_readable(table: Table, found: Found, readings: Readings) -> Kept:
    """The rows that have a case, an event, a time from 1900 to 2200, and a place in the order.

    Raises RowsAllSetAside, with the first row, where none is left.
    """
    faults = faults_of(found, readings)
    bad = np.zeros(len(readings.time), np.bool_)
    for fault in faults:
        bad |= fault.rows
    examples = [*table.rejected.examples, *_examples(table, faults, bad)]
    examples = sorted(examples, key=lambda e: e.row)[:MOST_EXAMPLES]
    count = int(np.count_nonzero(bad)) + table.rejected.count
    if len(bad) == 0 or bad.all():
        raise _nothing_left(table, count, examples[0])
    if not bad.any():
        return Kept(readings.case, readings.event, None, count, tuple(examples))
    rows = ~bad
    return Kept(
        _used(readings.case, rows),
        _used(readings.event, rows),
        rows,
        count,
        tuple(examples),
    )


def faults_of(found: Found, readings: Readings) -> list[Fault]:
    """What is wrong with rows, the first fault of a row to be told first; only what occurs."""
    time = readings.time
    fields = found.fields
    faults = [
        Fault(fields["case"], "it does not say whose event it is", readings.case.codes < 0),
        Fault(fields["event"], "it does not say what happened", readings.event.codes < 0),
        Fault(fields["time"], "it is not a time", time == UNREAD),
        Fault(
            fields["time"],
            "it is no time of an event: not from 1900 to 2200",
            (time != UNREAD) & ((time <= EARLIEST) | (time >= LATEST)),
        ),
    ]
    for field, column in zip(found.order, readings.order, strict=True):
        missing = np.isnan(column) if column.dtype.kind == "f" else column == UNREAD
        faults.append(Fault(field, "it has no place in the sequence", missing))
    return [fault for fault in faults if fault.rows.any()]


def _examples(table: Table, faults: Sequence[Fault], bad: Bools) -> list[SetAside]:
    first = np.flatnonzero(bad)[:MOST_EXAMPLES].tolist()
    if not first:
        return []
    places = dict(zip(first, table.place(first), strict=True))
    examples = []
    blamed: dict[int, list[int]] = {}
    for row in first:
        index = next(i for i, fault in enumerate(faults) if fault.rows[row])
        blamed.setdefault(index, []).append(row)
    for index, rows in blamed.items():
        fault = faults[index]
        for row, value in _values(table, fault.field, rows):
            reason = fault.reason if value.strip() else "it is empty"
            examples.append(SetAside(places[row], fault.field.name, shown(value), reason))
    return examples


def _values(table: Table, field: Field, rows: Sequence[int]) -> list[tuple[int, str]]:
    listed = ", ".join(str(row) for row in rows)
    found = table.duck.rows(
        f"SELECT {table.row_sql}, {field.sql}::VARCHAR FROM {table.relation}"
        f" WHERE {table.row_sql} IN ({listed}) ORDER BY 1"
    )
    return [(row, "" if value is None else value) for row, value in found]


def _used(coded: Coded, rows: Bools) -> Coded:
    """The codes of the rows that are kept, into the names that are still used."""
    codes = coded.codes[rows]
    used = np.bincount(codes, minlength=len(coded.names)) > 0
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    return Coded(renumbered[codes], coded.names[used])


def _nothing_left(table: Table, count: int, first: SetAside) -> RowsAllSetAside:
    where = f", column {first.column}" if first.column else ""
    return RowsAllSetAside(
        f"{table.source}: none of its {count:,} rows can be read; {table.unit}"
        f" {first.row:,}{where}: {first.value!r}: {first.reason}.",
        hint="Check which columns were taken, and name them with --case, --event and --time.",
    )
