"""Making segments: events from anywhere to a sorted Parquet file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desireline.formats.duck import Duck, DuckFailed, name_sql, text_sql
from desireline.formats.segment_files.files import (
    COLUMNS,
    ORDER,
    SegmentFile,
    facts_of,
    segment_sql,
)

ROWS_A_GROUP = 32_768
"""One person's first 100 events in a file of 3 M rows took 15.7 ms of one core with groups of
16,384 rows, 9.6 with 32,768, 8.8 with 65,536, 10.2 with 131,072."""
LEVEL = 3
"""Of zstd. 9 saves 0.3 % of the bytes, 1 adds 0.3 %."""
MOST_DISTINCT = 3_000
"""A column of a group with more values than that is written without a dictionary. Subjects ascend:
their steps take 0.07 bytes an event, a dictionary of 3,300 of them took 0.5. Were it 1,000, the
properties of the simulated shop would lose theirs: 5.6 bytes an event instead of 1.6."""


def write_segment(duck: Duck, relation: str, path: Path, *, in_order: bool = False) -> SegmentFile:
    """The finished file of the events of `relation` (what stands after FROM), fsynced, at `path`.

    The relation has the columns of COLUMNS with those types, in rows of any order; they are sorted
    here. `place` is 0 or more, and no number is there twice. Places that count the events in their
    order, as an import gives them, take no room at all.

    With `in_order` the rows are sorted already, and their places are 0, 1, 2 ...: that is checked
    in the file (2 M rows: 2.1 instead of 4.0 s of one core). Raises DuckFailed.
    """
    columns = ", ".join(name_sql(name) for name in COLUMNS)
    order = "" if in_order else f" ORDER BY {ORDER}"
    duck.run(
        f"COPY (SELECT {columns} FROM {relation}{order}) TO {text_sql(str(path))}"
        f" (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL},"
        f" ROW_GROUP_SIZE {ROWS_A_GROUP}, DICTIONARY_SIZE_LIMIT {MOST_DISTINCT})"
    )
    if in_order:
        _check_order(duck, path)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return facts_of(duck, path)


def _check_order(duck: Duck, path: Path) -> None:
    """DuckDB keeps the order of rows where it can; nobody but the file can tell whether it did."""
    astray = f"SELECT count(*) FROM {segment_sql(path)} WHERE place <> file_row_number"
    if duck.row(astray)[0]:
        raise DuckFailed("The rows of a segment were written in another order than they came.")


def load_rows(
    duck: Duck, names: Sequence[str], pieces: Sequence[Sequence[str]], first_position: int
) -> str:
    """The name of a relation with the columns of COLUMNS, from columns as JSON arrays.

    Each piece has one array for each name; `position` among them becomes `place`, counted from
    `first_position`. DuckDB reads them in 1.9 us a row of 17 columns. Raises DuckFailed.
    """
    given = {name: np.array([p[i] for p in pieces], object) for i, name in enumerate(names)}
    duck.register("given", given)
    read = ", ".join(_unpacked(name) for name in names)
    duck.run(
        f"CREATE OR REPLACE TABLE loaded AS SELECT * EXCLUDE position,"
        f" position - {first_position} AS place FROM (SELECT {read} FROM given)"
    )
    duck.unregister("given")
    return "loaded"


def _unpacked(name: str) -> str:
    shape = text_sql(f'["{COLUMNS.get(name, "BIGINT")}"]')
    return f"unnest(from_json({name_sql(name)}, {shape})) AS {name_sql(name)}"
