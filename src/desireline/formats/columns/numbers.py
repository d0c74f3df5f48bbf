"""Columns of numbers, columns that decide a sequence, and columns kept as properties."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, Column
from desireline.formats.columns.text import read_codes, texts
from desireline.formats.columns.times import UNREAD, read_times
from desireline.formats.errors import TimesAmbiguous
from desireline.formats.tables.table import Field, Table

DECIMAL_COMMA = r"^[+-]?\d+(,\d{1,2})?$"
"""Whole numbers and such with one or two decimals: "1,234" could be a thousand, so is neither."""


def read_numbers(table: Table, field: Field) -> tuple[F64, int, list[str]]:
    """A column as numbers (NaN where there is none), how many values were none, and notes."""
    if field.is_number or field.type == "BOOLEAN":
        return _array(table, f"{field.sql}::DOUBLE"), 0, []
    text = f"{field.sql}::VARCHAR"
    numbers = _array(table, f"try_cast({text} AS DOUBLE)")
    if not np.isnan(numbers).any():
        return numbers, 0, []
    unread, odd = table.duck.row(
        f"SELECT count(*), count(*) FILTER (NOT regexp_full_match(trim({text}), '{DECIMAL_COMMA}'))"
        f" FROM {table.relation}"
        f" WHERE try_cast({text} AS DOUBLE) IS NULL AND NOT {field.blank_sql}"
    )
    with_point = table.duck.row(f"SELECT count(*) FROM {table.relation} WHERE {text} LIKE '%.%'")[0]
    if unread and not odd and not with_point:
        numbers = _array(table, f"try_cast(replace({text}, ',', '.') AS DOUBLE)")
        return numbers, 0, [f"{field.name} has a comma before the decimals, and was read so."]
    return numbers, int(unread), []


def read_sequence(table: Table, field: Field) -> NDArray[Any]:
    """A column that decides a sequence: numbers as numbers, times as times, else text as text.

    int64 (the smallest where there is none) or float64 (NaN where there is none).
    """
    if field.is_integer:
        return table.duck.array(
            f"SELECT coalesce({field.sql}::BIGINT, {UNREAD}) AS k FROM {table.relation}"
        )
    if field.is_number:
        return _array(table, f"{field.sql}::DOUBLE")
    if not field.is_text:
        return read_times(table, field, None).microseconds
    numbers, unread, _ = read_numbers(table, field)
    if not unread:
        return _whole(numbers) if not np.any(numbers % 1) else numbers
    return _text_sequence(table, field)


def _text_sequence(table: Table, field: Field) -> NDArray[Any]:
    with suppress(TimesAmbiguous):
        times = read_times(table, field, None)
        if not times.unread:
            return times.microseconds
    coded = read_codes(table, field)
    rank = np.argsort(np.argsort(coded.names.astype(str)))
    return np.where(coded.codes < 0, UNREAD, rank[coded.codes]).astype(np.int64)


def _whole(numbers: F64) -> I64:
    absent = np.isnan(numbers)
    return np.where(absent, UNREAD, np.where(absent, 0, numbers).astype(np.int64))


def read_property(table: Table, field: Field) -> Column:
    """A column kept beside the events: numbers where all of it is numbers, else text.

    Text such as "01234" stays text, for a leading zero says that it is a name.
    """
    if field.is_number:
        return Column(numbers=_array(table, f"{field.sql}::DOUBLE"))
    if field.is_text:
        numbers, unread, _ = read_numbers(table, field)
        like_a_name = table.duck.row(
            f"SELECT count(*) FILTER (regexp_matches({field.sql}::VARCHAR, '^\\s*[+-]?0\\d')),"
            f" count(*) FILTER (NOT {field.blank_sql}) FROM {table.relation}"
        )
        if not unread and not like_a_name[0] and like_a_name[1]:
            return Column(numbers=numbers)
    coded = read_codes(table, field)
    return Column(codes=coded.codes, values=texts(coded.names))


def _array(table: Table, number: str) -> F64:
    array = table.duck.array(f"SELECT coalesce({number}, 'nan'::DOUBLE) AS n FROM {table.relation}")
    np.copyto(array, np.nan, where=np.isinf(array))
    return array
