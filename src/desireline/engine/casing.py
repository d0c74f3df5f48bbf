"""What makes one journey: a person, a value of a column, or a session ended by a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from numbers import Real

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map.case_by import CaseBy
from desireline.engine.journeys import (
    F64,
    I32,
    I64,
    MICROSECONDS,
    Bools,
    Column,
    Ids,
    Journeys,
    Mask,
    Provenance,
    name_order,
)
from desireline.engine.kernels.sessions import cut

__all__ = ["CaseBy", "CaseByImpossible", "recased"]


MOST_SECONDS = 1e12
"""32,000 years: more seconds are not counted in int64 microseconds."""

OWNER, KEPT = "\0owner", "\0kept"
"""Names, which no file can have, of what is carried along while events are sorted anew."""


class CaseByImpossible(DesirelineError):
    """Journeys cannot be made in the way that was asked for."""


def recased(journeys: Journeys, case_by: CaseBy) -> Journeys:
    """The same events as other journeys. `case_by` speaks of journeys that are persons.

    `person` leaves them as they are. `session` cuts each where a wait is longer than `gap_seconds`;
    the arrays of events are shared, filters stay in force and do not move a cut. `column` makes a
    journey of all events with the same entry in a property, of one person or of several (so parts
    must be joined before). That sorts the events anew, those of one moment by the names of their
    persons, leaves out those without an entry, and notes how many. Traits follow: a session has
    those of its person, a case those of the person of its first event. Raises CaseByImpossible.
    """
    if case_by.kind == "person":
        return journeys
    if journeys.person is not None:
        raise CaseByImpossible(
            "These journeys are sessions already, so they cannot be cut again.",
            hint="Start from the journeys of persons.",
        )
    if case_by.kind not in CASES:
        raise CaseByImpossible(
            f"Journeys are not made by {case_by.kind!r}.",
            hint=f"The kinds are: person, {', '.join(CASES)}.",
        )
    return CASES[case_by.kind](journeys, case_by)


def _by_session(journeys: Journeys, case_by: CaseBy) -> Journeys:
    gap = case_by.gap_seconds
    if not isinstance(gap, Real) or not 0 < gap <= MOST_SECONDS:
        raise CaseByImpossible(
            f"A session ends after a gap in seconds above 0, not after {gap!r}.",
            hint="Half an hour, 1800, is usual on the web.",
        )
    start: I64 = np.empty(journeys.n_events, np.int64)
    owner: I32 = np.empty(journeys.n_events, np.int32)
    n = cut(journeys.offset, journeys.time, round(gap * MICROSECONDS), start, owner)
    of = owner[:n].copy()
    mask = journeys.mask
    return replace(
        journeys,
        offset=np.append(start[:n], journeys.offset[-1]),
        person=of + np.int32(journeys.first),
        first=0,
        traits=_chosen(journeys.traits, of),
        mask=None if mask is None else Mask(mask.event, mask.journey[of]),
    )


def _by_column(journeys: Journeys, case_by: CaseBy) -> Journeys:
    column = journeys.columns.get(case_by.column or "")
    if column is None:
        raise CaseByImpossible(
            f"There is no column {case_by.column!r} to make journeys by.",
            hint=f"Columns that were read along: {', '.join(journeys.columns) or 'none'}.",
        )
    case, ids = _cases(column)
    part = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    chosen = np.flatnonzero(case[part] >= 0) + part.start
    made = _by_name(build(_taken(journeys, chosen, case, ids)), journeys)
    owner, kept = (_numbers(made.columns[name]) for name in (OWNER, KEPT))
    walker = owner[made.offset[:-1]].astype(np.int32)
    return replace(
        made,
        columns={name: c for name, c in made.columns.items() if name not in {OWNER, KEPT}},
        traits=_chosen(journeys.traits, walker),
        mask=None if journeys.mask is None else _mask(made.offset, kept > 0),
        provenance=_noted(journeys, case_by, journeys.n_events - len(chosen)),
    )


def _by_name(made: Journeys, journeys: Journeys) -> Journeys:
    """Events of one moment in the order of the names of their persons."""
    if not made.ordered_by_time:
        return made
    case = np.repeat(np.arange(len(made)), np.diff(made.offset))
    owner = _numbers(made.columns[OWNER]).astype(np.int64)
    fresh = np.append([True], (np.diff(made.time) != 0) | (np.diff(case) != 0))[: len(case)]
    moment = np.cumsum(fresh)
    meeting = moment[1:][~fresh[1:] & (np.diff(owner) != 0)]
    if not len(meeting):
        return made
    at = np.flatnonzero(np.isin(moment, meeting))
    order = np.arange(len(case))
    order[at] = at[np.lexsort((at, _ranks(owner[at], journeys), moment[at]))]
    arrays = ("code", "channel", "actor", "value")
    held = {name: getattr(made, name) for name in arrays}
    moved = {name: array[order] for name, array in held.items() if array is not None}
    return replace(made, columns=_chosen(made.columns, order), **moved)


def _ranks(owner: I64, journeys: Journeys) -> I64:
    """The place of each one's name among those of all of them."""
    distinct, which = np.unique(owner, return_inverse=True)
    names = [name_order(journeys.ids[journeys.person_index(j)]) for j in distinct.tolist()]
    rank: I64 = np.empty(len(names), np.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return rank[which]


def _mask(offset: I64, kept: Bools) -> Mask:
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    return Mask(kept, np.diff(before[offset]) > 0)


def _noted(journeys: Journeys, case_by: CaseBy, left_out: int) -> Provenance:
    old = journeys.provenance
    if not left_out:
        return old
    note = f"Events without {case_by.column} belong to no journey and were left out: {left_out:,}."
    return replace(old, notes=(*old.notes, note))


def _cases(column: Column) -> tuple[I64, Ids]:
    """The case of each event (-1: none) and the names of the cases."""
    if column.numbers is None:
        assert column.codes is not None  # noqa: S101 - a Column holds one of the two
        return column.codes.astype(np.int64), Ids.of(column.values)
    known = ~np.isnan(column.numbers)
    values, found = np.unique(column.numbers[known], return_inverse=True)
    case: I64 = np.full(len(known), -1, np.int64)
    case[known] = found
    return case, Ids.of([f"{v:.0f}" if v.is_integer() else repr(v) for v in values.tolist()])


def _taken(journeys: Journeys, chosen: I64, case: I64, ids: Ids) -> EventColumns:
    """The chosen events for building, and with each who walked it and whether a filter keeps it."""
    owner = np.repeat(np.arange(len(journeys)), np.diff(journeys.offset))
    owner = owner[chosen - journeys.offset[0]]
    kept = np.ones(len(chosen), np.bool_)
    if journeys.mask is not None:
        kept = journeys.mask.event[chosen] & journeys.mask.journey[owner]
    carried = {OWNER: Column(numbers=owner.astype(np.float64))}
    carried[KEPT] = Column(numbers=kept.astype(np.float64))
    # Where time does not decide the sequence, the place in the arrays does, journey by journey.
    sequence = () if journeys.ordered_by_time else (np.arange(len(chosen), dtype=np.int64),)
    return EventColumns(
        case=case[chosen],
        ids=ids,
        time=journeys.time[chosen],
        code=journeys.code[chosen],
        events=journeys.events,
        channel=None if journeys.channel is None else journeys.channel[chosen],
        channels=journeys.channels,
        actor=None if journeys.actor is None else journeys.actor[chosen],
        actors=journeys.actors,
        value=None if journeys.value is None else journeys.value[chosen],
        columns={**_chosen(journeys.columns, chosen), **carried},
        order=sequence,
    )


def _numbers(column: Column) -> F64:
    assert column.numbers is not None  # noqa: S101 - made so in _taken
    return column.numbers


def _chosen(columns: Mapping[str, Column], at: I64 | I32) -> dict[str, Column]:
    return {
        name: Column(
            None if column.codes is None else column.codes[at],
            column.values,
            None if column.numbers is None else column.numbers[at],
        )
        for name, column in columns.items()
    }


CASES = {"session": _by_session, "column": _by_column}
"""How journeys are made for each kind that changes them."""
