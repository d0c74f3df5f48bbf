"""From any file of events to EventRows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np

from desireline.engine.journeys import F64, Bools
from desireline.formats.columns.numbers import read_numbers, read_sequence
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.columns.times import Times, check_some_read, read_times
from desireline.formats.duck import text_sql
from desireline.formats.errors import NumbersUnreadable
from desireline.formats.event_rows.bad_rows import bad_rows
from desireline.formats.event_rows.cells import Cells, read_cells
from desireline.formats.event_rows.own_ids import ToldIds, own_ids
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.staging import kept_codes, provenance_of, stage
from desireline.formats.keeping import Readings, keep_readable
from desireline.formats.roles import Roles, find_columns
from desireline.formats.tables.json_file import JsonTable, pointer
from desireline.formats.tables.table import Field, Table

Progress = Callable[[str, float], None]

LONGEST_NAME = 200
"""Characters of an identifier, as the collectors take it."""


class Reader:
    """Reads one table once. What it finds out on the way it notes down."""

    def __init__(self, table: Table, roles: Roles, ids: ToldIds, progress: Progress) -> None:
        self.table, self.roles, self.ids, self.progress = table, roles, ids, progress
        self.found = find_columns(table, roles)
        self.notes = [*self.found.notes]
        self.properties = [*self.found.columns]
        self.unread: tuple[Field, Bools] | None = None
        """The column of the value where some of it is no number, and the rows that are."""

    def rows(self, time_format: str | None, most_bad: int) -> EventRows:
        """All of it."""
        table = self.table
        stage(table, self.progress)
        readings = self._readings(time_format)
        kept = keep_readable(table, self.found, readings)
        ids = own_ids(table, self.ids, self.properties, readings, self.notes)
        cells = self._cells()
        texts = {"type": kept.event}
        for role, coded in (("channel", readings.channel), ("actor", readings.actor)):
            if coded is not None:
                texts[role] = kept_codes(kept, coded)
        return EventRows(
            duck=table.duck,
            whose=kept.case,
            is_export=False,
            at=kept.of(readings.time),
            value=None if readings.value is None else kept.of(readings.value),
            received_at=None,
            texts=texts,
            properties=tuple(replace(c, codes=kept.of(c.codes)) for c in cells),
            objects={},
            order=tuple(kept.of(column) for column in readings.order),
            ids=ids and replace(ids, codes=kept.of(ids.codes)),
            provenance=provenance_of(table, self.found, kept, [*self.notes, *readings.notes]),
            bad=bad_rows(table, self.found, readings, kept, most_bad),
        )

    def _readings(self, time_format: str | None) -> Readings:
        """Two columns at a time: while DuckDB decodes one, a loop numbers another."""
        table, fields = self.table, self.found.fields
        work: dict[str, Callable[[], Any]] = {
            "case": lambda: _fitting(read_codes(table, fields["case"])),
            "time": lambda: self._times(fields["time"], time_format),
            "event": lambda: read_codes(table, fields["event"]),
            "channel": lambda: self._coded("channel"),
            "actor": lambda: self._coded("actor"),
            "value": self._value,
            "order": lambda: tuple(read_sequence(table, column) for column in self.found.order),
        }
        with ThreadPoolExecutor(2) as pool:
            tasks = {name: pool.submit(task) for name, task in work.items()}
            done: dict[str, Any] = {}
            for name, task in tasks.items():
                self.progress("Numbering", 0.5 * len(done) / len(tasks))
                done[name] = task.result()
        return Readings(
            columns={},
            notes=tuple(done["time"].notes),
            **{
                **done,
                "time": done["time"].microseconds,
            },
        )

    def _times(self, column: Field, time_format: str | None) -> Times:
        times = read_times(self.table, column, time_format)
        check_some_read(self.table, column, times)
        return times

    def _coded(self, role: str) -> Coded | None:
        column = self.found.fields.get(role)
        return None if column is None else read_codes(self.table, column)

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
                f"{unread:,} values of {column.name} are no numbers, and were kept as properties."
            )
            self.unread = column, ~np.isnan(numbers)
        return numbers

    def _cells(self) -> Sequence[Cells]:
        cells = []
        columns = _as_json(self.table, self.properties, self.roles)
        for i, column in enumerate(columns):
            self.progress("Numbering", 0.5 + 0.5 * i / len(columns))
            found = read_cells(self.table, column, f"property_{i}")
            if found is not None:
                cells.append(found)
        if self.unread is not None:
            column, read = self.unread
            found = read_cells(self.table, column, "property_value")
            if found is not None:
                found.codes[read] = -1
                cells.append(found)
        return cells


def _as_json(table: Table, columns: Sequence[Field], roles: Roles) -> list[Field]:
    """The columns as they stand in JSON, where the file is JSON: with types, whole to the depth.

    A field that is a record is one property then; not where all that is known of it serves a role.
    """
    record = table.record if isinstance(table, JsonTable) else None
    if record is None:
        return list(columns)
    chosen = {field.name for field in columns}
    taken = {field.name for field in table.fields} - chosen
    rows = table.duck.rows(
        f"SELECT DISTINCT unnest(json_keys({record.sql})) AS name FROM {table.relation}"
        f" WHERE json_type({record.sql}) = 'OBJECT' ORDER BY 1"
    )

    def is_wanted(name: str) -> bool:
        parts = {field.name for field in table.fields if field.name.startswith(f"{name}.")}
        if roles.columns != "all":
            return name in chosen or bool(parts & chosen)
        return name not in taken and (not parts or bool(parts & chosen))

    return [
        Field(name, f"json_extract({record.sql}, {text_sql(pointer(name))})", "JSON")
        for (name,) in rows
        if is_wanted(name)
    ]


def _fitting(coded: Coded) -> Coded:
    """Without names that the log could not look up: over-long, or with a NUL inside."""
    names = coded.names if coded.names.dtype == object else ()
    unfit = [i for i, n in enumerate(names) if len(n) > LONGEST_NAME or "\0" in n]
    if not unfit:
        return coded
    fits = np.ones(len(coded.names), np.bool_)
    fits[unfit] = False
    code_of = np.where(fits, np.cumsum(fits) - 1, -1).astype(np.int32)
    codes = np.where(coded.codes < 0, np.int32(-1), code_of[coded.codes])
    return Coded(codes, coded.names[fits])
