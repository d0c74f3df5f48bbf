"""The comings of a shard that count, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.effects.assigning import arm
from desireline.engine.effects.errors import EffectImpossible
from desireline.engine.effects.query import DAY_SECONDS, Hashed, Query
from desireline.engine.journeys import I32, I64, MICROSECONDS, Bools, Column, Journeys
from desireline.engine.kernels import effects as kernel
from desireline.engine.rules.matching import clock_of, matches

TICKS = 100
"""Values count in hundredths, as whole numbers: their sums do not depend on the order."""
LOOKS_BACK = round(90 * DAY_SECONDS) * MICROSECONDS
"""How long before the change a person's own figure is looked at."""
ALWAYS = 2**62


@dataclass(frozen=True, eq=False)
class Observed:
    """One entry a coming."""

    at: I64
    after: I64
    """The metric: 0 or 1, or hundredths."""
    before: I64
    """The same figure of the same person before she came, and before the change."""
    group: I64
    """1 for those whom the change reaches, 0 for the control."""
    unit: I32
    like: I32
    units: tuple[str, ...]
    likes: tuple[str, ...]


def observed(journeys: Journeys, query: Query) -> Observed:
    """The comings of a shard. Raises EffectImpossible, and what the rules raise."""
    if journeys.person is not None:
        raise EffectImpossible(
            "These journeys are sessions, and a change reaches persons.",
            hint="Ask over journeys by person.",
        )
    own = journeys.trimmed()
    rows = _rows(own, query)
    group = _group(own, query, rows)
    rows, group = rows[group >= 0], group[group >= 0]
    if query.randomised:  # the first coming since she was dealt in
        first = np.unique(rows[:, kernel.JOURNEY], return_index=True)[1]
        rows, group = rows[first], group[first]
    like, likes = _like(own, query.like, rows[:, kernel.EVENT])
    column = own.columns.get(query.unit_property or "")
    return Observed(
        at=rows[:, kernel.AT],
        after=_counted(rows[:, kernel.AFTER], query),
        before=_counted(rows[:, kernel.BEFORE], query),
        group=group,
        unit=rows[:, kernel.UNIT].astype(np.int32),
        like=like,
        units=() if column is None else column.values,
        likes=likes,
    )


def _rows(own: Journeys, query: Query) -> I64:
    enters = matches(own, query.entered)
    held = query.reached
    none = np.zeros(len(own.time), np.bool_)
    is_reached = none if held is None or isinstance(held, Hashed) else matches(own, held)
    compared = none if query.compared is None else matches(own, query.compared)
    begins = query.deployed if query.randomised else -ALWAYS
    known = query.deployed if isinstance(held, Hashed) else ALWAYS
    window = round(query.metric.within_seconds * MICROSECONDS)
    gap = 0 if query.randomised else window
    out = np.empty((int(enters.sum()), kernel.COLUMNS), np.int64)
    n = kernel.observe(
        own.offset, clock_of(own), enters, matches(own, query.metric.rule), _amounts(own, query),
        is_reached, compared, _units(own, query), np.array([begins, known], np.int64),
        np.array([window, LOOKS_BACK, gap], np.int64), out,
    )  # fmt: skip
    rows: I64 = out[:n]
    return rows


def _amounts(own: Journeys, query: Query) -> I64:
    """What each event adds to the metric."""
    if query.metric.kind == "rate":
        return np.ones(len(own.time), np.int64)
    if own.value is None:
        return np.zeros(len(own.time), np.int64)
    found: I64 = np.rint(np.nan_to_num(own.value.astype(np.float64)) * TICKS).astype(np.int64)
    return found


def _counted(amount: I64, query: Query) -> I64:
    return np.minimum(amount, 1) if query.metric.kind == "rate" else amount


def _units(own: Journeys, query: Query) -> I32:
    column = own.columns.get(query.unit_property or "")
    if column is None or column.codes is None:
        return np.full(len(own.time), -1, np.int32)
    return column.codes


def _group(own: Journeys, query: Query, rows: I64) -> I64:
    """1, 0, or -1 for those who belong to neither."""
    if query.reached is None:
        return np.ones(len(rows), np.int64)
    if isinstance(query.reached, Hashed):
        shares, salt = (1 - query.reached.share, query.reached.share), query.reached.salt
        names = (own.ids[own.person_index(j)] for j in rows[:, kernel.JOURNEY].tolist())
        return np.array([arm(name, salt, shares) for name in names], np.int64)
    group = rows[:, kernel.GROUP]
    is_reached: Bools = group & kernel.REACHED > 0
    others = np.where(group & kernel.COMPARED > 0, 0, -1) if query.compared is not None else 0
    found: I64 = np.where(is_reached, 1, others).astype(np.int64)
    return found


def _like(own: Journeys, names: tuple[str, ...], event: I64) -> tuple[I32, tuple[str, ...]]:
    """What the comings are like, as one number, and what the numbers stand for."""
    code, told = np.zeros(len(event), np.int64), [""]
    for name in names:
        codes, values = _property(own, name, event)
        code = code * (len(values) + 1) + codes + 1
        told = [f"{a}\t{b}" for a in told for b in ("", *values)]
    return code.astype(np.int32), tuple(told)


def _property(own: Journeys, name: str, event: I64) -> tuple[I64, tuple[str, ...]]:
    """The code of a property at some events, -1 where it is unknown."""
    if name == "channel":
        if own.channel is None:
            return np.full(len(event), -1, np.int64), ()
        return own.channel[event].astype(np.int64), own.channels
    column = own.columns.get(name, Column())
    if column.codes is None:
        return np.full(len(event), -1, np.int64), ()
    return column.codes[event].astype(np.int64), column.values
