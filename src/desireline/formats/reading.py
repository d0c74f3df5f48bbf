"""From a file, frame or mapping of events to Journeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desireline.engine.building import EventColumns, build, narrow_codes
from desireline.engine.journeys import Journeys, Provenance
from desireline.formats.columns.numbers import read_numbers, read_property, read_sequence
from desireline.formats.columns.text import Coded, ids_of, read_codes, texts
from desireline.formats.columns.times import check_some_read, read_times
from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.errors import FileBroken, FileEmpty, NumbersUnreadable, ValuesTooMany
from desireline.formats.keeping import Kept, Readings, keep_readable
from desireline.formats.opening import open_table
from desireline.formats.roles import Found, Roles, find_columns
from desireline.formats.tables.table import Field, Table

__all__ = ["Progress", "Roles", "read"]

Progress = Callable[[str, float], None]

MOST_VALUES = 255
"""Channels or actors: a byte for each event, 0 for unknown."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user told about a source, None where it is to be found."""

    time_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


def read(
    source: Any,
    roles: Roles | None = None,
    *,
    time_format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress | None = None,
) -> Journeys:
    """Journeys of the events in `source`, one for each case, in the order of first appearance.

    `source` is a path (CSV, Parquet, JSON lines, XES, each also .gz), a pandas or polars frame,
    any object with an Arrow stream, or a mapping of columns. What was taken for which role, what
    was assumed, and each row that was set aside stand in `provenance`. `time_format` is a strptime
    format, or `day-first`, `month-first`, `s`, `ms`, `us`, `ns`. `progress` is told the stage and
    its share done. Raises subclasses of DesirelineError; then nothing was read.
    """
    told = HowToRead(time_format, encoding, delimiter)
    tell = progress or _silent
    with Duck() as duck:
        table = open_table(duck, source, told.encoding, told.delimiter, tell)
        found = find_columns(table, roles or Roles())
        try:
            table.stage(found.all, lambda share: tell("Reading", share))
            return _journeys(table, found, roles or Roles(), told, tell)
        except DuckFailed as failure:
            raise FileBroken(
                f"{table.source} cannot be read to its end: {str(failure).splitlines()[0]}",
                hint="The file may be damaged; copy or export it again. Nothing was read from it.",
            ) from failure


def _silent(stage: str, share: float) -> None:
    del stage, share


def _journeys(
    table: Table, found: Found, roles: Roles, told: HowToRead, tell: Progress
) -> Journeys:
    rows = table.count()
    if rows + table.rejected.count == 0:
        raise FileEmpty(
            f"{table.source} has a header and no rows." if table.unit == "line"
            else f"{table.source} has no rows.",
            hint="Export it again, with its rows.",
        )
    notes = [*table.notes, *found.notes]
    readings = _readings(table, found, told, notes, tell)
    kept = keep_readable(table, found, readings)
    tell("Sorting", 0.0)
    names = found.names()
    events = _events(table, found, roles, kept, notes)
    for role in ("channel", "actor"):
        if getattr(events, role) is None:
            names.pop(role, None)
    provenance = Provenance(
        source=table.source,
        rows=rows + table.rejected.count,
        columns=names,
        notes=tuple(notes),
        set_aside=kept.set_aside,
        examples=kept.examples,
    )
    journeys = build(events, provenance)
    tell("Sorting", 1.0)
    return journeys


def _readings(
    table: Table, found: Found, told: HowToRead, notes: list[str], tell: Progress
) -> Readings:
    tell("Numbering", 0.0)
    case = read_codes(table, found.fields["case"])
    tell("Numbering", 0.4)
    event = read_codes(table, found.fields["event"])
    tell("Numbering", 0.6)
    times = read_times(table, found.fields["time"], told.time_format)
    check_some_read(table, found.fields["time"], times)
    notes.extend(times.notes)
    tell("Numbering", 1.0)
    order = tuple(read_sequence(table, field) for field in found.order)
    return Readings(case, event, times.microseconds, order)


def _events(
    table: Table, found: Found, roles: Roles, kept: Kept, notes: list[str]
) -> EventColumns:
    channel = _small(table, found.fields.get("channel"), "channel", roles.channel, notes)
    actor = _small(table, found.fields.get("actor"), "actor", roles.actor, notes)
    value = found.fields.get("value")
    numbers = None if value is None else _value(table, value, roles.value, notes)
    return EventColumns(
        case=kept.case.codes,
        ids=ids_of(kept.case.names),
        time=kept.time,
        code=narrow_codes(kept.event.codes, len(kept.event.names)),
        events=texts(kept.event.names),
        channel=None if channel is None else kept.of((channel.codes + 1).astype(np.uint8)),
        channels=("",) if channel is None else ("", *texts(channel.names)),
        actor=None if actor is None else kept.of((actor.codes + 1).astype(np.uint8)),
        actors=("",) if actor is None else ("", *texts(actor.names)),
        value=None if numbers is None else kept.of(numbers.astype(np.float32)),
        columns={f.name: kept.of_column(read_property(table, f)) for f in found.columns},
        order=kept.order,
    )


def _small(
    table: Table, field: Field | None, role: str, told: str | None, notes: list[str]
) -> Coded | None:
    """A column of few values; with too many it is an error if told, else it is left out."""
    if field is None:
        return None
    coded = read_codes(table, field)
    if len(coded.names) <= MOST_VALUES:
        return coded
    sentence = (
        f"{table.source}, column {field.name}: {len(coded.names):,} distinct values are too many"
        f" for a {role} (at most {MOST_VALUES})"
    )
    if told is None:
        notes.append(f"{sentence}; it was not taken as {role}.")
        return None
    raise ValuesTooMany(
        f"{sentence}.", hint=f"Choose another column with --{role}, or keep it as a property."
    )


def _value(table: Table, field: Field, told: str | None, notes: list[str]) -> Any:
    numbers, unread, more = read_numbers(table, field)
    notes.extend(more)
    if unread and told is not None and np.isnan(numbers).all():
        raise NumbersUnreadable(
            f"{table.source}, column {field.name}: no value is a number.",
            hint="Choose another column with --value.",
        )
    if unread:
        notes.append(f"{unread:,} values of {field.name} are no numbers, and count as none.")
    return numbers


def path_of(source: Any) -> Path | None:
    """The path that a source names, if it names one."""
    return Path(source) if isinstance(source, str | Path) else None
