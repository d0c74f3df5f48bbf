"""What is known of a journey when it comes to a place: the covariates of "like journeys".

Everything was known before what happens there: what the journey has passed, how far, how long and
how often, earlier outcomes and scores; by which channel it came first and comes now; what kind of
customer its properties say it is; the hour, the weekday and the date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools, Column, Journeys
from desireline.engine.kernels import describing as kernel

MOST_VALUES = 24
"""A property with more values than this does not say what kind of customer one is."""
SCORE = "score"
"""The property in which marks of surveys and reviews stand."""
PROPERTIES = (
    *("source", "medium", "campaign", "utm_source", "utm_medium", "utm_campaign"),
    *("device", "region", "country", "language", "plan", "segment"),
)
"""Properties that say what kind of customer one is, where events have them."""
DAY = 86_400 * MICROSECONDS
HOURS = 24
MONDAY = 3
"""1970-01-01 was a Thursday, the third day after a Monday."""


@dataclass(frozen=True, eq=False)
class Known:
    """One row a place, one column a name; 0 where nothing is known."""

    names: tuple[str, ...]
    values: F64

    def __len__(self) -> int:
        return len(self.values)

    def taken(self, rows: I64 | Bools) -> Known:
        """Some of the rows."""
        return Known(self.names, self.values[rows])

    def telling(self, rarest: int = 10) -> Known:
        """Only columns that differ between at least so many rows and the others."""
        if not len(self):
            return self
        usual = np.median(self.values, axis=0)
        differs = (self.values != usual).sum(axis=0) >= rarest
        names = tuple(name for name, kept in zip(self.names, differs, strict=True) if kept)
        return Known(names, self.values[:, differs])

    def scaled(self) -> F64:
        """The values with mean 0 and spread 1 in each column; 0 where a column has no spread."""
        spread = self.values.std(axis=0)
        found: F64 = (self.values - self.values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
        return found


def together(parts: Sequence[Known]) -> Known:
    """The rows of several parts, in their order; columns by name, sorted."""
    names = tuple(sorted({name for part in parts for name in part.names}))
    place = {name: column for column, name in enumerate(names)}
    values = np.zeros((sum(len(part) for part in parts), len(names)), np.float64)
    row = 0
    for part in parts:
        columns = [place[name] for name in part.names]
        values[row : row + len(part), columns] = part.values
        row += len(part)
    return Known(names, values)


def known_at(
    journeys: Journeys,
    at: I64,
    *,
    outcome: Bools | None = None,
    properties: Sequence[str] = PROPERTIES,
    passed: bool = True,
) -> Known:
    """What is known of the journeys at these places of the arrays, in their order.

    Of the event at the place itself only its channel, time and properties count; of the kept events
    before it, everything. `outcome` says at which events the outcome is reached. Of `properties`
    those count that were read. Without `passed` the touchpoints passed so far are not told one by
    one.
    """
    order = np.argsort(at, kind="stable")
    sorted_at = np.ascontiguousarray(at[order].astype(np.int64))
    past, counts, first = _past(journeys, sorted_at, outcome)
    columns = dict(_of_past(past))
    if passed:
        columns |= {
            f"passed {name}": np.log1p(counts[:, n]) for n, name in enumerate(journeys.events)
        }
    columns |= dict(_of_time(journeys.time[sorted_at]))
    columns |= dict(_of_channels(journeys, sorted_at, first))
    for name in properties:
        column = journeys.columns.get(name)
        if column is not None and column.codes is not None:
            columns |= dict(_of_property(name, column, sorted_at, first))
    names = tuple(sorted(columns))
    values = np.empty((len(at), len(names)), np.float64)
    for number, name in enumerate(names):
        values[order, number] = columns[name]
    return Known(names, values)


def numbers_of(journeys: Journeys, name: str) -> F64:
    """A property of each event as a number, NaN where it is none; a text may spell a number."""
    held = journeys.columns.get(name)
    if held is None:
        return np.full(len(journeys.time), np.nan)
    if held.numbers is not None:
        return held.numbers
    assert held.codes is not None  # noqa: S101 - a column has one of the two
    spelled = np.array([*(_number(value) for value in held.values), np.nan])
    found: F64 = spelled[held.codes]  # -1, where absent, is the last
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _past(journeys: Journeys, at: I64, outcome: Bools | None) -> tuple[F64, F64, I64]:
    n, none = len(journeys.time), np.zeros(len(journeys.time), np.bool_)
    keep = np.ones(n, np.bool_) if journeys.mask is None else journeys.mask.event
    score = numbers_of(journeys, SCORE)
    journey = np.searchsorted(journeys.offset, at, side="right") - 1
    past = np.empty((len(at), kernel.SCORED + 1), np.float64)
    passed = np.empty((len(at), len(journeys.events)), np.float64)
    first = np.empty(len(at), np.int64)
    kernel.gather_past(
        journeys.offset, journeys.code, journeys.time, keep, none if outcome is None else outcome,
        score, at, journey.astype(np.int64), past, passed, first,
    )  # fmt: skip
    return past, passed, first


def _of_past(past: F64) -> Iterator[tuple[str, F64]]:
    scored = past[:, kernel.SCORED]
    yield "events so far", np.log1p(past[:, kernel.EVENTS])
    for name, column in (
        ("time since the start", kernel.SINCE_START),
        ("time since the last", kernel.SINCE_LAST),
    ):
        waited = past[:, column]
        yield name, np.where(waited < 0, 0.0, np.log1p(np.maximum(waited, 0.0) / MICROSECONDS))
    yield "is the first", (past[:, kernel.EVENTS] == 0).astype(np.float64)
    yield "outcomes so far", np.log1p(past[:, kernel.OUTCOMES])
    yield "has a score", (scored > 0).astype(np.float64)
    yield "mean score", past[:, kernel.SCORES] / np.maximum(scored, 1.0)


def _of_time(time: I64) -> Iterator[tuple[str, F64]]:
    """The hour as two waves, so that 23 h stands beside 0 h."""
    day, hour = time // DAY, (time % DAY) / (DAY / HOURS)
    for wave in (1, 2):
        turn = 2 * np.pi * wave * hour / HOURS
        yield f"hour, wave {wave} a", np.sin(turn)
        yield f"hour, wave {wave} b", np.cos(turn)
    weekday = (day + MONDAY) % 7
    for number in range(1, 7):
        yield f"weekday {number}", (weekday == number).astype(np.float64)
    yield "date", day.astype(np.float64)


def _of_channels(journeys: Journeys, at: I64, first: I64) -> Iterator[tuple[str, F64]]:
    if journeys.channel is None:
        return
    for code, name in enumerate(journeys.channels):
        yield f"channel {name}", (journeys.channel[at] == code).astype(np.float64)
        yield f"first channel {name}", (journeys.channel[first] == code).astype(np.float64)


def _of_property(name: str, column: Column, at: I64, first: I64) -> Iterator[tuple[str, F64]]:
    """What the property said when the journey began, else what it says now."""
    assert column.codes is not None  # noqa: S101 - the caller looked
    if len(column.values) > MOST_VALUES:
        return
    code = np.where(column.codes[first] >= 0, column.codes[first], column.codes[at])
    for number, value in enumerate(column.values):
        yield f"{name} {value}", (code == number).astype(np.float64)
