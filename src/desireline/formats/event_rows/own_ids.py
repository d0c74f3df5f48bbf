"""The column with the events' own ids, where a file has one that can be trusted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from desireline.formats.duck import Duck
from desireline.formats.event_rows.cells import U64, by_code
from desireline.formats.event_rows.distinct import Distinct, read_distinct
from desireline.formats.keeping import Readings
from desireline.formats.roles import named
from desireline.formats.tables.table import Field, Table

USUAL = ("event_id", "message_id", "messageid", "id")
DASHED = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
BARE = "[0-9a-fA-F]{32}"
PLAIN_NUMBER = r"-?\d{1,18}"
TABLE = "own_ids"
ALL = 2**64 - 1
NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ToldIds:
    """The column of the events' own ids, if named, and how ids that are no UUIDs become some."""

    column: str | None = None
    namespace: UUID = NIL
    """Of UUIDs of version 5 (RFC 9562)."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnIds:
    """The id that each row brings: `codes`, -1 where it has none, into halves of UUIDs.

    An id that is no UUID stands in the table of DuckDB: `code` and `part`, as it stands between
    the braces of a JSON object (`"message_id":"m-17"`).
    """

    codes: NDArray[Any]
    hi: U64
    lo: U64
    table: str = TABLE


def own_ids(
    table: Table, told: ToldIds, columns: list[Field], readings: Readings, notes: list[str]
) -> OwnIds | None:
    """The ids of the rows, or None where no column has them.

    `columns` are those that serve no other role; the one taken leaves them. A column that nobody
    named is taken if it is called `event_id`, `message_id` or `id`, if its repeated ids repeat one
    event, and if it is no count of rows: 1, 2, 3 ... would be other events in the next file.
    """
    field = _column(table, told, columns)
    if field is None:
        return None
    ids = read_distinct(table, Field(field.name, f"{field.sql}::VARCHAR", "VARCHAR"), TABLE)
    if ids is None:
        return None
    if told.column is None:
        doubt = _doubt(table.duck, ids, readings)
        if doubt:
            notes.append(f"{field.name} was not taken as the ids of events, for {doubt}; see --id.")
            return None
        notes.append(f"{field.name} was taken as the ids of events.")
    with suppress(ValueError):
        columns.remove(field)
    return _halved(table.duck, ids, told.namespace)


def _column(table: Table, told: ToldIds, columns: list[Field]) -> Field | None:
    if told.column is not None:
        return named(table, told.column, "columns")
    return next((f for name in USUAL for f in columns if f.name.lower() == name), None)


def _halved(duck: Duck, ids: Distinct, namespace: UUID) -> OwnIds:
    """UUIDs as they are, of other texts the UUID of version 5; those are kept as `message_id`."""
    is_uuid = f"(regexp_full_match(value, '{DASHED}') OR regexp_full_match(value, '{BARE}'))"
    named_sql = f"sha1(from_hex('{namespace.hex}') || encode(value))"
    duck.run(
        f"CREATE OR REPLACE TABLE {TABLE} AS SELECT code, {is_uuid} AS is_uuid,"
        f" CASE WHEN {is_uuid} THEN lower(replace(value, '-', '')) ELSE {named_sql} END AS hex,"
        f" CASE WHEN NOT {is_uuid} THEN '\"message_id\":' || to_json(value)::VARCHAR END AS part"
        f" FROM {TABLE}"
    )
    hi, lo = "('0x' || hex[1:16])::UBIGINT", "('0x' || hex[17:32])::UBIGINT"
    halves = {
        "hi": f"CASE WHEN is_uuid THEN {hi} ELSE {hi} & {~(0xF << 12) & ALL} | {5 << 12} END",
        "lo": f"CASE WHEN is_uuid THEN {lo} ELSE {lo} & {ALL >> 2} | {1 << 63} END",
    }
    hi_by_code, lo_by_code = by_code(duck, TABLE, halves, ids.count)
    return OwnIds(ids.codes, hi_by_code, lo_by_code)


def _doubt(duck: Duck, ids: Distinct, readings: Readings) -> str:
    numbers, total = duck.row(
        f"SELECT count(*) FILTER (regexp_full_match(value, '{PLAIN_NUMBER}')), count(*)"
        f" FROM {TABLE}"
    )
    if numbers == total:
        return "it holds plain numbers"
    if _repeats_differ(ids.codes, readings):
        return "several events have the same"
    return ""


def _repeats_differ(ids: NDArray[Any], readings: Readings) -> bool:
    """Whether two rows of one id differ in case, event or time."""
    rows = np.flatnonzero(ids >= 0)
    met, first, which = np.unique(ids[rows], return_index=True, return_inverse=True)
    if len(met) == len(rows):
        return False
    original = rows[first][which]
    columns = (readings.case.codes, readings.event.codes, readings.time)
    return any(bool(np.any(c[rows] != c[original])) for c in columns)
