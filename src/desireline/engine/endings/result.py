"""What the analysis answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share
from desireline.engine.endings.query import EndKind
from desireline.engine.endings.rhythm import Rhythm
from desireline.engine.endings.settled import ReasonKind
from desireline.engine.endings.states import State

LEVEL = 0.05
Verdict: TypeAlias = Literal["found", "undecided"]


@dataclass(frozen=True)
class Difference:
    """How many leave with something, beside how many of the like leave without it."""

    n: int
    left: int
    like: int
    with_it: float
    without: float
    difference: float
    low: float
    high: float
    q: float
    """The level at which it still counts as found among all that was asked."""
    more: int
    """Further persons who would be needed to show a difference of this size; 0: none."""


@dataclass(frozen=True)
class ForWhom:
    """The same among persons of one kind."""

    property: str
    value: str
    difference: Difference
    stronger: bool
    """Whether it is sure to weigh more here than among all others."""


@dataclass(frozen=True)
class Reason:
    """Something that the company did, did late or left undone, and how many more leave for it."""

    kind: ReasonKind
    place: str
    """The touchpoint at which it is asked: the step."""
    act: str
    """The touchpoint that lacks, is late, or should not be."""
    place_name: str
    act_name: str
    phase: Literal["winning", "keeping"]
    """Whether most at that step have not had the map's outcome yet, or have."""
    bound_seconds: float | None
    """A wait."""
    bound_mark: float | None
    effect: Difference
    lost: float
    """How many leave who otherwise would not, as far as the like are alike."""
    lost_low: float
    lost_high: float
    verdict: Verdict
    for_whom: tuple[ForWhom, ...]
    """Kinds of persons, those for whom it weighs most first."""


@dataclass(frozen=True)
class Driver:
    """Something known of persons who come to a stage, and how many of them leave."""

    stage: str
    kind: Literal["passed", "channel", "property"]
    name: str
    value: str
    base: Share
    """Of all who come to the stage, those who leave."""
    share: Share
    """Of these."""
    lift: float | None
    difference: float
    """Beside all others at the stage."""
    low: float
    high: float
    q: float


@dataclass(frozen=True)
class Point:
    """A curve so many days after."""

    day: float
    share: float
    low: float
    high: float
    hazard: float
    """Cumulative, of this kind of end alone."""
    at_risk: int


@dataclass(frozen=True)
class Curve:
    """The chance that a kind of end comes within so many days, and no other before."""

    kind: EndKind
    events: int
    points: tuple[Point, ...]
    median_days: float | None
    """Of those to whom it happened."""

    def at(self, day: float) -> Point:
        """The last point that is told up to a day."""
        return max((p for p in self.points if p.day <= day + 1e-9), key=lambda p: p.day)


@dataclass(frozen=True)
class Place:
    """What comes after the first time at a touchpoint, or in a stage."""

    key: str
    is_stage: bool
    n: int
    left: Share | None
    """Those who leave soon after, of those of whom that is known; of touchpoints only."""
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class LastPlace:
    """Where journeys end that have ended."""

    touchpoint: str | None
    """None: at an event that no touchpoint means."""
    said: int
    """Of these, an event says that it is over."""
    silent: int


@dataclass(frozen=True)
class StateCount:
    """Persons in a state."""

    state: State
    count: int


@dataclass(frozen=True)
class Month:
    """Where persons stand as a month ends."""

    month: str
    """Its first day."""
    states: tuple[StateCount, ...]


@dataclass(frozen=True)
class Move:
    """From the end of one month to the end of the next."""

    month: str
    source: State | None
    """None: nobody had seen them yet."""
    target: State
    count: int


@dataclass(frozen=True)
class Explained:
    """Of those who left at a place where a reason was found: how many it concerned, by reason."""

    left: int
    """All who have left."""
    by_reason: tuple[int, ...]
    """In the order of the reasons found, each person once, by the gravest that concerned her."""
    unknown: int


@dataclass(frozen=True, eq=False)
class Endings(Result):
    """Why they leave, and when they come back."""

    journeys: int
    as_of: str
    rhythm: Rhythm
    """Of the whole map."""
    rhythms: tuple[Rhythm, ...]
    """Of each stage; where a stage says too little, that of the whole map."""
    kinds: tuple[EndKind, ...]
    asked: int
    """How many suspicions were put to the test; `q` is among these."""
    reasons: tuple[Reason, ...]
    """Those found first (`reasons.graver` says in which order); then the undecided ones."""
    explained: Explained
    drivers: tuple[Driver, ...]
    places: tuple[Place, ...]
    last_places: tuple[LastPlace, ...]
    states: tuple[StateCount, ...]
    months: tuple[Month, ...]
    moves: tuple[Move, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a reason."""
        return [
            {
                "kind": r.kind,
                "place": r.place,
                "act": r.act,
                "phase": r.phase,
                "n": r.effect.n,
                "leave": r.effect.with_it,
                "like": r.effect.like,
                "like_leave": r.effect.without,
                "difference": r.effect.difference,
                "low": r.effect.low,
                "high": r.effect.high,
                "q": r.effect.q,
                "lost": r.lost,
                "verdict": r.verdict,
                "more": r.effect.more,
            }
            for r in self.reasons
        ]

    @property
    def found(self) -> tuple[Reason, ...]:
        """The reasons that are sure, the gravest first."""
        return tuple(r for r in self.reasons if r.verdict == "found")
