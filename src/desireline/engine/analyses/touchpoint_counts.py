"""What a shard contributes to the figures of touchpoints, and two shards together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.analyses import transitions
from desireline.engine.analyses.exact_sums import LIMBS
from desireline.engine.analyses.flags import Flags, journeys_with, kept, last_with, spelled_out
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.transition_counts import recoded
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import I64, Bools, Journeys, Mask
from desireline.engine.kernels import touchpoints as kernel
from desireline.engine.kernels.exact_sums import add_values
from desireline.engine.kernels.firsts import count_firsts
from desireline.engine.vocabulary import in_common, places

MOST_STAYS = 16_384
"""Touchpoints up to which stays are counted in a table (132 MB then); above, they are sorted."""
_NEVER = (np.iinfo(np.int64).max, np.iinfo(np.int64).min)


@dataclass(frozen=True, eq=False)
class Query:
    """What the figures are to be measured against."""

    outcome: Flags = None
    """A journey with such an event has the outcome (bools count whatever a filter leaves)."""


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes."""

    transitions: transitions.Partial
    figures: I64
    """A row for each code, columns as the kernel says."""
    limbs: I64
    period: I64
    """First and last time of each code."""
    stays: Waits
    with_outcome: int
    persons: int
    """Persons of the shard but its first and last, whose journeys other shards may hold as well."""
    edge: frozenset[tuple[str, str | None]]
    """Of these two, the name and what they visited, and None for anything at all."""


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes."""
    n, mask = len(journeys.events), kept(journeys)
    figures = np.zeros((n, 8), np.int64)
    period = np.tile(np.array(_NEVER, np.int64), (n, 1))
    stay = np.empty(journeys.n_events, np.int64)
    with_outcome, stays = kernel.visit_touchpoints(
        journeys.offset,
        journeys.code,
        journeys.time,
        mask.event,
        mask.journey,
        _last_outcomes(journeys, query.outcome),
        figures,
        period,
        stay,
        np.zeros((n, 5), np.int64),
    )
    figures[:, kernel.PERSONS] = _persons_by_code(journeys, mask)
    figures[:, kernel.VALUES], limbs = _values(journeys, mask)
    return Partial(
        transitions.partial(journeys, transitions.Query()),
        figures,
        limbs,
        period,
        _stays(figures, stay[:stays]),
        int(with_outcome),
        *_persons(journeys),
    )


def _last_outcomes(journeys: Journeys, outcome: Flags) -> I64:
    """The last event of each journey with the outcome, filter or not; -1 for none."""
    if outcome is None:
        return np.full(len(journeys), -1)
    return last_with(spelled_out(outcome, journeys), journeys)


def _stays(figures: I64, stay: I64) -> Waits:
    """The stays as waits by code, from the figures and the buckets listed."""
    total = Tally.of_table(np.ascontiguousarray(figures[:, : kernel.STAY_HIGH + 1]))
    if len(figures) > MOST_STAYS:
        return Waits(total, Tally.of(stay))
    return Waits(total, Tally.of_table(np.bincount(stay, minlength=1)[:, None]))


def _values(journeys: Journeys, mask: Mask) -> tuple[I64, I64]:
    """For each code the events with a value, and the limbs of the sum of their values."""
    n = len(journeys.events)
    counted, limbs = np.zeros(n, np.int64), np.zeros((n, LIMBS), np.int64)
    if journeys.value is not None:
        add_values(
            journeys.offset,
            journeys.code,
            journeys.value.view(np.int32),
            mask.event,
            mask.journey,
            counted,
            limbs,
        )
    return counted, limbs


def _persons_by_code(journeys: Journeys, mask: Mask) -> I64:
    """For each code the persons that came there, but the first and the last of the shard."""
    n, person = len(journeys.events), journeys.person
    reach: I64 = np.zeros(n, np.int64)
    if person is None or not len(journeys):
        return reach
    owner = np.repeat(person, np.diff(journeys.offset))
    stays = _seen(journeys, mask) & (owner != person[0]) & (owner != person[-1])
    owner, code = owner[stays], journeys.code[journeys.offset[0] : journeys.offset[-1]][stays]
    offset = np.concatenate([np.flatnonzero(np.diff(owner, prepend=-1)), [len(owner)]])
    room, nothing = np.zeros(n, np.int64), np.zeros((0, 0), np.int64)
    count_firsts(offset, code.astype(np.int64), np.full(n, -1), room, reach, nothing)
    return reach


def _seen(journeys: Journeys, mask: Mask) -> Bools:
    """For each event that the journeys cover whether the filter leaves it."""
    seen = mask.event[journeys.offset[0] : journeys.offset[-1]]
    if mask.journey.all():
        return seen
    return seen & np.repeat(mask.journey, np.diff(journeys.offset))


def _persons(journeys: Journeys) -> tuple[int, frozenset[tuple[str, str | None]]]:
    """Persons but the first and last of a shard, and what these two visited."""
    person, mask = journeys.person, kept(journeys)
    if person is None or not len(journeys):
        return 0, frozenset()
    walked = journeys_with(mask.event, journeys) & mask.journey
    at_edge = (person == person[0]) | (person == person[-1])
    inside = len(np.unique(person[walked & ~at_edge]))
    visited: set[tuple[str, str | None]] = set()
    for j in np.flatnonzero(walked & at_edge).tolist():
        span = slice(int(journeys.offset[j]), int(journeys.offset[j + 1]))
        codes = np.unique(journeys.code[span][mask.event[span]]).tolist()
        name = journeys.ids[int(person[j])]
        visited.update((name, journeys.events[code]) for code in codes)
        visited.add((name, None))
    return inside, frozenset(visited)


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together."""
    names = in_common(a.transitions.events, b.transitions.events)
    a, b = _recoded(a, names), _recoded(b, names)
    first = np.minimum(a.period[:, 0], b.period[:, 0])
    last = np.maximum(a.period[:, 1], b.period[:, 1])
    return Partial(
        transitions.merge(a.transitions, b.transitions),
        a.figures + b.figures,
        a.limbs + b.limbs,
        np.column_stack([first, last]),
        a.stays.merge(b.stays),
        a.with_outcome + b.with_outcome,
        a.persons + b.persons,
        a.edge | b.edge,
    )


def _recoded(partial: Partial, names: tuple[str, ...]) -> Partial:
    """The same in the codes of a vocabulary that has all names of the shard's own."""
    own = partial.transitions.events
    if own == names:
        return partial
    place, n = places(own, names), len(names)
    figures, limbs = np.zeros((n, 8), np.int64), np.zeros((n, LIMBS), np.int64)
    period = np.tile(np.array(_NEVER, np.int64), (n, 1))
    figures[place], limbs[place], period[place] = partial.figures, partial.limbs, partial.period
    return replace(
        partial,
        transitions=recoded(partial.transitions, names),
        figures=figures,
        limbs=limbs,
        period=period,
        stays=partial.stays.regrouped(place[partial.stays.series]),
    )
