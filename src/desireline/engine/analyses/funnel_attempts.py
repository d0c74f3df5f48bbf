"""The attempts of a funnel: how far each gets and at which events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.analyses.flags import kept
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.building import narrow_codes
from desireline.engine.journeys import I32, I64, Bools, Codes, Journeys
from desireline.engine.kernels.funnel import I16, furthest, furthest_of_entries
from desireline.engine.kernels.funnel_in_order import U64, follow_in_order
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.matching import clock_of, event_table, matches, microseconds


@dataclass(frozen=True, eq=False)
class Attempts:
    """One row an attempt. See `kernels.funnel`; places count from the event `start`."""

    level: I16
    """The furthest step, -1 where the journey never entered."""
    chain: I32
    after: I32
    start: I64
    owner: I32 | None
    """The journey of each attempt; None where they are the journeys in their order."""

    def at(self, step: int, rows: I64) -> I64:
        """Where in the arrays the event of a step stands, for attempts that passed it."""
        found: I64 = self.start[rows] + self.chain[rows, step]
        return found


def attempts_of(journeys: Journeys, query: Query) -> Attempts:
    """One attempt for each journey, or one for each entry, as `query.count_by` says."""
    if query.is_in_order:
        return _in_order(journeys, query)
    steps = query.steps
    rules = [s.rule for s in steps]
    label, table = labels_of(journeys, [*rules, *(s.without for s in steps if s.without)])
    fits, kills = table[:, : len(steps)], np.zeros((len(table), len(steps)), np.bool_)
    kills[:, [s for s, step in enumerate(steps) if step.without]] = table[:, len(steps) :]
    step_of = np.arange(len(steps), dtype=np.int16)
    asked: tuple[Any, ...] = (
        journeys.offset,
        clock_of(journeys),
        label,
        journeys.keep_event,
        journeys.keep_journey,
        np.ascontiguousarray(fits),
        kills,
        np.where(fits, step_of, -1).max(axis=1).astype(np.int16),
        np.where(fits, step_of, len(steps)).min(axis=1).astype(np.int16),
        fits.any(axis=1) | kills.any(axis=1) | query.strict,
        np.array([step.optional for step in steps], np.bool_),
        np.array([microseconds(step.within_seconds) for step in steps], np.int64),
        microseconds(query.window_seconds),
        query.strict,
        bool(kills.any()),
        int(np.diff(journeys.offset).max(initial=0)),
    )
    if query.count_by == "entry":
        return _by_entry(journeys, asked, _entries(journeys, label, fits[:, 0]), len(steps))
    made = _rows(len(journeys), len(steps))
    arguments = (*asked, *made)
    furthest(*arguments)
    return Attempts(*made, start=journeys.offset[:-1], owner=None)


def labels_of(journeys: Journeys, rules: Sequence[Rule]) -> tuple[Codes, Bools]:
    """A label for each event, and which rules hold at an event of each label.

    The labels are the codes of the event types where these decide every rule, so that nothing is
    computed for each event. Else there is a label for each set of rules that hold together.
    """
    tables = [event_table(rule, journeys.events) for rule in rules]
    known = [table for table in tables if table is not None]
    if len(known) == len(rules):
        return journeys.code, np.column_stack(known)
    label: NDArray[Any] = np.zeros(len(journeys.code), np.int64)
    held_by: Bools = np.zeros((1, 0), np.bool_)
    for rule in rules:
        label = label * 2 + matches(journeys, rule)
        present = np.bincount(label, minlength=2 * len(held_by)) > 0
        number = np.cumsum(present) - 1
        label = number[label]
        both = np.repeat(held_by, 2, axis=0)
        held_by = np.column_stack([both, np.arange(len(both)) % 2 == 1])[present]
    return narrow_codes(label, len(held_by)), held_by


def step_bits(fits: Bools) -> U64:
    """For each label the steps that it fits, as bits: the first is the lowest."""
    bit = np.uint64(1) << np.arange(fits.shape[1], dtype=np.uint64)
    bits: U64 = np.where(fits, bit, np.uint64(0)).sum(axis=1, dtype=np.uint64)
    return bits


def _in_order(journeys: Journeys, query: Query) -> Attempts:
    label, fits = labels_of(journeys, [step.rule for step in query.steps])
    mask, made = kept(journeys), _rows(len(journeys), len(query.steps))
    follow_in_order(journeys.offset, label, mask.event, mask.journey, step_bits(fits), *made)
    return Attempts(*made, start=journeys.offset[:-1], owner=None)


def _by_entry(journeys: Journeys, asked: tuple[Any, ...], n: int, n_steps: int) -> Attempts:
    made = _rows(n, n_steps)
    owner: I32 = np.empty(n, np.int32)
    rows: tuple[Any, ...] = (*made, owner)
    furthest_of_entries(*asked, *rows)
    return Attempts(*made, start=journeys.offset[owner], owner=owner)


def _entries(journeys: Journeys, label: Codes, enters: Bools) -> int:
    """How many events that a filter leaves the first step holds at."""
    part = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    entry = enters[label[part]]
    if journeys.mask is not None:
        entry &= journeys.mask.event[part]
        entry &= np.repeat(journeys.mask.journey, np.diff(journeys.offset))
    return int(entry.sum())


def _rows(n: int, n_steps: int) -> tuple[I16, I32, I32]:
    return np.empty(n, np.int16), np.empty((n, n_steps), np.int32), np.empty(n, np.int32)
