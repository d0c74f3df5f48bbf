"""What conformance answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share

DeviationKind: TypeAlias = Literal[
    "ad_hoc", "out_of_order", "repeated", "wrong_branch", "missing", "failed", "late", "early"
]


@dataclass(frozen=True)
class Effect:
    """The outcome of journeys that deviate beside that of like journeys that do not.

    Like are journeys that passed the same touchpoint or got beyond the same place, and came by the
    same channel first. The outcome of these is weighted as if they stood where the deviating ones
    stand. An association: whoever deviates may differ in what the log does not say.
    """

    n: int
    """Deviating journeys for whom there are like ones."""
    like: int
    """The others, in the strata in which there are deviating ones."""
    with_deviation: float
    without: float
    difference: float
    low: float
    high: float
    q: float
    """The level at which it still counts as found among all deviations of the map."""
    more: int
    """Further journeys that would be needed to show a difference of this size; 0: none."""

    @property
    def verdict(self) -> Literal["harms", "helps", "undecided"]:
        """What may be said at a false discovery rate of 5 %."""
        if self.q > 0.05:
            return "undecided"
        return "harms" if self.difference < 0 else "helps"


@dataclass(frozen=True)
class Count:
    """How often, by a name."""

    name: str | None
    count: int


@dataclass(frozen=True)
class Deviation:
    """What journeys did beside the plan, in one way at one touchpoint."""

    kind: DeviationKind
    touchpoint: str | None
    """None for an event that no touchpoint means."""
    event: str | None
    """The event type of such an event."""
    name: str
    """What people call it: the touchpoint's name, else the event type."""
    department: str | None
    journeys: Share
    """Of all journeys; of what is missing, those that went on without it."""
    left: int
    """Journeys that ended before the place of what is missing."""
    events: int
    outcome: Share | None
    effect: Effect | None
    """None without an outcome, or where no journey is like those that deviate."""
    after: tuple[Count, ...]
    """The touchpoints passed last, the most frequent first; None at the start."""
    channels: tuple[Count, ...]
    """Events by channel; of what is missing, the channel of the event that came instead."""
    periods: tuple[Count, ...]
    """Events by the day on which their period begins (ISO 8601), in order."""


@dataclass(frozen=True)
class Step:
    """A stop of a way: its touchpoint, and whether it fits the plan."""

    touchpoint: str
    fits: bool


@dataclass(frozen=True)
class Way:
    """A distinct way by its stops, without strangers, and what it is worth."""

    steps: tuple[Step, ...]
    cost: int
    journeys: Share
    outcome: Share | None


@dataclass(frozen=True, eq=False)
class Conformance(Result):
    """How far walked journeys follow the map, where they leave it, and what that costs."""

    cases: int
    """Journeys with at least one event that counts."""
    events: int
    set_aside: int
    """Journeys that are too long for a plan with a stage in any order."""
    cost: int
    """Of all journeys together."""
    fitting: Share
    """Journeys that follow the plan to its end."""
    fitness: float | None
    """Mean over journeys of 1 - cost / worst cost (the events, and the shortest way through)."""
    log_fitness: float | None
    """1 - cost of all / worst cost of all."""
    fitness_walked: float | None
    """As `fitness`, without the required touchpoints behind the last one that was reached."""
    precision: float | None
    """Of what the plan allows where journeys go on, how much was done; None without any."""
    base: Share | None
    """Of all journeys, those with the outcome."""
    deviations: tuple[Deviation, ...]
    """Most journeys first."""
    ways: tuple[Way, ...]
    """The most frequent ways."""
    desire_lines: tuple[Way, ...]
    """The most frequent of those that leave the plan, and do not only end before it does."""

    def of(self, kind: DeviationKind, name: str) -> Deviation | None:
        """The deviation of a kind at a touchpoint or of an event type, if there is one."""
        for found in self.deviations:
            if found.kind == kind and name in (found.touchpoint, found.event):
                return found
        return None

    def rows(self) -> list[dict[str, Any]]:
        """One row a deviation."""
        return [
            {
                "kind": d.kind,
                "touchpoint": d.touchpoint,
                "event": d.event,
                "name": d.name,
                "department": d.department,
                "journeys": d.journeys.count,
                "share": d.journeys.share,
                "left": d.left,
                "events": d.events,
                "outcome": None if d.outcome is None else d.outcome.share,
                "difference": None if d.effect is None else d.effect.difference,
                "low": None if d.effect is None else d.effect.low,
                "high": None if d.effect is None else d.effect.high,
            }
            for d in self.deviations
        ]
