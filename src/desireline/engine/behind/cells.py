"""The addresses of figures, one form for each analysis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desireline.engine.conformance import DeviationKind
from desireline.engine.endings import Concern, Counted, State
from desireline.engine.errors import DesirelineError
from desireline.engine.moments import Contrast
from desireline.engine.pains import Signal


class CellUnknown(DesirelineError):
    """An answer has no figure at this address."""


@dataclass(frozen=True)
class TransitionCell:
    """The journeys that take a step; from None they start with it, to None they end with it."""

    source: str | None
    target: str | None


@dataclass(frozen=True)
class VariantCell:
    """The journeys that are this very sequence of events."""

    events: tuple[str, ...]


@dataclass(frozen=True)
class FunnelCell:
    """The journeys that reached a step (from 0), or went no further than it and did not convert."""

    step: int
    did: Literal["reached", "dropped"] = "reached"
    of_group: bool = False
    group: str | None = None
    """With `of_group`, only those with this value at the first step; None is unknown."""


@dataclass(frozen=True)
class PathCell:
    """The journeys with an anchor that these events follow, or precede, directly.

    A last event of None: the path ends there.
    """

    side: Literal["after", "before"]
    events: tuple[str | None, ...]


TouchpointFigure: TypeAlias = Literal["reach", "exit", "loop", "outcome", "starts", "ends"]


@dataclass(frozen=True)
class TouchpointCell:
    """The journeys that a figure of a touchpoint counts."""

    event: str
    figure: TouchpointFigure = "reach"


@dataclass(frozen=True)
class PositionCell:
    """The open journeys, all of them or those that stand at an event."""

    event: str | None = None


@dataclass(frozen=True)
class ConformanceCell:
    """The journeys that deviate from a map in one way, at a touchpoint or by an event type."""

    kind: DeviationKind
    name: str


@dataclass(frozen=True)
class MomentCell:
    """The journeys for which a touchpoint went well, or did not, as one contrast has it."""

    contrast: Contrast
    went: bool


@dataclass(frozen=True)
class PainCell:
    """The journeys that meet a signal at a touchpoint."""

    signal: Signal
    touchpoint: str


@dataclass(frozen=True)
class EndingsCell:
    """The journeys in a state, or those that left where a reason concerned them.

    `counted` says by which silences, so that who comes in the meantime moves nobody.
    """

    counted: Counted
    state: State | None = None
    concern: Concern | None = None


@dataclass(frozen=True)
class RetentionCell:
    """Those who began, in one cohort or in all, and came back in a period, or did not."""

    cohort: dt.date | None = None
    """The first day of the cohort's period."""
    period: int | None = None
    returned: bool = True
    of_group: bool = False
    group: str | None = None


@dataclass(frozen=True)
class PersonaCell:
    """Persons whom a persona describes, and another too; None: whom no persona describes."""

    persona: str | None
    other: str | None = None


Cell: TypeAlias = (
    TransitionCell
    | VariantCell
    | FunnelCell
    | PathCell
    | TouchpointCell
    | PositionCell
    | RetentionCell
    | ConformanceCell
    | MomentCell
    | PainCell
    | PersonaCell
    | EndingsCell
)
