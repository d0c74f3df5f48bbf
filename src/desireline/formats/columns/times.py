"""Columns of times, in whatever form, as microseconds since 1970-01-01 UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.formats.columns.day_month import DAY_MONTH, day_month_formats, day_or_month_first
from desireline.formats.columns.zones import in_utc
from desireline.formats.duck import DuckFailed, text_sql
from desireline.formats.errors import TimeFormatUnreadable, TimesUnreadable
from desireline.formats.tables.table import Field, Table

IN_UTC = "read as UTC"
UNREAD = int(np.iinfo(np.int64).min)
EARLIEST = -2_208_988_800_000_000
"""1900-01-01, UTC: this and earlier times are placeholders (year 1), not events. DuckDB's strptime
gives this one for the words `infinity` and `epoch`, too.
"""
LATEST = 7_258_118_400_000_000
"""2200-01-01, UTC: later times are placeholders (year 9999), not events."""

UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}
UNIT_NAMES = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
WORDS = ("day-first", "month-first", "iso", *UNIT_NAMES)

DATES = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")
CLOCKS = ("", " %H:%M:%S", " %H:%M", " %H:%M:%S.%f", " %I:%M:%S %p", " %I:%M %p")
PLAIN = tuple(
    f"%Y-%m-%d{between}%H:%M:%S{end}" for end in ("", ".%f", "Z", ".%fZ") for between in " T"
)
"""The usual forms of ISO 8601. strptime reads one of them 3 times as fast as the cast that reads
all, but a form that does not fit costs 0.4 s a million rows: only those of the first rows count.
"""
SAMPLE = 1000
ZONE = re.compile(r"(Z|UTC|GMT|[+-]\d\d:?\d\d|\s[+-]\d\d|:\d\d(\.\d+)?[+-]\d\d|[A-Z]\w+/\w+)$")
OTHERS = (
    *("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S %z", "%Y-%m-%d %H:%M:%S.%f %z"),
    *("%Y-%m-%d %H:%M:%S,%f", "%Y-%m-%dT%H:%M:%S,%f", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p"),
    *("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S%z", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M", "%Y%m%d %H%M%S"),
    *("%Y%m%d %H:%M:%S", "%Y.%m.%d", "%Y.%m.%d %H:%M:%S", "%Y.%m.%d %H:%M", "%Y-%m", "%Y-%m-%dT%H"),
    *("%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M:%S UTC"),
    *("%d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S UTC %Y"),
    *("%d/%b/%Y:%H:%M:%S %z", "%d/%b/%Y:%H:%M:%S"),
    *(date + clock for date in DATES for clock in CLOCKS),
)
"""Forms beside ISO 8601: zones apart, commas, basic form, RFC 2822, asctime, web servers' logs."""


@dataclass
class Times:
    """Times of a column (UNREAD where there is none), how many values were none, and notes."""

    microseconds: I64
    unread: int = 0
    notes: list[str] = field(default_factory=list)


def read_times(
    table: Table, column: Field, told: str | None, zone: ZoneInfo | None = None
) -> Times:
    """The times of a column in whatever form it has, or in the form told.

    `told` is a strptime format, or one of `day-first`, `month-first`, `iso`, `s`, `ms`, `us`,
    `ns`. Times that say no zone are of `zone`, else UTC. Raises TimesAmbiguous,
    TimeFormatUnreadable.
    """
    times = _read(table, column, told)
    if zone is None or column.is_number or column.type == "TIMESTAMP WITH TIME ZONE":
        return times
    local = times.microseconds != UNREAD
    if column.is_text and "%z" not in (told or "").lower():
        local &= _without_zone(table, column)
    elif column.is_text:
        return times
    times.microseconds[local] = in_utc(times.microseconds[local], zone)
    times.notes = [note.replace(IN_UTC, f"read as time of {zone.key}") for note in times.notes]
    return times


def _without_zone(table: Table, column: Field) -> Bools:
    """Which rows say no zone: neither a name nor an offset, nor a count since 1970."""
    text = _trimmed(column)
    says = f"regexp_matches({text}, {text_sql(ZONE.pattern)})"
    counts = rf"regexp_full_match({text}, '[+-]?\d{{9,}}(\.\d+)?')"
    found = table.duck.array(f"SELECT NOT ({says} OR {counts}) AS w FROM {table.relation}")
    return np.array(found == True, np.bool_)  # noqa: E712 - None where there is nothing


def _read(table: Table, column: Field, told: str | None) -> Times:
    if told and "%" not in told and told not in WORDS:
        raise TimeFormatUnreadable(
            f"{told!r} is no format of times.",
            hint=f"Give one like %d.%m.%Y %H:%M, or one of {', '.join(WORDS)}.",
        )
    if told and "%" in told:
        return _read_format(table, column, told)
    if column.is_number:
        return _read_epoch(table, column, told)
    if column.is_text:
        return _read_text(table, column, told)
    return _read_typed(table, column)


def check_some_read(table: Table, column: Field, times: Times) -> None:
    """Raises TimesUnreadable, with the first value, where not one row has a time."""
    if not times.unread or np.any(times.microseconds != UNREAD):
        return
    row, value = table.duck.row(
        f"SELECT {table.row_sql}, {column.sql}::VARCHAR FROM {table.relation}"
        f" WHERE NOT {column.blank_sql} ORDER BY 1 LIMIT 1"
    )
    raise TimesUnreadable(
        f"{table.source}, {table.unit} {table.place([row])[0]:,}, column {column.name}:"
        f" {value!r} is not a time, and neither is any other value of the column.",
        hint="Choose another column with --time, or say how it is written with --time-format,"
        " for example '%d.%m.%Y %H:%M'.",
    )


def _read_typed(table: Table, column: Field) -> Times:
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return Times(_microseconds(table, f"epoch_us({column.sql})"))
    if column.type.startswith("TIMESTAMP") or column.type == "DATE":
        times = Times(_microseconds(table, f"epoch_us({column.sql}::TIMESTAMP)"))
        times.notes.append(f"{column.name} has no time zone; it was {IN_UTC}.")
        return times
    raise TimesUnreadable(
        f"{table.source}, column {column.name}: a {column.type} does not say when.",
        hint="Choose another column with --time.",
    )


def _read_format(table: Table, column: Field, told: str) -> Times:
    text = f"trim({column.sql}::VARCHAR)"
    try:
        read = _microseconds(table, f"epoch_us(try_strptime({text}, {text_sql(told)}))")
    except DuckFailed as failure:
        raise TimeFormatUnreadable(
            f"{told!r} is no format of times: {str(failure).splitlines()[0]}",
            hint="Give one like %d.%m.%Y %H:%M (codes as in strptime).",
        ) from failure
    return _counted(table, column, Times(read, notes=_zone_note(table, column)))


def _read_epoch(table: Table, column: Field, told: str | None) -> Times:
    middle = table.duck.row(
        f"SELECT quantile_disc(abs({column.sql}::DOUBLE), 0.5) FROM {table.relation}"
        f" WHERE isfinite({column.sql}::DOUBLE)"
    )[0]
    if middle is None:
        return _counted(table, column, Times(np.full(table.count(), UNREAD, np.int64)))
    unit = told if told in UNIT_NAMES else _unit(middle)
    read = _microseconds(table, _epoch_sql(column.sql, unit, whole=column.is_integer))
    notes = [_epoch_note(column, unit, middle)]
    return _counted(table, column, Times(read, notes=notes))


def _read_text(table: Table, column: Field, told: str | None) -> Times:
    """In steps, each for the rows that the one before left: plain forms, all of ISO 8601, others.

    One statement with all of them costs three times as much: the later ones are prepared for
    every row even where no row needs them.
    """
    plain = _plain_forms(table, column)
    form = _plain_sql(column, plain) if plain else _iso_sql(column)
    times = Times(_microseconds(table, form))
    if (times.microseconds == UNREAD).any():
        rest, text = table.part(column, f"{form} IS NULL AND NOT {column.blank_sql}")
        times.unread = rest.count()
        if plain and times.unread:
            _read_more(times, rest, _iso_sql(text))
            rest, text = rest.part(text, f"{_iso_sql(text)} IS NULL")
        if times.unread and told != "iso":
            forms, times.notes = _other_forms(table, column, rest, text, told)
            _read_more(times, rest, f"coalesce({', '.join(forms)})")
    times.notes += _zone_note(table, column)
    return times


def _read_more(times: Times, rest: Table, form: str) -> None:
    """Adds the times of what is left, where a further form reads them."""
    found = rest.duck.arrays(
        f"SELECT r, t FROM (SELECT r, {form} AS t FROM {rest.relation}) WHERE t IS NOT NULL"
    )
    times.microseconds[found["r"]] = found["t"]
    times.unread -= len(found["r"])


def _plain_forms(table: Table, column: Field) -> list[str]:
    """The plain forms that the first rows have, the most frequent first.

    With each that has a fraction also the one without: many leave it out where it is 0.
    """
    counted = ", ".join(f"count(try_strptime(t, {text_sql(form)}))" for form in PLAIN)
    counts = table.duck.row(
        f"SELECT {counted} FROM (SELECT {column.sql}::VARCHAR AS t FROM {table.relation}"
        f" LIMIT {SAMPLE})"
    )
    seen = sorted(zip(counts, PLAIN, strict=True), reverse=True)
    forms = [form for count, form in seen if count]
    return list(dict.fromkeys([*forms, *(form.replace(".%f", "") for form in forms)]))


def _other_forms(
    table: Table, column: Field, rest: Table, left: Field, told: str | None
) -> tuple[list[str], list[str]]:
    """Further readings of what is not ISO 8601, in the order to try, and what to say of them.

    Looks at the rows that are left, and at all of them where these are dates like 03/04/2026.
    """
    text = _trimmed(left)
    forms: list[str] = []
    notes: list[str] = []
    compact = (
        f"CASE length({text}) WHEN 8 THEN try_strptime({text}, '%Y%m%d')"
        f" WHEN 14 THEN try_strptime({text}, '%Y%m%d%H%M%S') END"
    )
    numbers, compacts, middle, day_month = rest.duck.row(
        f"SELECT count(n), count(*) FILTER (n BETWEEN 19000101 AND 22001231 AND c IS NOT NULL"
        f" OR n BETWEEN 19000101000000 AND 22001231235959 AND c IS NOT NULL),"
        f" quantile_disc(abs(n), 0.5), count(*) FILTER (regexp_matches(t, '{DAY_MONTH}'))"
        f" FROM (SELECT {text} AS t, try_cast({text} AS DOUBLE) AS n, {compact} AS c"
        f" FROM {rest.relation})"
    )
    if numbers and numbers == compacts and told not in UNIT_NAMES:
        forms.append(f"epoch_us({compact})")
        notes.append(f"{column.name} was read as dates written together, like 20260131.")
    elif numbers:
        unit = told if told in UNIT_NAMES else _unit(middle)
        forms.append(_epoch_sql(f"try_cast({text} AS HUGEINT)", unit, whole=True, only=text))
        forms.append(_epoch_sql(f"try_cast({text} AS DOUBLE)", unit, whole=False))
        notes.append(_epoch_note(column, unit, middle))
    if day_month:
        first, note = day_or_month_first(table, column, _trimmed(column), told)
        if first:
            forms.append(_strptime(text, day_month_formats(first, CLOCKS)))
        notes.append(note)
    forms.append(_strptime(text, OTHERS))
    return forms, notes


def _trimmed(column: Field) -> str:
    return f"trim({column.sql}::VARCHAR)"


def _iso_sql(column: Field) -> str:
    """ISO 8601 with or without a zone; the cast alone would read 13-02-20 as the year 13."""
    text = _trimmed(column)
    year = f"left({text}, 4)"
    plausible = f"translate({year}, '-/', '') = {year}"
    return f"epoch_us(CASE WHEN {plausible} THEN try_cast({text} AS TIMESTAMPTZ) END)"


def _plain_sql(column: Field, formats: Sequence[str]) -> str:
    """Times without a zone: the way by TIMESTAMPTZ would take five times as long."""
    listed = ", ".join(text_sql(f) for f in formats)
    return f"epoch_us(try_strptime({column.sql}::VARCHAR, [{listed}]))"


def _strptime(text: str, formats: Sequence[str]) -> str:
    listed = ", ".join(text_sql(f) for f in formats)
    return f"epoch_us(try_strptime({text}, [{listed}])::TIMESTAMPTZ)"


def _unit(middle: float) -> str:
    """The unit by magnitude: 10^11 s is the year 5138, 10^11 ms is 1973, and so on by thousands."""
    for unit, limit in (("s", 1e11), ("ms", 1e14), ("us", 1e17)):
        if middle < limit:
            return unit
    return "ns"


def _epoch_sql(number: str, unit: str, *, whole: bool, only: str = "") -> str:
    if whole:
        wide = f"{number}::HUGEINT"
        scaled = f"{wide} // 1000" if unit == "ns" else f"{wide} * {UNITS[unit]}"
    else:
        scaled = f"round({number} / 1000)" if unit == "ns" else f"round({number} * {UNITS[unit]})"
    read = f"try_cast({scaled} AS BIGINT)"
    return rf"CASE WHEN regexp_full_match({only}, '[+-]?\d+') THEN {read} END" if only else read


def _epoch_note(column: Field, unit: str, middle: float) -> str:
    note = f"{column.name} was read as {UNIT_NAMES[unit]} since 1970 (by size)."
    if unit == "s" and middle < 1e8:
        note += " That is before 1974: is it a time at all? Choose with --time."
    return note


def _microseconds(table: Table, form: str) -> I64:
    return table.duck.array(f"SELECT coalesce({form}, {UNREAD}) AS t FROM {table.relation}")


def _counted(table: Table, column: Field, times: Times) -> Times:
    unread = np.count_nonzero(times.microseconds == UNREAD)
    if unread:
        blank = table.duck.row(
            f"SELECT count(*) FILTER ({column.blank_sql}) FROM {table.relation}"
        )[0]
        unread -= blank
    times.unread = int(unread)
    return times


def _zone_note(table: Table, column: Field) -> list[str]:
    """What to say of the first times: whether all of them, or some, have no zone."""
    rows = table.duck.rows(
        f"SELECT DISTINCT t FROM (SELECT {column.sql}::VARCHAR AS t FROM {table.relation}"
        f" WHERE NOT {column.blank_sql} LIMIT {SAMPLE})"
    )
    without = [value for (value,) in rows if not _says_its_zone(value.strip())]
    if not without:
        return []
    if len(without) == len(rows):
        return [f"{column.name} has no time zone; it was {IN_UTC}."]
    return [f"Some times of {column.name} have no time zone; they were {IN_UTC}."]


def _says_its_zone(value: str) -> bool:
    return bool(ZONE.search(value)) or value.replace(".", "").isdigit()
