"""Where one person stands on a map, and which of the reasons that were found she met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.endings.first_look import previous_own
from desireline.engine.endings.query import Query
from desireline.engine.endings.standing import (
    Concern,
    Counted,
    settled_by,
    suspicion_of,
    until,
)
from desireline.engine.endings.states import NOT_YET, STATES, State, states_at
from desireline.engine.endings.units import leaving_of, units_of
from desireline.engine.endings.walks import Walks, walks_of
from desireline.engine.journeys import Journeys


@dataclass(frozen=True)
class PersonQuery:
    """A person by number; the question that was answered, and what its answer said."""

    of: Query
    counted: Counted
    concerns: tuple[Concern, ...]
    """The reasons that were found."""
    person: int


@dataclass(frozen=True)
class Met:
    """A reason that concerned her."""

    concern: int
    """Its place among those asked about."""
    at: int
    """Microseconds since 1970: when she came to the step."""
    left_there: bool
    """Whether her journey ended there; else she went on."""


@dataclass(frozen=True)
class Ending(Result):
    """How one person's journey of a map stands, and why it ended as far as that is known."""

    state: State | None
    """None: she has no journey of this map."""
    ended_at: int | None = None
    """Microseconds since 1970: her last sign, where the journey has ended."""
    place: str | None = None
    """The touchpoint at which it ended; None: at an event that no touchpoint means."""
    said: bool = False
    """Whether an event says that it is over; else a silence does."""
    met: tuple[Met, ...] = ()
    """In the order of the reasons asked about."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a reason that she met."""
        return [vars(one) for one in self.met]


def partial(journeys: Journeys, query: PersonQuery) -> Ending:
    """Her ending, where she is in this shard. Raises what telling in the words of a map raises."""
    numbers = journeys.ids.integers
    nobody = Ending(None)
    if numbers is None:
        return nobody
    mine = numbers[journeys.first : journeys.first + len(journeys)] == query.person
    if not mine.any():
        return nobody
    at = int(np.flatnonzero(mine)[0])
    walks = walks_of(journeys.between(at, at + 1), until(query.of, query.counted))
    return _ending(walks, query) if len(walks.journey) else nobody


def merge(a: Ending, b: Ending) -> Ending:
    """A person is in one shard only."""
    return b if a.state is None else a


def finish(partial: Ending, query: PersonQuery) -> Ending:  # noqa: ARG001 - the protocol's
    """Her ending."""
    return partial


def _ending(walks: Walks, query: PersonQuery) -> Ending:
    settled = settled_by(query.of, query.counted)
    state = int(states_at(walks, settled, settled.as_of)[0])
    leaving, firsts = leaving_of(walks, settled), walks.firsts()
    met = []
    for number, concern in enumerate(query.concerns):
        units = units_of(walks, suspicion_of(walks, concern), firsts)
        rows = units.row[units.concerned].tolist()
        met += [Met(number, int(walks.time[row]), bool(leaving.left[row])) for row in rows]
    ended = int(leaving.ended[0])
    told = None if state == NOT_YET else STATES[state]
    if ended < 0:
        return Ending(told, met=tuple(met))
    said = bool("churn" in walks.ends and walks.ends["churn"][ended])
    place = int(previous_own(walks)[ended] if said else walks.code[ended])
    return Ending(
        state=told,
        ended_at=int(walks.time[ended]),
        place=walks.names[place] if place >= 0 else None,
        said=said,
        met=tuple(met),
    )
