"""Properties of events by their distinct values: each once as JSON, and as halves of a hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.formats.columns.numbers import DECIMAL_COMMA
from desireline.formats.duck import Duck, text_sql
from desireline.formats.event_rows.distinct import Distinct, read_distinct
from desireline.formats.tables.table import Field, Table

U64 = NDArray[np.uint64]

PLAIN_NUMBER = r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?([eE][+-]?\d{1,2})?"
"""A number of JSON with so few digits that no two of them are read as one."""
LIKE_A_NAME = r"[+-]?0\d.*"
TRIMMED = "' \t\r\n'"
ISO = "%Y-%m-%dT%H:%M:%S.%f"
LOW_HALF = 2**64 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A property column. `codes` has one entry a row, -1 where the property is absent.

    The table `table` of DuckDB has a row for each code: `code` and `part`, the property as it
    stands between the braces of a JSON object (`"price":12.5`). `hi` and `lo` are the halves of a
    hash of name and value by code; a value has the same hash in whatever type of column it comes.
    """

    codes: NDArray[Any]
    table: str
    hi: U64
    lo: U64


def read_cells(table: Table, field: Field, name: str) -> Cells | None:
    """The cells of a column, in a new table called `name`; None where the column is empty.

    Raises DuckFailed.
    """
    distinct = read_distinct(table, field, name)
    if distinct is None:
        return None
    return _with_parts(table.duck, field, distinct, text_sql(quoted(table.duck, field.name) + ":"))


def read_objects(table: Table, field: Field, name: str, *, hashed: bool) -> Cells | None:
    """A column of whole JSON objects, as `read_cells`; a `part` is the object itself.

    Without `hashed` all hashes are 0: events that bring ids need none.
    """
    distinct = read_distinct(table, field, name)
    if distinct is None:
        return None
    if hashed:
        return _with_parts(table.duck, field, distinct, "''")
    part = "CASE WHEN json_valid(value) THEN value ELSE to_json(value)::VARCHAR END"
    table.duck.run(f"CREATE OR REPLACE TABLE {name} AS SELECT code, {part} AS part FROM {name}")
    nothing = np.zeros(distinct.count, np.uint64)
    return Cells(distinct.codes, name, nothing, nothing)


def _with_parts(duck: Duck, field: Field, distinct: Distinct, before: str) -> Cells:
    name = distinct.table
    duck.run(
        f"CREATE OR REPLACE TABLE {name} AS SELECT code, value, {_text_sql(field)} AS text"
        f" FROM {name}"
    )
    hi, lo = _hashes(duck, field.name, name, distinct.count)
    duck.run(
        f"CREATE OR REPLACE TABLE {name} AS SELECT code,"
        f" {before} || {_json_sql(duck, field, name)} AS part FROM {name}"
    )
    return Cells(distinct.codes, name, hi, lo)


def quoted(duck: Duck, name: str) -> str:
    """A text as JSON."""
    return str(duck.row("SELECT to_json(?)::VARCHAR", [name])[0])


def by_code(duck: Duck, table: str, columns: dict[str, str], count: int) -> list[U64]:
    """Unsigned numbers of a table with `code`, as arrays that are indexed by the code."""
    taken = ", ".join(f"({sql})::UBIGINT AS {name}" for name, sql in columns.items())
    found = duck.arrays(f"SELECT code, {taken} FROM {table}")
    arrays = []
    for name in columns:
        array = np.zeros(count, np.uint64)
        array[found["code"]] = found[name]
        arrays.append(array)
    return arrays


def _hashes(duck: Duck, column: str, name: str, count: int) -> list[U64]:
    """The halves by code. Numbers are hashed in their shortest spelling, for files differ in it."""
    shortest = _shortest("text::DOUBLE")
    plain = f"CASE WHEN regexp_full_match(text, '{PLAIN_NUMBER}') THEN {shortest} ELSE text END"
    hashed = f"(SELECT code, md5_number({text_sql(column)} || chr(0) || {plain}) AS h FROM {name})"
    return by_code(duck, hashed, {"hi": "h >> 64", "lo": f"h & {LOW_HALF}"}, count)


def _text_sql(field: Field) -> str:
    """A value as text, the same in whatever type it came."""
    if field.type == "JSON":
        return (
            "CASE WHEN value LIKE '\"%' AND json_valid(value)"
            " THEN json_extract_string(value, '$') ELSE value END"
        )
    if field.type in ("FLOAT", "DOUBLE"):
        return _shortest("value")
    if field.type == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(value AT TIME ZONE 'UTC', '{ISO}Z')"
    if field.type.startswith("TIMESTAMP"):
        return f"strftime(value::TIMESTAMP, '{ISO}')"
    if _is_nested(field):
        return "to_json(value)::VARCHAR"
    return "value::VARCHAR"


def _shortest(number: str) -> str:
    whole = f"{number} = trunc({number}) AND abs({number}) < 1e15"
    return f"CASE WHEN {whole} THEN {number}::BIGINT::VARCHAR ELSE {number}::VARCHAR END"


def _json_sql(duck: Duck, field: Field, name: str) -> str:
    """The text of a value as JSON: itself where it is JSON by type, a number, else quoted."""
    if field.is_number or field.type == "BOOLEAN" or _is_nested(field):
        return "text"
    if field.type == "JSON":
        return "CASE WHEN json_valid(value) THEN value ELSE to_json(value)::VARCHAR END"
    if field.is_text:
        return _number_sql(duck, name)
    return "to_json(text)::VARCHAR"


def _number_sql(duck: Duck, name: str) -> str:
    """A column of text is one of numbers where all of it is numbers, and none looks like a name."""
    text = f"trim(text, {TRIMMED})"
    plain, comma, point, names, total = duck.row(
        f"SELECT count(*) FILTER (regexp_full_match({text}, '{PLAIN_NUMBER}')),"
        f" count(*) FILTER (regexp_full_match({text}, '{DECIMAL_COMMA}')),"
        f" count(*) FILTER (text LIKE '%.%'),"
        f" count(*) FILTER (regexp_full_match({text}, '{LIKE_A_NAME}')), count(*) FROM {name}"
    )
    if plain == total:
        return text
    if comma == total and not point and not names:
        return _shortest(f"replace({text}, ',', '.')::DOUBLE")
    return "to_json(text)::VARCHAR"


def _is_nested(field: Field) -> bool:
    return field.type.endswith("]") or field.type.startswith(("STRUCT", "MAP", "UNION"))
