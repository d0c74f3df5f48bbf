"""The draft of a map as plain data: touchpoints in places and stages, what is left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desireline.engine.analyses.result import Result


@dataclass(frozen=True, slots=True)
class FoundTouchpoint:
    """A touchpoint with the numbers that speak for it."""

    name: str
    events: tuple[str, ...]
    """Event types that are this touchpoint: several where they are echoes of one act."""
    place: int
    """Number of its place in the order, from 0; what shares a place has no order of its own."""
    stage: int
    journeys: int
    """Journeys with it."""
    reach: float
    """The share of all journeys that is."""
    count: int
    """Its events."""
    passed: float
    """Of the journeys that came to its place or further: the share that has it."""
    optional: bool
    repeatable: bool
    alternative_to: int | None
    """Index of the touchpoint that it stands for."""
    any_order: bool
    """Whether it and others in its place come in any order."""
    dependence: float
    """Share of the uncertainty about it that the place on the way explains: 0 is noise."""
    agreement: float
    """Share of the pairs of first visits with another touchpoint that agree with the order."""
    reason: str


@dataclass(frozen=True, slots=True)
class FoundStage:
    """A stage, and how strongly its beginning stands out (None for the first stage)."""

    name: str
    wait: float | None = None
    """Times longer the wait before it is than within the stages beside it (geometric means)."""
    leave: float | None = None
    """Times more journeys leave there."""
    stay: float | None = None
    """Times fewer come back."""
    strength: float | None = None
    """The three together, in nats: the log of their product."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundOutcome:
    """The event types in which a journey reaches its goal, and why these."""

    events: tuple[str, ...]
    journeys: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOutType:
    """An event type that is no touchpoint of the draft: `why` is noise, rare or crowded."""

    event: str
    why: str
    reason: str
    journeys: int
    count: int


@dataclass(frozen=True)
class Draft(Result):
    """What discovery found. `rows` has one row an event type of the map."""

    touchpoints: tuple[FoundTouchpoint, ...]
    """In the map's order."""
    stages: tuple[FoundStage, ...]
    outcome: FoundOutcome | None
    left_out: tuple[LeftOutType, ...]
    contradicted: float
    """Share of all pairs of first visits that come the other way round than the draft says."""
    journeys: int
    events: int
    mapped_events: int
    """Events that are some touchpoint."""

    @property
    def order(self) -> tuple[str, ...]:
        """The event types of the map in its order."""
        return tuple(event for t in self.touchpoints for event in t.events)

    @property
    def place_of(self) -> dict[str, int]:
        """The place of each event type of the map."""
        return {event: t.place for t in self.touchpoints for event in t.events}

    @property
    def stage_of(self) -> dict[str, int]:
        """The number of the stage of each event type of the map."""
        return {event: t.stage for t in self.touchpoints for event in t.events}

    @property
    def noise(self) -> tuple[str, ...]:
        """The event types that were found to be noise."""
        return tuple(left.event for left in self.left_out if left.why == "noise")

    def rows(self) -> list[dict[str, Any]]:
        """One row an event type of the map: where it stands, and its numbers."""
        return [
            {
                "event": event,
                "touchpoint": t.name,
                "place": t.place,
                "stage": self.stages[t.stage].name,
                "reach": t.reach,
                "optional": t.optional,
                "repeatable": t.repeatable,
                "reason": t.reason,
            }
            for t in self.touchpoints
            for event in t.events
        ]
