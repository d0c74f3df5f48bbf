"""Columns of numbers, columns that decide a sequence, and columns kept as properties."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, Column
from desireline.formats.columns.text import read_codes, texts
from desireline.formats.columns.times import UNREAD, read_times
from desireline.formats.errors import DesirelineError
from desireline.formats.tables.table import Field, Table

DECIMAL_COMMA = r"^[+-]?\d+(,\d{1,2})?$"
"""Whole numbers and such with one or two decimals: "1,234" could be a thousand, so is neither."""


def read_numbers(table: Table, field: Field) -> tuple[F64, int, list[str]]:
    """A column as numbers (NaN where there is none), how many values were none, and notes."""
    if field.is_number or field.type == "BOOLEAN":
        return _array(table, f"{field.sql}::DOUBLE"), 0, []
    notes: list[str] = []
    trimmed = f"trim({field.sql}::VARCHAR)"
    text = trimmed
    with_comma, total = table.duck.row(
        f"SELECT count(*) FILTER ({trimmed} LIKE '%,%'),"  # noqa: S608
        f" count(*) FILTER (NOT regexp_full_match({trimmed}, '{DECIMAL_COMMA}'))"
        f" FROM {table.relation} WHERE NOT {field.blank_sql}"
    )
    if with_comma and not total:
        text = f"replace({trimmed}, ',', '.')"
        notes.append(f"{field.name} has a comma before the decimals, and was read so.")
    numbers = _array(table, f"try_cast({text} AS DOUBLE)")
    given = table.duck.row(
        f"SELECT count(*) FROM {table.relation} WHERE NOT {field.blank_sql}"  # noqa: S608
    )[0]
    return numbers, int(given - np.count_nonzero(~np.isnan(numbers))), notes


def read_sequence(table: Table, field: Field) -> NDArray[Any]:
    """A column that decides a sequence: numbers as numbers, times as times, else text as text.

    int64 (the smallest where there is none) or float64 (NaN where there is none).
    """
    if field.is_integer:
        return table.duck.array(
            f"SELECT coalesce({field.sql}::BIGINT, {UNREAD}) AS k FROM {table.relation}"  # noqa: S608
        )
    if field.is_number:
        return _array(table, f"{field.sql}::DOUBLE")
    if not field.is_text:
        return read_times(table, field, None).microseconds
    numbers, unread, _ = read_numbers(table, field)
    if not unread:
        whole = np.nan_to_num(numbers)
        if np.all(whole == np.floor(whole)) and np.all(np.abs(whole) < 2**53):
            return np.where(np.isnan(numbers), UNREAD, whole.astype(np.int64))
        return numbers
    try:
        times = read_times(table, field, None)
        if not times.unread:
            return times.microseconds
    except DesirelineError:
        pass  # then it is text
    coded = read_codes(table, field)
    rank = np.argsort(np.argsort(coded.names.astype(str)))
    return np.where(coded.codes < 0, UNREAD, rank[coded.codes]).astype(np.int64)


def read_property(table: Table, field: Field) -> Column:
    """A column kept beside the events: numbers where all of it is numbers, else text.

    Text such as "01234" stays text, for a leading zero says that it is a name.
    """
    if field.is_number:
        return Column(numbers=_array(table, f"{field.sql}::DOUBLE"))
    if field.is_text:
        numbers, unread, _ = read_numbers(table, field)
        like_a_name = table.duck.row(
            f"SELECT count(*) FILTER (regexp_matches({field.sql}::VARCHAR, '^\\s*[+-]?0\\d')),"  # noqa: S608
            f" count(*) FILTER (NOT {field.blank_sql}) FROM {table.relation}"
        )
        if not unread and not like_a_name[0] and like_a_name[1]:
            return Column(numbers=numbers)
    coded = read_codes(table, field)
    return Column(codes=coded.codes, values=texts(coded.names))


def _array(table: Table, number: str) -> F64:
    array = table.duck.array(
        f"SELECT coalesce({number}, 'nan'::DOUBLE) AS n FROM {table.relation}"  # noqa: S608
    )
    return np.where(np.isfinite(array), array, np.nan)
