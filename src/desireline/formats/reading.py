"""From a file, frame or mapping of events to Journeys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from desireline.engine.building import EventColumns, build, narrow_codes
from desireline.engine.journeys import F64, U8, Journeys, Provenance
from desireline.formats.columns.numbers import read_numbers, read_property, read_sequence
from desireline.formats.columns.text import Coded, ids_of, read_codes, texts
from desireline.formats.columns.times import Times, check_some_read, read_times
from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.envelopes.choices import Keys
from desireline.formats.errors import FileBroken, FileEmpty, NumbersUnreadable, ValuesTooMany
from desireline.formats.event_rows.exports import is_export, with_roles
from desireline.formats.keeping import Kept, Readings, keep_readable
from desireline.formats.mapping.document import Mapping, zone
from desireline.formats.mapping.types import constant, renamed
from desireline.formats.opening import open_table
from desireline.formats.roles import Found, find_columns, strongest
from desireline.formats.tables.table import Field, Table

__all__ = ["Mapping", "Progress", "read"]

Progress = Callable[[str, float], None]

MOST_VALUES = 255
"""Channels or actors: a byte for each event, 0 for unknown."""


def read(
    source: Any,
    mapping: Mapping | None = None,
    *,
    columns: Sequence[str] | Literal["all"] = (),
    progress: Progress | None = None,
) -> Journeys:
    """Journeys of the events in `source`, one for each case, in the order of first appearance.

    `source` is a path (a form of `formats.opening.FORMS`, also .gz), a pandas or polars frame,
    any object with an Arrow stream, or a mapping of columns. `columns` are the properties to read
    along. What was taken for which role, what was assumed, and each row that was set aside stand
    in `provenance`. `progress` is told the stage and its share done. Raises subclasses of
    DesirelineError; then nothing was read.
    """
    told, tell = mapping or Mapping(), progress or _silent
    with Duck() as duck:
        table = open_table(duck, source, told, Keys(), tell)
        if is_export(table):
            table, told = with_roles(table, told)
        found = find_columns(table, told, columns)
        try:
            table.stage(found.all, lambda share: tell("Reading", share))
            events, provenance = _kept(table, found, told, tell)
        except DuckFailed as failure:
            raise FileBroken(
                f"{table.source} cannot be read to its end: {str(failure).splitlines()[0]}",
                hint="The file may be damaged; copy or export it again. Nothing was read from it.",
            ) from failure
    # DuckDB has gone, and what was read row by row: that is room for 25 bytes an event.
    journeys = build(events, provenance)
    tell("Sorting", 1.0)
    return journeys


def _silent(stage: str, share: float) -> None:
    del stage, share


def _kept(
    table: Table, found: Found, told: Mapping, tell: Progress
) -> tuple[EventColumns, Provenance]:
    """The events of the rows that can be read, and the account of all rows."""
    rows = table.count()
    if rows + table.rejected.count == 0:
        header = " a header and" if table.unit == "line" else ""
        raise FileEmpty(
            f"{table.source} has{header} no rows.", hint="Export it again, with its rows."
        )
    readings = _readings(table, found, told, tell)
    tell("Sorting", 0.0)
    kept = keep_readable(table, found, readings)
    events = _events(readings, kept)
    names = found.names()
    for role in ("channel", "actor"):
        if getattr(events, role) is None:
            names.pop(role, None)
    return events, Provenance(
        source=table.source,
        rows=rows + table.rejected.count - kept.left_out,
        columns=names,
        notes=(*table.notes, *found.notes, *readings.notes, *_lonely(found, kept)),
        set_aside=kept.set_aside,
        examples=kept.examples,
        unit=table.unit,
    )


def _lonely(found: Found, kept: Kept) -> list[str]:
    """A note where no case has two events, as when the number of the row is taken for the case."""
    if len(kept.case.names) < len(kept.case.codes) or len(kept.case.codes) < 2:
        return []
    return [f"Every {found.fields['case'].name} has one event only: is it the case? See --case."]


def _readings(table: Table, found: Found, told: Mapping, tell: Progress) -> Readings:
    """Every column, two at a time: while DuckDB decodes one, a loop numbers another."""
    fields, notes = found.fields, list[str]()
    work: dict[str, Callable[[], Any]] = {
        "case": lambda: read_codes(table, strongest(found.who)),
        "event": lambda: _events_of(table, found),
        "time": lambda: _times(table, fields["time"], told),
    }
    for role in ("channel", "actor"):
        if role in found.constants:
            work[role] = partial(_constant, found.constants[role], table)
        elif role in fields:
            work[role] = partial(_small, table, fields[role], role, told=role in found.told)
    if "value" in fields:
        work["value"] = lambda: _value(table, fields["value"], told="value" in found.told)
    for i, field in enumerate(found.order):
        work[f"order {i}"] = partial(read_sequence, table, field)
    for field in found.columns:
        work[f"column {field.name}"] = partial(read_property, table, field)
    with ThreadPoolExecutor(2) as pool:
        tasks = {name: pool.submit(task) for name, task in work.items()}
        done: dict[str, Any] = {}
        for name, task in tasks.items():
            tell("Numbering", len(done) / len(tasks))
            done[name] = task.result()
    times: Times = done["time"]
    channel, actor, value = (done.get(name) for name in ("channel", "actor", "value"))
    event, left_out = renamed(done["event"], told.types, notes)
    noted = [note for part in (times, channel, actor, value) if part for note in part.notes]
    return Readings(
        case=done["case"],
        event=event,
        time=times.microseconds,
        order=tuple(done[f"order {i}"] for i in range(len(found.order))),
        channel=channel and channel.coded,
        actor=actor and actor.coded,
        value=None if value is None else value.numbers,
        columns={f.name: done[f"column {f.name}"] for f in found.columns},
        notes=(*noted, *notes),
        left_out=left_out,
    )


def _events_of(table: Table, found: Found) -> Coded:
    if "event" in found.constants:
        return constant(found.constants["event"], table.count())
    return read_codes(table, found.fields["event"])


def _constant(text: str, table: Table) -> Small:
    return Small(constant(text, table.count()))


def _events(readings: Readings, kept: Kept) -> EventColumns:
    channel, actor, value = readings.channel, readings.actor, readings.value
    return EventColumns(
        case=kept.case.codes,
        ids=ids_of(kept.case.names),
        time=kept.of(readings.time),
        code=narrow_codes(kept.event.codes, len(kept.event.names)),
        events=texts(kept.event.names),
        channel=None if channel is None else kept.of(_bytes(channel)),
        channels=("",) if channel is None else ("", *texts(channel.names)),
        actor=None if actor is None else kept.of(_bytes(actor)),
        actors=("",) if actor is None else ("", *texts(actor.names)),
        value=None if value is None else kept.of(value.astype(np.float32)),
        columns={name: kept.of_column(c) for name, c in readings.columns.items()},
        order=tuple(kept.of(column) for column in readings.order),
    )


def _bytes(coded: Coded) -> U8:
    """Codes of few values in a byte each, from 1; 0 is unknown."""
    return coded.codes.astype(np.uint8) + np.uint8(1)


@dataclass(frozen=True, slots=True)
class Small:
    """A column of few values, or none of it where it has too many, and what to say of that."""

    coded: Coded | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Values:
    """A column of numbers, and what to say of it."""

    numbers: F64
    notes: tuple[str, ...] = ()


def _times(table: Table, field: Field, told: Mapping) -> Times:
    in_zone = None if told.time_zone is None else zone(told.time_zone)
    times = read_times(table, field, told.time_format, in_zone)
    check_some_read(table, field, times)
    return times


def _small(table: Table, field: Field, role: str, *, told: bool) -> Small:
    """A column of few values; with too many it is an error if told, else it is left out."""
    coded = read_codes(table, field)
    if len(coded.names) <= MOST_VALUES:
        return Small(coded)
    sentence = (
        f"{table.source}, column {field.name}: {len(coded.names):,} distinct values are too many"
        f" for the {role} (at most {MOST_VALUES})"
    )
    if not told:
        return Small(None, (f"{sentence}; it was not taken.",))
    raise ValuesTooMany(
        f"{sentence}.", hint=f"Choose another column with --{role}, or keep it as a property."
    )


def _value(table: Table, field: Field, *, told: bool) -> Values:
    numbers, unread, notes = read_numbers(table, field)
    if unread and told and np.isnan(numbers).all():
        raise NumbersUnreadable(
            f"{table.source}, column {field.name}: no value is a number.",
            hint="Choose another column with --value.",
        )
    if unread:
        notes = [*notes, f"{unread:,} values of {field.name} are no numbers, and count as none."]
    return Values(numbers, tuple(notes))
