"""Files that the log has written: read back column for column, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

import msgspec
import numpy as np

from desireline.engine.journeys import F64, I64
from desireline.formats.columns.numbers import read_numbers
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.columns.times import UNREAD, read_times
from desireline.formats.duck import text_sql
from desireline.formats.event_rows.bad_rows import bad_rows
from desireline.formats.event_rows.cells import read_objects
from desireline.formats.event_rows.own_ids import ToldIds, own_ids
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.event_rows.staging import kept_codes, provenance_of, stage
from desireline.formats.keeping import Kept, Readings, keep_readable
from desireline.formats.log_files import APOSTROPHE, COLUMNS, FORMULA, formula_undone
from desireline.formats.mapping.document import ROLES, Mapping
from desireline.formats.mapping.types import renamed
from desireline.formats.roles import Found
from desireline.formats.segment_columns import MACHINE, machine_sql
from desireline.formats.tables.csv_file import CsvTable
from desireline.formats.tables.json_file import JsonTable, pointer
from desireline.formats.tables.table import Field, Table

Progress = Callable[[str, float], None]

TEXTS = ("kind", "channel", "direction", "actor", "currency", "source")
OBJECTS = ("properties", "context")
WHO = ("/user_id", "/email", "/phone", "$.*")
"""Identifiers that make a case, strongest first; then any other, as `json_extract_string` says."""
SEARCHED_ROWS = 200_000


def is_export(table: Table) -> bool:
    """Whether the log wrote the file: it has the columns of the log and no others."""
    names = {field.name.split(".")[0] for field in table.fields}
    return names == set(COLUMNS)


def read_export(table: Table, mapping: Mapping, most_bad: int, progress: Progress) -> EventRows:
    """The rows of such a file. Raises DuckFailed, or what is wrong with the file."""
    stage(table, progress)
    fields = _fields(table)
    found = Found(
        fields={"case": fields["identifiers"], "event": fields["type"], "time": fields["at"]},
        who={},
        order=(),
        columns=(),
        told=frozenset(),
        notes=(),
        constants={},
    )
    notes: list[str] = []
    event, left_out = renamed(_texts(table, fields["type"]), mapping.types, notes)
    progress("Numbering", 0.0)
    readings = Readings(
        case=read_codes(table, fields["identifiers"]),
        event=event,
        time=read_times(table, fields["at"], "iso").microseconds,
        order=(),
        channel=None,
        actor=None,
        value=_numbers(table, fields["value"]),
        columns={},
        notes=(),
        left_out=left_out,
    )
    kept = keep_readable(table, found, readings)
    progress("Numbering", 0.5)
    received_at = read_times(table, fields["received_at"], "iso").microseconds
    ids = own_ids(table, ToldIds("id"), [], readings, [])
    texts = {name: _texts(table, fields[name]) for name in TEXTS}
    texts = {name: coded for name, coded in texts.items() if np.any(coded.codes >= 0)}
    hashed = ids is None or bool(np.any(ids.codes < 0))
    objects = {
        name: read_objects(table, fields[name], f"whole_{name}", hashed=hashed) for name in OBJECTS
    }
    return EventRows(
        duck=table.duck,
        whose=kept.case,
        who={},
        is_export=True,
        at=kept.of(readings.time),
        value=None if readings.value is None else kept.of(readings.value),
        received_at=_received(kept, readings.time, received_at),
        texts={"type": kept.event} | {n: kept_codes(kept, coded) for n, coded in texts.items()},
        properties=(),
        objects={n: replace(o, codes=kept.of(o.codes)) for n, o in objects.items() if o},
        order=(),
        ids=ids and replace(ids, codes=kept.of(ids.codes)),
        provenance=provenance_of(table, found, kept, notes),
        bad=bad_rows(table, found, readings, kept, most_bad),
        reasons=kept.reasons,
        form=table.form,
    )


def _received(kept: Kept, at: I64, received_at: I64) -> I64 | None:
    """When the log took the events; None where no row says it."""
    absent = received_at == UNREAD
    return None if absent.all() else kept.of(np.where(absent, at, received_at))


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


def with_roles(table: Table, mapping: Mapping) -> tuple[Table, Mapping]:
    """A table of the log's columns as one that journeys are read from, and what its columns are.

    The case is the strongest identifier of an event. Properties stand under their own names, or
    `properties.NAME` where a column has that one. Beside them stands `MACHINE`.
    """
    held = _fields(table)
    who, what = (f"{held[name].sql}::VARCHAR" for name in ("identifiers", "properties"))
    texts = {"case": f"coalesce({', '.join(_said(who, kind) for kind in WHO)})"}
    texts |= {"event": _undone(table, held["type"]), "time": held["at"].sql}
    texts |= {n: _undone(table, held[n]) for n in ("channel", "actor", "kind", "direction")}
    texts |= {"value": held["value"].sql, "currency": _undone(table, held["currency"])}
    texts |= {MACHINE: machine_sql(f"{held['context'].sql}::VARCHAR")}
    names = table.duck.rows(
        f"SELECT DISTINCT unnest(json_keys({what})) AS name FROM (SELECT * FROM {table.origin}"
        f" LIMIT {SEARCHED_ROWS}) WHERE json_valid({what}) ORDER BY 1"
    )
    for (name,) in names:
        called = f"properties.{name}" if name in texts else name
        texts[called] = f"json_extract_string({what}, {text_sql(pointer(name))})"
    fields = tuple(Field(name, f"c{i}", "VARCHAR") for i, name in enumerate(texts))
    columns = ", ".join(
        f"({sql}) AS {field.sql}" for field, sql in zip(fields, texts.values(), strict=True)
    )
    seen = copy(table)
    seen.origin, seen.keep, seen.row_sql = f"(SELECT {columns} FROM {table.origin})", True, "rowid"
    seen.fields = tuple(_typed(seen, field) for field in fields)
    usual = {role: role for role in ROLES if role != "case" and getattr(mapping, role) is None}
    usual |= {} if mapping.who else {"who": "case"}
    return seen, msgspec.structs.replace(mapping, **usual)


def _typed(table: Table, field: Field) -> Field:
    kinds = dict(table.duck.describe(table.origin))
    return replace(field, type=kinds[field.sql])


def _said(who: str, kind: str) -> str:
    first = "[1]" if "*" in kind else ""
    return f"json_extract_string({who}, {text_sql(kind)}){first}"


def _undone(table: Table, field: Field) -> str:
    if not isinstance(table, CsvTable):
        return field.sql
    undone = f"regexp_matches({field.sql}, {text_sql('^' + APOSTROPHE + FORMULA)})"
    return f"CASE WHEN {undone} THEN {field.sql}[2:] ELSE {field.sql} END"
