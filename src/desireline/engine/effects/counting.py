"""What a shard contributes: whole-number sums over comings by day, group, unit and likeness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from desireline.engine.effects.errors import EffectImpossible
from desireline.engine.effects.observing import Observed, observed
from desireline.engine.effects.query import DAY_SECONDS, Query
from desireline.engine.journeys import I64, MICROSECONDS, Bools, Journeys

DAY = round(DAY_SECONDS) * MICROSECONDS
LARGEST = 9e18
"""Sums of squares beyond it do not fit into 64 bits."""


class Cell(NamedTuple):
    """Which comings are together: the day counts from the moment of the change, before it is -1."""

    group: int
    unit: str
    like: str
    day: int


Sums = tuple[int, ...]
"""How many, and the sums of: after, after squared, before, before squared, before times after."""


@dataclass(frozen=True, eq=False)
class Partial:
    """The last moment of the log, and once that is known the sums."""

    last: int | None
    cells: dict[Cell, Sums]
    left_out: int
    cut: int = 0
    """Comings whose metric was more than one may count."""


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes: at the first look, where the query names no end, the end only.

    Raises EffectImpossible, and what the rules raise.
    """
    if query.until is None:
        period = journeys.period
        return Partial(None if period is None else period[1], {}, 0)
    found = observed(journeys, query)
    counts = _counts(found.at, query)
    cut = int((found.cut & counts).sum())
    return Partial(query.until, _summed(found, counts, query), int((~counts).sum()), cut)


def again(partial: Partial, query: Query) -> Query | None:
    """The query of the second look: now the end of the log is known."""
    return None if query.until is not None else replace(query, until=partial.last or 0)


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    cells = dict(a.cells)
    for cell, sums in b.cells.items():
        mine = cells.get(cell)
        cells[cell] = sums if mine is None else tuple(map(sum, zip(mine, sums, strict=True)))
    ends = [last for last in (a.last, b.last) if last is not None]
    return Partial(max(ends, default=None), cells, a.left_out + b.left_out, a.cut + b.cut)


def _counts(at: I64, query: Query) -> Bools:
    """Whose time is over, and over before the change if it began before."""
    assert query.until is not None  # noqa: S101 - the second look has it
    over = at + round(query.metric.within_seconds * MICROSECONDS)
    found: Bools = (over <= query.until) & ((at >= query.deployed) | (over <= query.deployed))
    return found


def _summed(found: Observed, counts: Bools, query: Query) -> dict[Cell, Sums]:
    names = (*found.units, "")
    day = (found.at[counts] - query.deployed) // DAY
    if not len(day):
        return {}
    first, days = int(day.min()), int(day.max() - day.min()) + 1
    unit = np.where(found.unit[counts] < 0, len(names) - 1, found.unit[counts]).astype(np.int64)
    key = (found.group[counts] * len(names) + unit) * len(found.likes) + found.like[counts]
    keys, place = np.unique(key * days + day - first, return_inverse=True)
    sums = _sums(found.after[counts], found.before[counts], place, len(keys))
    cells = {}
    for key_of, row in zip(keys.tolist(), sums.tolist(), strict=True):
        rest, number = divmod(key_of, days)
        rest, like = divmod(rest, len(found.likes))
        group, unit_of = divmod(rest, len(names))
        cells[Cell(group, names[unit_of], found.likes[like], number + first)] = tuple(row)
    return cells


def _sums(after: I64, before: I64, place: I64, n: int) -> I64:
    out = np.zeros((n, 6), np.int64)
    if float(np.square(after, dtype=np.float64).sum()) > LARGEST:
        raise EffectImpossible(
            "The values are too large to be squared and added up.",
            hint="Give them in a larger unit, such as thousands.",
        )
    columns = (np.ones_like(after), after, after * after, before, before * before, after * before)
    for number, column in enumerate(columns):
        np.add.at(out[:, number], place, column)
    return out
