"""Journeys laid beside the plan: the ways they walk, and a row for each deviation."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from desireline.engine.analyses import variants
from desireline.engine.analyses.flags import journeys_with
from desireline.engine.conformance.plan import Plan, plan_of
from desireline.engine.conformance.query import LONGEST, Query
from desireline.engine.conformance.result import DeviationKind
from desireline.engine.filters import Filter, filtered
from desireline.engine.journeys import I64, U8, Bools, Journeys, Mask
from desireline.engine.kernels import deviations as kernel
from desireline.engine.kernels.alignment import align
from desireline.engine.rules.matching import matches
from desireline.engine.telling import Told, Words

STRANGER = ""
"""What stands in a way for an event that no touchpoint means."""

KINDS: dict[int, DeviationKind] = {
    kernel.AD_HOC: "ad_hoc",
    kernel.OUT_OF_ORDER: "out_of_order",
    kernel.REPEATED: "repeated",
    kernel.WRONG_BRANCH: "wrong_branch",
    kernel.MISSING: "missing",
    kernel.FAILED: "failed",
    kernel.LATE: "late",
    kernel.EARLY: "early",
}
"""The kinds by the kernels' numbers."""
_NUMBERS = {name: number for number, name in KINDS.items()}


class Found(NamedTuple):
    """Rows as `kernels.deviations` writes them, and who stood where."""

    rows: I64
    stands: Bools
    beyond: Bools
    kept: I64
    """The events that count, as places in the arrays of the log."""


class Laid(NamedTuple):
    """The journeys of a shard beside the plan."""

    log: Journeys
    """As the map makes them, in the log's words."""
    plan: Plan
    ways: variants.Partial
    offset: I64
    """Of each journey, into the events that count."""
    walks: Bools
    """Whether a journey has any."""
    reached: Bools
    """Whether it has the outcome."""
    found: Found
    set_aside: int


def laid(journeys: Journeys, query: Query) -> Laid:
    """The journeys of a shard beside the plan. Raises what telling in the words of a map raises."""
    plan = plan_of(query.journey_map)
    words = query.words or Words.of(query.journey_map)
    told = words.tell(_until(journeys, query.as_of))
    walked, set_aside = _walked(told, plan, query)
    reached = np.zeros(len(walked), np.bool_)
    if told.outcome is not None:
        reached = journeys_with(told.outcome, told.log)
    weight = np.column_stack([np.ones(len(walked), np.int64), reached]).astype(np.int64)
    offset, label = variants.sequences(walked)
    ways, way_of = variants.grouped(walked.events, offset, label, weight)
    found = _deviations(told, walked, plan, ways, way_of)
    return Laid(told.log, plan, ways, offset, way_of >= 0, reached, found, set_aside)


def deviating(journeys: Journeys, query: Query, kind: DeviationKind, name: str) -> Bools:
    """One bool for each journey that the map makes of a shard: whether it deviates so.

    `name` is the key of a touchpoint, or an event type where `kind` is `ad_hoc`. Journeys that
    ended before the place of what is missing do not count.
    """
    beside = laid(journeys, query)
    rows, deviates = beside.found.rows, np.zeros(len(beside.walks), np.bool_)
    n = len(beside.plan.touchpoints)
    ad_hoc = kind == "ad_hoc"
    known = beside.log.events if ad_hoc else [t.key for t in beside.plan.touchpoints]
    if name in known:
        what = known.index(name) + (n if ad_hoc else 0)
        chosen = (rows[:, kernel.KIND] == _NUMBERS[kind]) & (rows[:, kernel.WHAT] == what)
        deviates[rows[chosen & (rows[:, kernel.LEFT] == 0), kernel.JOURNEY]] = True
    return deviates


def aligned(ways: variants.Partial, plan: Plan) -> tuple[I64, U8]:
    """The cost of each way, and for each of its events whether it fits."""
    cost, fitted = np.zeros(len(ways.total), np.int64), np.zeros(len(ways.code), np.uint8)
    align(
        ways.offset, ways.code, plan.slot_of, plan.repeatable, plan.required, plan.block_of,
        plan.begins, fitted, cost,
    )  # fmt: skip
    return cost, fitted


def _until(journeys: Journeys, as_of: int | None) -> Journeys:
    own = journeys.trimmed()
    return own if as_of is None else filtered(own, Filter(stop=as_of + 1))


def _walked(told: Told, plan: Plan, query: Query) -> tuple[Journeys, int]:
    """Journeys whose codes are the plan's touchpoints, and one more for strangers."""
    log, mapped = told.log, told.journeys
    assert mapped.mask is not None  # noqa: S101 - telling sets it
    label = np.append(plan.place, 0).astype(np.uint16)[mapped.code]
    counts, every = mapped.mask.event, mapped.mask.journey
    if query.strangers:
        stranger = _strangers(told, query)
        label[stranger] = len(plan.touchpoints)
        counts = counts | stranger
    set_aside = 0
    if plan.any_order:
        long = np.diff(np.concatenate([[0], np.cumsum(counts)])[log.offset]) > LONGEST
        set_aside, every = int((long & every).sum()), every & ~long
    names = (*(t.key for t in plan.touchpoints), STRANGER)
    return replace(mapped, code=label, events=names, mask=Mask(counts, every)), set_aside


def _strangers(told: Told, query: Query) -> Bools:
    """Events that no touchpoint means, and that the map does not leave out by name."""
    log, mask = told.log, told.journeys.mask
    left_out = {left.event for left in query.journey_map.left_out}
    counts = np.array([name not in left_out for name in log.events], np.bool_)
    found: Bools = counts[log.code]
    if mask is not None:
        found &= ~mask.event
    return found if log.mask is None else found & log.mask.event


def _deviations(
    told: Told, walked: Journeys, plan: Plan, ways: variants.Partial, way_of: I64
) -> Found:
    _, fitted = aligned(ways, plan)
    kinds, slots = np.empty(len(ways.code), np.uint8), len(plan.required)
    missing = np.zeros((len(ways.total), slots), np.bool_)
    kernel.classify(
        ways.offset, ways.code, plan.slot_of, plan.repeatable, slots, fitted, kinds, missing
    )
    assert walked.mask is not None  # noqa: S101
    stays = walked.mask.event & np.repeat(walked.mask.journey, np.diff(walked.offset))
    kept = np.flatnonzero(stays)
    stands = np.zeros((len(walked), len(plan.begins)), np.bool_)
    beyond = np.zeros_like(stands)
    given = (
        np.concatenate([np.zeros(1, np.int64), np.cumsum(stays)])[walked.offset],
        told.log.code[kept], walked.time[kept], _failed(told, plan, walked)[kept], way_of,
        ways.offset, ways.code, kinds, missing, plan.slot_of, plan.required, plan.block_of,
        plan.earliest, plan.latest, stands, beyond,
    )  # fmt: skip
    n = kernel.tell(*given, np.empty((0, kernel.COLUMNS), np.int64))
    rows = np.empty((n, kernel.COLUMNS), np.int64)
    if n:
        kernel.tell(*given, rows)
    return Found(rows, stands, beyond, kept)


def _failed(told: Told, plan: Plan, walked: Journeys) -> Bools:
    """Where an event of a touchpoint says that it failed."""
    found: Bools = np.zeros(len(walked.time), np.bool_)
    for number, touchpoint in enumerate(plan.touchpoints):
        if touchpoint.failed_when is not None:
            found |= matches(told.log, touchpoint.failed_when) & (walked.code == number)
    return found
