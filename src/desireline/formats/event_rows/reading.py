"""From any file of events to EventRows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from desireline.engine.journeys import F64, Bools
from desireline.formats.columns.numbers import read_numbers, read_sequence
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.columns.times import Times, check_some_read, read_times
from desireline.formats.duck import text_sql
from desireline.formats.errors import NumbersUnreadable, ValuesUnfit
from desireline.formats.event_rows.bad_rows import bad_rows
from desireline.formats.event_rows.cells import Cells, read_cells
from desireline.formats.event_rows.own_ids import ToldIds, own_ids
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.staging import kept_codes, provenance_of, stage
from desireline.formats.keeping import Readings, keep_readable
from desireline.formats.mapping.document import ROLES, SAID_ONCE, Mapping, fits, zone
from desireline.formats.mapping.types import constant, renamed
from desireline.formats.roles import find_columns
from desireline.formats.tables.json_file import JsonTable, pointer
from desireline.formats.tables.table import Field, Table

Progress = Callable[[str, float], None]

LONGEST_NAME = 200
"""Characters of an identifier, as the collectors take it."""


class Reader:
    """Reads one table once. What it finds out on the way it notes down."""

    def __init__(self, table: Table, mapping: Mapping, namespace: UUID, progress: Progress) -> None:
        self.table, self.mapping, self.progress = table, mapping, progress
        self.ids = ToldIds(mapping.id, namespace)
        self.found = find_columns(table, mapping, mapping.properties, (*ROLES, *SAID_ONCE))
        self.notes = [*self.found.notes]
        self.properties = [*self.found.columns]
        self.unread: tuple[Field, Bools] | None = None
        """The column of the value where some of it is no number, and the rows that are."""

    def rows(self, most_bad: int) -> EventRows:
        """All of it."""
        table = self.table
        stage(table, self.progress)
        readings = self._readings()
        kept = keep_readable(table, self.found, readings)
        ids = own_ids(table, self.ids, self.properties, readings, self.notes)
        texts = {"type": kept.event}
        for role in SAID_ONCE:
            coded = self._said_once(role)
            if coded is not None:
                texts[role] = kept_codes(kept, coded)
        cells = self._cells()
        for role, coded in (("channel", readings.channel), ("actor", readings.actor)):
            if coded is not None:
                texts[role] = kept_codes(kept, coded)
        return EventRows(
            duck=table.duck,
            whose=kept.case,
            who={kind: field.name for kind, field in self.found.who.items()},
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
            reasons=kept.reasons,
            form=table.form,
        )

    def _readings(self) -> Readings:
        """Two columns at a time: while DuckDB decodes one, a loop numbers another."""
        table, fields = self.table, self.found.fields
        work: dict[str, Callable[[], Any]] = {
            "case": lambda: self._whose(fields["case"]),
            "time": lambda: self._times(fields["time"]),
            "event": lambda: self._coded("event"),
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
        event, left_out = renamed(done["event"], self.mapping.types, self.notes)
        return Readings(
            columns={},
            notes=tuple(done["time"].notes),
            left_out=left_out,
            **{**done, "time": done["time"].microseconds, "event": event},
        )

    def _whose(self, column: Field) -> Coded:
        return _fitting(read_codes(self.table, column), several=len(self.found.who) > 1)

    def _times(self, column: Field) -> Times:
        told = self.mapping.time_zone
        in_zone = None if told is None else zone(told)
        times = read_times(self.table, column, self.mapping.time_format, in_zone)
        check_some_read(self.table, column, times)
        return times

    def _coded(self, role: str) -> Coded | None:
        if role in self.found.constants:
            return constant(self.found.constants[role], self.table.count())
        column = self.found.fields.get(role)
        return None if column is None else read_codes(self.table, column)

    def _said_once(self, role: str) -> Coded | None:
        """Currency or direction; a column that nobody named is a property if it says none."""
        coded = self._coded(role)
        if coded is None or role in self.found.constants:
            return coded
        unfit = [str(n) for n in coded.names.tolist() if not fits(role, str(n))]
        column = self.found.fields[role]
        if not unfit:
            return coded
        if role in self.found.told:
            raise ValuesUnfit(
                f"{self.table.source}, column {column.name}: {unfit[0]!r} is no {role}.",
                hint="A currency is three letters: EUR. A direction is inbound, outbound or"
                " internal. Or leave the column out of the roles: then it is a property.",
            )
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
                f"{unread:,} values of {column.name} are no numbers, and were kept as properties."
            )
            self.unread = column, ~np.isnan(numbers)
        return numbers

    def _cells(self) -> Sequence[Cells]:
        cells = []
        columns = _as_json(self.table, self.properties, self.mapping)
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


def _as_json(table: Table, columns: Sequence[Field], mapping: Mapping) -> list[Field]:
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
        if mapping.properties != "all":
            return name in chosen or bool(parts & chosen)
        return name not in taken and (not parts or bool(parts & chosen))

    return [
        Field(name, f"json_extract({record.sql}, {text_sql(pointer(name))})", "JSON")
        for (name,) in rows
        if is_wanted(name)
    ]


def _fitting(coded: Coded, *, several: bool) -> Coded:
    """Without names that the log could not look up: over-long, or with a NUL inside.

    Of `several` identifiers as a JSON object each has to fit.
    """
    names = coded.names if coded.names.dtype == object else ()
    if several:
        told = [msgspec.json.decode(n, type=dict[str, str]).values() for n in names]
        unfit = [i for i, values in enumerate(told) if any(map(_is_unfit, values))]
    else:
        unfit = [i for i, n in enumerate(names) if _is_unfit(n)]
    if not unfit:
        return coded
    fits = np.ones(len(coded.names), np.bool_)
    fits[unfit] = False
    code_of = np.where(fits, np.cumsum(fits) - 1, -1).astype(np.int32)
    codes = np.where(coded.codes < 0, np.int32(-1), code_of[coded.codes])
    return Coded(codes, coded.names[fits])


def _is_unfit(name: str) -> bool:
    return len(name) > LONGEST_NAME or "\0" in name
