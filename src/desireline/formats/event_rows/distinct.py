"""The distinct values of a column as a table of DuckDB, and each row's number in it.

The values stay in DuckDB, which lays them on disk when memory runs short: a column may hold as
many values as there are rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.kernels.building import number_keys
from desireline.formats.columns.text import HASHES
from desireline.formats.tables.table import Field, Table

BLANK_JSON = "' \"'"
"""A text of nothing but spaces says nothing, in JSON as elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """`codes` has one entry a row, -1 where the column says nothing.

    The table `table` has `code` and `value`. Codes are below `count`, in the order of appearance;
    the code of what says nothing is left out.
    """

    codes: NDArray[Any]
    table: str
    count: int


def read_distinct(table: Table, field: Field, name: str) -> Distinct | None:
    """The values of a column, in a new table called `name`; None where it says nothing at all.

    DuckDB hashes the value of each row and a loop numbers the hashes; that no two values have one
    hash is checked, else another is taken. Raises DuckFailed.
    """
    duck, value = table.duck, _value_sql(field)
    for hashed in HASHES:
        key = hashed.format(value)
        duck.run(
            f"CREATE OR REPLACE TABLE {name} AS SELECT {value} AS value, {key} AS key"
            f" FROM {table.relation} GROUP BY {value}"
        )
        rows, keys = duck.row(f"SELECT count(*), count(DISTINCT key) FROM {name}")
        if rows == keys:
            break
    of_rows = duck.array(f"SELECT {key} AS k FROM {table.relation}")
    codes, first = number_keys(of_rows)
    duck.register("met", {"code": np.arange(len(first), dtype=np.int32), "key": of_rows[first]})
    duck.run(
        f"CREATE OR REPLACE TABLE {name} AS SELECT code, value FROM {name} JOIN met USING (key)"
    )
    duck.unregister("met")
    absent = duck.rows(f"SELECT code FROM {name} WHERE value IS NULL")
    if absent and len(first) == 1:
        return None
    for (code,) in absent:
        codes[codes == code] = -1
        duck.run(f"DELETE FROM {name} WHERE value IS NULL")
    return Distinct(narrowed(codes, len(first)), name, len(first))


def narrowed(codes: NDArray[Any], count: int) -> NDArray[Any]:
    """Codes from -1 to `count` in as few bytes as hold them."""
    for kind in (np.int8, np.int16):
        if count <= np.iinfo(kind).max:
            return codes.astype(kind)
    return codes


def _value_sql(field: Field) -> str:
    """What the values of a column are told apart by; NULL where it says nothing."""
    if field.type == "JSON":
        text = f"{field.sql}::VARCHAR"
        return f"CASE WHEN {text} <> 'null' AND trim({text}, {BLANK_JSON}) <> '' THEN {text} END"
    if field.is_text:
        return f"CASE WHEN NOT {field.blank_sql} THEN {field.sql}::VARCHAR END"
    if field.type in ("FLOAT", "DOUBLE"):
        return f"CASE WHEN isfinite({field.sql}) THEN {field.sql} END"
    return field.sql
