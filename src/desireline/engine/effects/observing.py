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
MOMENTS = 65_536
"""Times count in such parts of the time that is looked at, as whole numbers."""
LOOKS_BACK = round(90 * DAY_SECONDS) * MICROSECONDS
"""How long before the change a person's own figure is looked at."""
ALWAYS = 2**62


@dataclass(frozen=True, eq=False)
class Observed:
    """One entry a coming."""

    at: I64
    after: I64
    """The metric: 0 or 1, hundredths, or parts of the time that is looked at."""
    before: I64
    """The same figure of the same person before she came, and before the change."""
    group: I64
    """1 for those whom the change reaches, 0 for the control."""
    cut: Bools
    """Whether the metric was more than a coming may count."""
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
    if query.metric.kind == "each":  # it is the value of those alone that have one
        valued = rows[:, kernel.FIRST] >= 0
        rows, group = rows[valued], group[valued]
    like, likes = _like(own, query.like, rows[:, kernel.EVENT])
    after, before, cut = _figures(own, rows, query)
    column = own.columns.get(query.unit_property or "")
    return Observed(
        at=rows[:, kernel.AT],
        after=after,
        before=before,
        group=group,
        cut=cut,
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
    if query.metric.kind in ("rate", "time"):
        return np.ones(len(own.time), np.int64)
    if own.value is None:
        return np.zeros(len(own.time), np.int64)
    found: I64 = np.rint(np.nan_to_num(own.value.astype(np.float64)) * TICKS).astype(np.int64)
    return found


def _figures(own: Journeys, rows: I64, query: Query) -> tuple[I64, I64, Bools]:
    """The metric of each coming, what is known of the person before it, and whether it was cut."""
    kind, before = query.metric.kind, rows[:, kernel.BEFORE]
    never = np.zeros(len(rows), np.bool_)
    if kind == "rate":
        return np.minimum(rows[:, kernel.AFTER], 1), np.minimum(before, 1), never
    if kind == "time":
        return _waits(own, rows, query), np.minimum(before, 1) * MOMENTS, never
    after = rows[:, kernel.AFTER]
    if kind == "each":
        amounts = _amounts(own, query)
        after = amounts[rows[:, kernel.FIRST]]
        last = rows[:, kernel.LAST]
        before = np.where(last >= 0, amounts[np.maximum(last, 0)], 0)
    if query.metric.at_most is None:
        return after, before, never
    most = round(query.metric.at_most * TICKS)
    return np.minimum(after, most), np.minimum(before, most), after > most


def _waits(own: Journeys, rows: I64, query: Query) -> I64:
    """The time until the first event that counts; without one, all that is looked at."""
    first = rows[:, kernel.FIRST]
    if not len(rows):
        return np.zeros(0, np.int64)
    wait = clock_of(own)[np.maximum(first, 0)] - rows[:, kernel.AT]
    window = query.metric.within_seconds * MICROSECONDS
    parts = np.rint(wait * (MOMENTS / window)).astype(np.int64)
    return np.where(first >= 0, np.minimum(parts, MOMENTS), MOMENTS)


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
