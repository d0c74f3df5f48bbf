"""What a simulated world holds by construction, to compare with what is found in its events."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

import msgspec


@dataclass(frozen=True, slots=True)
class PlantedTouchpoint:
    """An event type that is a step of the journey."""

    name: str
    rank: int
    """Place in the canonical order; alternatives and steps in any order share a rank."""
    stage: int
    """Number of its stage, from 0."""
    optional: bool = False
    repeatable: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PlantedWait:
    """The wait from one touchpoint straight to the next, log-normal with these quantiles.

    With the clock `any` they hold exactly; another clock moves arrivals to its hours.
    """

    start: str
    to: str
    p50_seconds: float
    p90_seconds: float
    clock: str = "any"


@dataclass(frozen=True, slots=True)
class PlantedReason:
    """A reason for leaving: the chance to leave at `decision` with the cause and without it."""

    name: str
    cause: str
    decision: str
    leaves_with: float
    leaves_without: float
    persona: str = ""
    """The only persona whom it moves; "" is everybody."""

    @property
    def effect(self) -> float:
        """How much the cause adds to the chance to leave."""
        return self.leaves_with - self.leaves_without


@dataclass(frozen=True, slots=True)
class PlantedMoment:
    """A touchpoint that managers hold for a moment of truth, and whether it is one."""

    touchpoint: str
    is_moment_of_truth: bool
    outcome: str
    effect: float
    """What it adds to the chance of the outcome, all else equal."""
    confounder: str = ""
    """The hidden trait that makes people do both."""


@dataclass(frozen=True, slots=True)
class PlantedFix:
    """A change of the shop from a date on, in one region, with the other as control."""

    name: str
    touchpoint: str
    deployed: str
    """ISO date-time, UTC."""
    scope: str
    control: str
    before: dict[str, float]
    after: dict[str, float]
    effect: float
    """What it adds to the chance of staying, for those whom it reaches."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that was planted in a world; what does not apply to it is empty."""

    shape: str
    seed: int
    persons: int
    touchpoints: tuple[PlantedTouchpoint, ...]
    """In the canonical order."""
    stages: tuple[str, ...]
    noise: tuple[str, ...]
    """Event types that are no touchpoints."""
    outcomes: tuple[str, ...]
    """Event types in which a journey reaches its goal (or, with two outcomes, either end)."""
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Touchpoints of which a person passes one at a time, in the same place."""
    any_order: tuple[tuple[str, ...], ...] = ()
    """Touchpoints that persons pass in any order."""
    staff: tuple[str, ...] = ()
    """Event types in which staff note something of their own; no touchpoints either."""
    waits: tuple[PlantedWait, ...] = ()
    reasons: tuple[PlantedReason, ...] = ()
    moments: tuple[PlantedMoment, ...] = ()
    fixes: tuple[PlantedFix, ...] = ()
    personas: dict[str, float] | None = None
    rates: dict[str, float] | None = None
    """Chances at the decisions of the journey, by name."""

    @property
    def order(self) -> tuple[str, ...]:
        """Names of the touchpoints in the canonical order."""
        return tuple(t.name for t in self.touchpoints)

    @property
    def boundaries(self) -> tuple[int, ...]:
        """Positions in `order` at which a new stage begins (0 not among them)."""
        found = self.touchpoints
        return tuple(i for i in range(1, len(found)) if found[i].stage != found[i - 1].stage)

    def members(self, stage: int) -> tuple[str, ...]:
        """Names of the touchpoints of a stage."""
        return tuple(t.name for t in self.touchpoints if t.stage == stage)

    def to_dict(self) -> dict[str, Any]:
        """The truth as plain values for JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(asdict(self))
        return plain | {"order": list(self.order), "boundaries": list(self.boundaries)}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """The truth that `to_dict` made the values of. msgspec.ValidationError if it did not."""
        return msgspec.convert(plain, cls)
