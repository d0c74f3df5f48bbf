"""Dates such as 03/04/2026: whether the day or the month comes first, decided on the column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from desireline.formats.errors import TimesAmbiguous
from desireline.formats.tables.table import Field, Table

First = Literal["day-first", "month-first"]
FIRSTS: tuple[First, ...] = ("day-first", "month-first")

DAY_MONTH = r"^(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})([^\d].*)?$"
SEPARATORS = "/.-"
MINORITY = 0.01
"""Share of rows up to which what contradicts or cannot be decided is set aside, not an error."""


def day_month_formats(first: First, clocks: Sequence[str]) -> list[str]:
    """The formats of such dates, with every separator, long and short years, and clocks."""
    parts = ("%d", "%m") if first == "day-first" else ("%m", "%d")
    dates = [separator.join((*parts, year)) for separator in SEPARATORS for year in ("%y", "%Y")]
    zones = (" %H:%M:%S %z", "T%H:%M:%S", "T%H:%M:%S.%f", ", %H:%M:%S", ", %H:%M")
    return [date + clock for date in dates for clock in (*clocks, *zones)]


def day_or_month_first(
    table: Table, column: Field, text: str, told: str | None
) -> tuple[First | None, str]:
    """Which comes first in a column, and what to say of it; None where too few rows tell.

    A number over 12 decides. With dots the day comes first, everywhere where dots are written.
    Raises TimesAmbiguous, with a value, where nothing decides.
    """
    for wanted in FIRSTS:
        if told == wanted:
            return wanted, f"{column.name} was read {told}, as told."
    days, months, dots, open_rows, total, rows = table.duck.row(
        f"SELECT count(*) FILTER (a > 12 AND b <= 12), count(*) FILTER (b > 12 AND a <= 12),"
        f" count(*) FILTER (s = '.'), count(*) FILTER (a <= 12 AND b <= 12 AND a <> b), count(s),"
        f" (SELECT count(*) FROM {table.relation}) FROM ("
        f"SELECT try_cast(regexp_extract(t, '{DAY_MONTH}', 1) AS INTEGER) AS a,"
        f" try_cast(regexp_extract(t, '{DAY_MONTH}', 3) AS INTEGER) AS b,"
        f" nullif(regexp_extract(t, '{DAY_MONTH}', 2), '') AS s"
        f" FROM (SELECT {text} AS t FROM {table.relation}))"
    )
    decided = days + months
    first: First = "day-first" if days >= months else "month-first"
    if decided and min(days, months) <= MINORITY * decided:
        return first, f"{column.name} was read {first}: {max(days, months):,} of its dates decide."
    if dots == total and not decided:
        return "day-first", f"{column.name} was read day-first, as dates with dots are."
    if not decided and not open_rows:
        return "day-first", f"{column.name} reads the same day-first and month-first."
    if total <= MINORITY * rows:
        return None, f"{total:,} dates of {column.name} could be day-first or month-first."
    raise _ambiguous(table, column, text, both=bool(decided))


def _ambiguous(table: Table, column: Field, text: str, *, both: bool) -> TimesAmbiguous:
    row, value = table.duck.row(
        f"SELECT {table.row_sql}, {text} FROM {table.relation}"
        f" WHERE regexp_matches({text}, '{DAY_MONTH}')"
        f" AND regexp_extract({text}, '{DAY_MONTH}', 1) <> regexp_extract({text}, '{DAY_MONTH}', 3)"
        " ORDER BY 1 LIMIT 1"
    )
    reason = (
        "some dates of the column can only be day-first and others only month-first"
        if both
        else "no date of the column has a number over 12 that would decide"
    )
    return TimesAmbiguous(
        f"{table.source}, {table.unit} {table.place([row])[0]:,}, column {column.name}: {value!r}"
        f" could be day-first or month-first, and {reason}.",
        hint="Say which with --time-format day-first or --time-format month-first, or give the"
        " whole format, for example --time-format '%d/%m/%Y %H:%M'.",
    )
