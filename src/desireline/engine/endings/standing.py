"""Who stands behind a figure: in a state, or concerned by a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.endings.query import Query
from desireline.engine.endings.rhythm import Rhythm
from desireline.engine.endings.settled import ReasonKind, Settled, Suspicion
from desireline.engine.endings.states import STATES, State, states_at
from desireline.engine.endings.units import leaving_of, units_of
from desireline.engine.endings.walks import Walks, walks_of
from desireline.engine.journeys import MICROSECONDS, Bools, Journeys


@dataclass(frozen=True)
class Silence:
    """The days that a figure was counted by, of a stage or of the whole map."""

    silence_days: float
    risk_days: float
    within_days: float


@dataclass(frozen=True)
class Counted:
    """What a figure was counted by: when, and by which silences, as the answer told them."""

    as_of: int
    whole: Silence
    stages: tuple[Silence, ...]
    """One a stage of the map."""


@dataclass(frozen=True)
class Concern:
    """A reason by what it is; `bound` is a wait in seconds, or a mark."""

    kind: ReasonKind
    place: str
    act: str
    bound: float | None = None


def in_state(journeys: Journeys, query: Query, counted: Counted, state: State) -> Bools:
    """One bool a journey: whether it is in a state."""
    settled = settled_by(query, counted)
    walks = walks_of(journeys, until(query, counted))
    found: Bools = states_at(walks, settled, counted.as_of) == STATES.index(state)
    return found


def concerned(journeys: Journeys, query: Query, counted: Counted, concern: Concern) -> Bools:
    """One bool a journey: whether it left where this concerned it. KeyError without the place."""
    settled = settled_by(query, counted)
    walks = walks_of(journeys, until(query, counted))
    found = np.zeros(walks.n, np.bool_)
    if len(walks.journey):
        suspicion = suspicion_of(walks, concern)
        units, leaving = units_of(walks, suspicion, walks.firsts()), leaving_of(walks, settled)
        row = units.row[units.concerned]
        found[walks.journey[row[leaving.left[row] & leaving.seen[row]]]] = True
    return found


def suspicion_of(walks: Walks, concern: Concern) -> Suspicion:
    """What the second look asked for a reason. KeyError where the map has no such touchpoint."""
    bound = concern.bound or 0.0
    places = {key: number for number, key in enumerate(walks.names)}
    return Suspicion(
        kind=concern.kind,
        place=places[concern.place],
        act=places[concern.act],
        bound=bound if concern.kind == "low_score" else bound * MICROSECONDS,
    )


def until(query: Query, counted: Counted) -> Query:
    """The question as of the moment at which the figure was counted."""
    return replace(query, as_of=counted.as_of)


def settled_by(query: Query, counted: Counted) -> Settled:
    """The silences of a figure, as the looks go by them; nothing is suspected."""
    stages = query.journey_map.stages
    each = tuple(
        _rhythm(stage.key, silence) for stage, silence in zip(stages, counted.stages, strict=True)
    )
    return Settled(
        first=counted.as_of,
        as_of=counted.as_of,
        rhythm=_rhythm(None, counted.whole),
        rhythms=each,
        stage_of=tuple(n for n, stage in enumerate(stages) for _ in stage.touchpoints),
        suspicions=(),
        customers=(),
        kinds=(),
    )


def _rhythm(stage: str | None, told: Silence) -> Rhythm:
    return Rhythm(stage=stage, returns=0, open=0, given=True, known=True, **vars(told))
