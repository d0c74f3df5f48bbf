"""Which rows can be read, and an account of those that cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, Bools, Column, SetAside
from desireline.formats.columns.text import Coded
from desireline.formats.columns.times import EARLIEST, LATEST, UNREAD
from desireline.formats.errors import RowsAllSetAside, TypesAllLeftOut
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
    left_out: Bools | None = None
    """Rows of types that the mapping leaves out; None where there are none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left where rows were set aside, and the account of those rows."""

    case: Coded
    event: Coded
    rows: Bools | None
    """Which rows were kept; None where all were."""
    set_aside: int
    examples: tuple[SetAside, ...]
    reasons: Mapping[str, int]
    """How many rows were set aside for each reason."""
    left_out: int = 0
    """Rows that the mapping leaves out. They count as none of the file's."""

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
    out = readings.left_out
    bad = np.zeros(len(readings.time), np.bool_)
    reasons = Counter(table.rejected.reasons)
    for fault in faults:
        new = fault.rows & ~bad
        reasons[f"{fault.field.name}: {fault.reason}"] += int(np.count_nonzero(new))
        bad |= fault.rows
    left_out = 0 if out is None else int(np.count_nonzero(out))
    if left_out and left_out == len(bad):
        raise TypesAllLeftOut(
            f"{table.source}: the mapping leaves out all of its {left_out:,} events.",
            hint="Look at `types`: null leaves the events of a type out.",
        )
    examples = [*table.rejected.examples, *_examples(table, faults, bad)]
    examples = sorted(examples, key=lambda e: e.row)[:MOST_EXAMPLES]
    count = int(np.count_nonzero(bad)) + table.rejected.count
    if out is not None:
        bad |= out
    if len(bad) == 0 or bad.all():
        raise _nothing_left(table, count, examples[0])
    rows = ~bad if bad.any() else None
    return Kept(
        readings.case if rows is None else _used(readings.case, rows),
        readings.event if rows is None else _used(readings.event, rows),
        rows,
        count,
        tuple(examples),
        {reason: n for reason, n in reasons.items() if n},
        left_out,
    )


def faults_of(found: Found, readings: Readings) -> list[Fault]:
    """What is wrong with rows, the first fault of a row to be told first; only what occurs."""
    fields = found.fields
    faults = []
    if _some_unsaid(readings.case):
        unsaid = readings.case.codes < 0
        faults.append(Fault(fields["case"], "it does not say whose event it is", unsaid))
    if "event" in fields and _some_unsaid(readings.event):
        unsaid = readings.event.codes < 0
        faults.append(Fault(fields["event"], "it does not say what happened", unsaid))
    faults += _faults_of_times(fields["time"], readings.time)
    for field, column in zip(found.order, readings.order, strict=True):
        missing = np.isnan(column) if column.dtype.kind == "f" else column == UNREAD
        faults.append(Fault(field, "it has no place in the sequence", missing))
    if readings.left_out is not None:
        faults = [replace(fault, rows=fault.rows & ~readings.left_out) for fault in faults]
    return [fault for fault in faults if fault.rows.any()]


def _some_unsaid(coded: Coded) -> bool:
    """The least code tells it: without a bool for every row, which is fresh memory."""
    return bool(coded.codes.min(initial=0) < 0)


def _faults_of_times(field: Field, time: I64) -> list[Fault]:
    """What is wrong with times; nothing where the first and the last of them can be."""
    if len(time) and time.min() > EARLIEST and time.max() < LATEST:
        return []
    beyond = (time != UNREAD) & ((time <= EARLIEST) | (time >= LATEST))
    return [
        Fault(field, "it is not a time", time == UNREAD),
        Fault(field, "it is no time of an event: not from 1900 to 2200", beyond),
    ]


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
