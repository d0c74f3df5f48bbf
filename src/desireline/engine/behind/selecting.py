"""Which journeys a cell counts, by kind of cell: one bool a journey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from desireline.engine import conformance, endings, moments, pains, persona_shares
from desireline.engine.analyses import funnel, paths, positions, retention_counts, touchpoints
from desireline.engine.analyses.breakdown import values_at
from desireline.engine.analyses.flags import journeys_with, spelled_out
from desireline.engine.analyses.funnel_attempts import attempts_of
from desireline.engine.behind.cells import (
    CellUnknown,
    ConformanceCell,
    EndingsCell,
    FunnelCell,
    MomentCell,
    PainCell,
    PathCell,
    PersonaCell,
    PositionCell,
    RetentionCell,
    TouchpointCell,
    TransitionCell,
    VariantCell,
)
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.kernels.paths import END
from desireline.engine.kernels.positions import ENDED
from desireline.engine.seen import Seen

NO_CODE = -9
"""In place of the code of a name that no event has."""


def of_transition(journeys: Journeys, query: object, cell: TransitionCell) -> Bools:  # noqa: ARG001
    """Journeys that take the step at least once."""
    seen = Seen.of(journeys)
    source, target = _code(journeys, cell.source), _code(journeys, cell.target)
    if cell.source is None:
        return np.equal(seen.first, target)
    if cell.target is None:
        return np.equal(seen.last, source)
    inside = seen.owner[1:] == seen.owner[:-1]
    return seen.holding(inside & (seen.code[:-1] == source) & (seen.code[1:] == target))


def of_variant(journeys: Journeys, query: object, cell: VariantCell) -> Bools:  # noqa: ARG001
    """Journeys that are this sequence."""
    seen = Seen.of(journeys)
    same: Bools = seen.length == len(cell.events)
    for k, name in enumerate(cell.events):
        same[same] = seen.code[seen.start[same] + k] == _code(journeys, name)
    return same


def of_funnel(journeys: Journeys, query: funnel.Query, cell: FunnelCell) -> Bools:
    """Journeys with an attempt that passed the step, or that ended at it."""
    _check(cell.step < len(query.steps), f"step {cell.step}", f"steps 0 to {len(query.steps) - 1}")
    attempts = attempts_of(journeys, query)
    rows = np.flatnonzero(attempts.level >= 0)
    if cell.did == "dropped":
        fits = attempts.level[rows] == cell.step
        fits &= attempts.level[rows] < query.last_required
    else:
        fits = (attempts.level[rows] >= cell.step) & (attempts.chain[rows, cell.step] >= 0)
    owner = rows if attempts.owner is None else attempts.owner[rows].astype(np.int64)
    if cell.of_group and query.by is not None:
        fits &= _of_value(journeys, query.by, attempts.at(0, rows), owner, cell.group)
    return _marked(journeys, owner[fits])


def of_path(journeys: Journeys, query: paths.Query, cell: PathCell) -> Bools:
    """Journeys with an anchor that the events follow, or precede."""
    _check(
        len(cell.events) <= query.depth, f"depth {len(cell.events)}", f"a depth of {query.depth}"
    )
    owner, window = paths.windows(journeys, query, 1 if cell.side == "after" else -1)
    fits: Bools = np.ones(len(window), np.bool_)
    for k, name in enumerate(cell.events):
        fits &= window[:, k] == (END if name is None else _code(journeys, name))
    return _marked(journeys, owner[fits])


def of_touchpoint(journeys: Journeys, query: touchpoints.Query, cell: TouchpointCell) -> Bools:
    """Journeys that come here; that end here without the outcome, come back, start, end here."""
    seen, here = Seen.of(journeys), _code(journeys, cell.event)
    reached = journeys_with(spelled_out(query.outcome, journeys), journeys)
    at = seen.code == here
    if cell.figure == "exit":
        return np.equal(seen.last, here) & ~reached
    if cell.figure == "starts":
        return np.equal(seen.first, here)
    if cell.figure == "ends":
        return np.equal(seen.last, here)
    if cell.figure == "loop":
        begins = at & np.append(True, ~at[:-1] | (seen.owner[1:] != seen.owner[:-1]))[: len(at)]
        return np.greater(np.bincount(seen.owner[begins], minlength=len(journeys)), 1)
    held = seen.holding_at(at)
    return held & _after_first(journeys, seen, at, query) if cell.figure == "outcome" else held


def _after_first(journeys: Journeys, seen: Seen, at: Bools, query: touchpoints.Query) -> Bools:
    """Journeys whose last outcome stands at their first event here or behind it."""
    first = np.full(len(journeys), np.iinfo(np.int64).max)
    np.minimum.at(first, seen.owner[at], seen.at[at])
    span = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    outcome = np.flatnonzero(spelled_out(query.outcome, journeys)[span]) + span.start
    last = np.full(len(journeys), -1)
    np.maximum.at(last, np.searchsorted(journeys.offset, outcome, "right") - 1, outcome)
    later: Bools = last >= first
    return later


def of_position(journeys: Journeys, query: positions.Query, cell: PositionCell) -> Bools:
    """Open journeys, that stand at the event."""
    position, _ = positions.stands(journeys, query)
    if cell.event is None:
        return np.not_equal(position, ENDED)
    stands: Bools = position == _code(journeys, cell.event)
    return stands


def of_retention(journeys: Journeys, query: retention_counts.Query, cell: RetentionCell) -> Bools:
    """Journeys that began, and came back in the period or did not."""
    k = cell.period or 0
    _check(k <= query.periods, f"period {k}", f"periods 0 to {query.periods}")
    found = retention_counts.entered(journeys, query)
    fits: Bools = np.ones(len(found.journey), np.bool_)
    if cell.cohort is not None:
        fits &= found.cohort == query.calendar.number_of_day(cell.cohort)
    if cell.of_group and query.by is not None:
        fits &= _of_value(journeys, query.by, found.entry, found.journey, cell.group)
    if cell.period is not None:
        row = np.arange(len(found.journey))
        came = retention_counts.returns(journeys, query, found, row, len(row))
        fits &= (came[:, cell.period] > 0) == cell.returned
    return _marked(journeys, found.journey[fits])


def of_persona(journeys: Journeys, query: persona_shares.Query, cell: PersonaCell) -> Bools:
    """Journeys in which the rule of a persona holds, or that of none."""
    held, there = persona_shares.described(journeys.trimmed(), query)
    if cell.persona is None:
        return there & ~held.any(axis=0)
    fits: Bools = there
    for name in (cell.persona, cell.other):
        if name is not None:
            _check(name in query.names, f"persona {name!r}", ", ".join(query.names))
            fits = fits & held[query.names.index(name)]
    return fits


def of_deviation(journeys: Journeys, query: conformance.Query, cell: ConformanceCell) -> Bools:
    """Journeys that deviate so."""
    return conformance.deviating(journeys, query, cell.kind, cell.name)


def of_moment(journeys: Journeys, query: moments.Query, cell: MomentCell) -> Bools:
    """Journeys for which the touchpoint went so. CellUnknown where the map has no such one."""
    known = {point.key for point in query.journey_map.touchpoints}
    named = {cell.contrast.touchpoint, *cell.contrast.stands, cell.contrast.reply} - {""}
    _check(named <= known, ", ".join(sorted(named - known)), "the touchpoints of the map")
    return moments.standing(journeys, query, cell.contrast, went=cell.went)


def of_pain(journeys: Journeys, query: pains.Query, cell: PainCell) -> Bools:
    """Journeys that meet the signal there; the query is settled."""
    return pains.hurting(journeys, query, cell.signal, cell.touchpoint)


def of_ending(journeys: Journeys, query: endings.Query, cell: EndingsCell) -> Bools:
    """Journeys in the state, or those that left for the reason. Raises CellUnknown."""
    stages = query.journey_map.stages
    _check(len(cell.counted.stages) == len(stages), "such stages", f"{len(stages)} stages")
    if cell.state is not None:
        return endings.in_state(journeys, query, cell.counted, cell.state)
    concern = cell.concern
    _check(concern is not None, "figure of neither", "states and reasons")
    assert concern is not None  # noqa: S101 - checked
    known = {point.key for point in query.journey_map.touchpoints}
    named = {concern.place, concern.act}
    _check(named <= known, ", ".join(sorted(named - known)), "the touchpoints of the map")
    return endings.concerned(journeys, query, cell.counted, concern)


def _check(there: bool, asked: str, has: str) -> None:  # noqa: FBT001
    if not there:
        raise CellUnknown(f"The answer has no {asked}.", hint=f"It has {has}.")


def _code(journeys: Journeys, name: str | None) -> int:
    return NO_CODE if name is None else journeys.code_of.get(name, NO_CODE)


def _of_value(journeys: Journeys, by: str, at: I64, owner: I64, value: str | None) -> Bools:
    number, names = values_at(journeys, by, at, owner)
    wanted = np.array([name == value for name in names], np.bool_)
    return wanted[number]


def _marked(journeys: Journeys, which: I64) -> Bools:
    marked: Bools = np.zeros(len(journeys), np.bool_)
    marked[which] = True
    return marked


SELECTS: Mapping[type, Callable[[Journeys, Any, Any], Bools]] = {
    TransitionCell: of_transition,
    VariantCell: of_variant,
    FunnelCell: of_funnel,
    PathCell: of_path,
    TouchpointCell: of_touchpoint,
    PositionCell: of_position,
    RetentionCell: of_retention,
    ConformanceCell: of_deviation,
    MomentCell: of_moment,
    PainCell: of_pain,
    PersonaCell: of_persona,
    EndingsCell: of_ending,
}
"""How the journeys of each kind of cell are found."""


def is_settled(query: Any) -> bool:
    """Whether the first of two looks has been taken."""
    return query.settled is not None


LOOKS: Mapping[type, Any] = {PainCell: pains}
"""Analyses that look twice: what the first look settles must be known before a cell is found."""
