"""Files that the log has written: read back column for column, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from desireline.engine.journeys import F64
from desireline.formats.columns.numbers import read_numbers
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.columns.times import UNREAD, read_times
from desireline.formats.duck import text_sql
from desireline.formats.event_rows.bad_rows import bad_rows
from desireline.formats.event_rows.cells import read_objects
from desireline.formats.event_rows.own_ids import ToldIds, own_ids
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.staging import kept_codes, provenance_of, stage
from desireline.formats.keeping import Readings, keep_readable
from desireline.formats.log_files import COLUMNS, formula_undone
from desireline.formats.roles import Found
from desireline.formats.tables.csv_file import CsvTable
from desireline.formats.tables.json_file import JsonTable, pointer
from desireline.formats.tables.table import Field, Table

Progress = Callable[[str, float], None]

TEXTS = ("kind", "channel", "direction", "actor", "currency", "source")
OBJECTS = ("properties", "context")


def is_export(table: Table) -> bool:
    """Whether the log wrote the file: it has the columns of the log and no others."""
    names = {field.name.split(".")[0] for field in table.fields}
    return names == set(COLUMNS)


def read_export(table: Table, most_bad: int, progress: Progress) -> EventRows:
    """The rows of such a file. Raises DuckFailed, or what is wrong with the file."""
    stage(table, progress)
    fields = _fields(table)
    found = Found(
        fields={"case": fields["identifiers"], "event": fields["type"], "time": fields["at"]},
        order=(),
        columns=(),
        told=frozenset(),
        notes=(),
    )
    progress("Numbering", 0.0)
    readings = Readings(
        case=read_codes(table, fields["identifiers"]),
        event=_texts(table, fields["type"]),
        time=read_times(table, fields["at"], "iso").microseconds,
        order=(),
        channel=None,
        actor=None,
        value=_numbers(table, fields["value"]),
        columns={},
        notes=(),
    )
    kept = keep_readable(table, found, readings)
    progress("Numbering", 0.5)
    received_at = read_times(table, fields["received_at"], "iso").microseconds
    ids = own_ids(table, ToldIds("id"), [], readings, [])
    texts = {name: _texts(table, fields[name]) for name in TEXTS}
    objects = {name: read_objects(table, fields[name], f"whole_{name}") for name in OBJECTS}
    return EventRows(
        duck=table.duck,
        whose=kept.case,
        is_export=True,
        at=kept.of(readings.time),
        value=None if readings.value is None else kept.of(readings.value),
        received_at=kept.of(np.where(received_at == UNREAD, readings.time, received_at)),
        texts={"type": kept.event} | {n: kept_codes(kept, coded) for n, coded in texts.items()},
        properties=(),
        objects={n: replace(o, codes=kept.of(o.codes)) for n, o in objects.items() if o},
        order=(),
        ids=ids and replace(ids, codes=kept.of(ids.codes)),
        provenance=provenance_of(table, found, kept, ()),
        bad=bad_rows(table, found, readings, kept, most_bad),
    )


def _fields(table: Table) -> dict[str, Field]:
    """The columns by name; objects as JSON, not taken apart."""
    held = {field.name: (field.sql, field.type) for field in table.fields}
    if isinstance(table, JsonTable) and table.record is not None:
        told = f"json_extract_string({table.record.sql}, {{}})"
        held = {name: (told.format(text_sql(pointer(name))), "VARCHAR") for name in COLUMNS}
    return {
        name: Field(name, sql, "JSON" if COLUMNS[name] == "object" else kind)
        for name, (sql, kind) in held.items()
    }


def _texts(table: Table, field: Field) -> Coded:
    coded = read_codes(table, field)
    if not isinstance(table, CsvTable):
        return coded
    return Coded(coded.codes, np.array([formula_undone(name) for name in coded.names], object))


def _numbers(table: Table, field: Field) -> F64:
    return read_numbers(table, field)[0]
