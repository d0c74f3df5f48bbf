"""From a file of events to EventRows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from desireline.engine.journeys import F64
from desireline.formats.columns.numbers import read_numbers, read_sequence
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.columns.times import check_some_read, read_times
from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.errors import FileBroken, FileEmpty, NumbersUnreadable, ValuesTooMany
from desireline.formats.event_rows.bad_rows import bad_rows
from desireline.formats.event_rows.cells import Cells, read_cells
from desireline.formats.event_rows.distinct import narrowed
from desireline.formats.event_rows.own_ids import ToldIds, own_ids
from desireline.formats.event_rows.rows import Account, EventRows
from desireline.formats.keeping import Kept, Readings, keep_readable
from desireline.formats.opening import open_table
from desireline.formats.reading import MOST_VALUES
from desireline.formats.roles import Roles, find_columns
from desireline.formats.tables.table import Field, Table

Progress = Callable[[str, float], None]

MEMORY = "1GB"
"""What DuckDB may hold in memory; what is more lies in its temporary folder."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user told about a file, None where it is to be found."""

    roles: Roles = field(default_factory=lambda: Roles(columns="all"))
    ids: ToldIds = field(default_factory=ToldIds)
    time_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@contextmanager
def open_rows(
    source: Any, how: HowToRead, most_bad: int, progress: Progress
) -> Iterator[EventRows]:
    """The rows of `source`, a path or frame as `formats.reading.read` takes it.

    At most `most_bad` bad rows are kept whole; all are counted. Raises subclasses of
    DesirelineError; then nothing was read.
    """
    with Duck() as duck:
        duck.run(f"SET memory_limit = '{MEMORY}'")
        table = open_table(duck, source, how.encoding, how.delimiter, progress)
        try:
            rows = _Reader(table, how, progress).rows(most_bad)
        except DuckFailed as failure:
            raise FileBroken(
                f"{table.source} cannot be read to its end: {str(failure).splitlines()[0]}",
                hint="The file may be damaged; copy or export it again. Nothing was read from it.",
            ) from failure
        yield rows


class _Reader:
    """Reads one table once. What it finds out on the way it notes down."""

    def __init__(self, table: Table, how: HowToRead, progress: Progress) -> None:
        self.table, self.how, self.progress = table, how, progress
        self.found = find_columns(table, how.roles)
        self.notes = [*self.found.notes]
        self.properties = [*self.found.columns]

    def rows(self, most_bad: int) -> EventRows:
        """All of it."""
        table = self.table
        table.stage(table.fields, lambda share: self.progress("Reading", share))
        count = table.count()
        if count + table.rejected.count == 0:
            header = " a header and" if table.unit == "line" else ""
            raise FileEmpty(
                f"{table.source} has{header} no rows.", hint="Export it again, with its rows."
            )
        readings = self._readings()
        kept = keep_readable(table, self.found, readings)
        ids = own_ids(table, self.how.ids, self.properties, readings, self.notes)
        cells = self._cells()
        return EventRows(
            duck=table.duck,
            case=kept.case,
            event=kept.event,
            at=kept.of(readings.time),
            channel=_kept(kept, readings.channel),
            actor=_kept(kept, readings.actor),
            value=None if readings.value is None else kept.of(readings.value),
            properties=tuple(replace(c, codes=kept.of(c.codes)) for c in cells),
            order=tuple(kept.of(column) for column in readings.order),
            ids=ids and replace(ids, codes=kept.of(ids.codes)),
            account=self._account(count, readings, kept, most_bad),
        )

    def _account(self, count: int, readings: Readings, kept: Kept, most_bad: int) -> Account:
        table = self.table
        return Account(
            source=table.source,
            rows=count + table.rejected.count,
            columns=self.found.names(),
            notes=(*table.notes, *self.notes, *readings.notes),
            set_aside=kept.set_aside,
            examples=kept.examples,
            unit=table.unit,
            bad=bad_rows(table, self.found, readings, kept, most_bad),
        )

    def _readings(self) -> Readings:
        table, fields = self.table, self.found.fields
        self.progress("Numbering", 0.0)
        case = read_codes(table, fields["case"])
        self.progress("Numbering", 0.2)
        event = read_codes(table, fields["event"])
        times = read_times(table, fields["time"], self.how.time_format)
        check_some_read(table, fields["time"], times)
        self.progress("Numbering", 0.4)
        return Readings(
            case=case,
            event=event,
            time=times.microseconds,
            order=tuple(read_sequence(table, column) for column in self.found.order),
            channel=self._small("channel"),
            actor=self._small("actor"),
            value=self._value(),
            columns={},
            notes=tuple(times.notes),
        )

    def _small(self, role: str) -> Coded | None:
        """A column of few values. One with too many that nobody asked for stays a property."""
        column = self.found.fields.get(role)
        if column is None:
            return None
        coded = read_codes(self.table, column)
        if len(coded.names) <= MOST_VALUES:
            return coded
        sentence = (
            f"{self.table.source}, column {column.name}: {len(coded.names):,} distinct values are"
            f" too many for the {role} (at most {MOST_VALUES})"
        )
        if role in self.found.told:
            raise ValuesTooMany(
                f"{sentence}.",
                hint=f"Choose another with --{role}; as a property it is kept anyway.",
            )
        self.notes.append(f"{sentence}; it was kept as a property.")
        self.properties.append(column)
        return None

    def _value(self) -> F64 | None:
        column = self.found.fields.get("value")
        if column is None:
            return None
        read = column
        if column.type == "FLOAT":  # 19.99 and not 19.989999771118164, which is its double
            read = Field(column.name, f"{column.sql}::VARCHAR::DOUBLE", "DOUBLE")
        numbers, unread, notes = read_numbers(self.table, read)
        if unread and "value" in self.found.told and np.isnan(numbers).all():
            raise NumbersUnreadable(
                f"{self.table.source}, column {column.name}: no value is a number.",
                hint="Choose another column with --value.",
            )
        self.notes += notes
        if unread:
            self.notes.append(
                f"{unread:,} values of {column.name} are no numbers; the column was kept as a"
                " property, too."
            )
            self.properties.append(column)
        return numbers

    def _cells(self) -> Sequence[Cells]:
        cells = []
        for i, column in enumerate(self.properties):
            self.progress("Numbering", 0.5 + 0.5 * i / len(self.properties))
            found = read_cells(self.table, column, f"property_{i}")
            if found is not None:
                cells.append(found)
        return cells


def _kept(kept: Kept, coded: Coded | None) -> Coded | None:
    if coded is None:
        return None
    return Coded(kept.of(narrowed(coded.codes, len(coded.names))), coded.names)
