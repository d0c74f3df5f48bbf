"""A signal at a touchpoint before it is told, and all of a map held against chance at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desireline.engine.analyses.shares import Z_95
from desireline.engine.differences.intervals import Apart, at_once
from desireline.engine.pains.query import Suspect
from desireline.engine.pains.result import Aim, Effect
from desireline.engine.pains.signals import Signal

FOUND = 0.05
"""The false discovery rate."""
LEAST_AT_PLACE = 30
"""Fewer journeys say nothing about how many meet something at a place, or leave it."""
ROUNDING = 1e-12


@dataclass(frozen=True)
class Judged:
    """A signal at a touchpoint, before it is told."""

    signal: Signal
    touchpoint: int
    aim: Aim | None
    people: int
    of: int
    effect: Effect | None = None
    p: float = 1.0
    harm: float = 0.0
    error: float = math.inf
    """The standard error of the difference."""
    weight: float = 1.0
    """What a person who meets the signal costs, in parts of the difference."""
    goes_with: Suspect | None = None
    """The pain that explains why it looked like one."""

    @property
    def tested(self) -> bool:
        """Whether it was compared."""
        return self.effect is not None and math.isfinite(self.error)


def error_of(found: Apart) -> float:
    """The standard error of a difference, by its interval."""
    return max((found.high - found.low) / (2 * Z_95), 1e-9)


def all_at_once(every: list[Judged]) -> list[Judged]:
    """The same with the level at which each still counts as found among all that were tested."""
    levels = iter(at_once([one.p for one in every if one.tested]))
    return [_with_level(one, next(levels)) if one.tested else one for one in every]


def _with_level(one: Judged, q: float) -> Judged:
    assert one.effect is not None  # noqa: S101 - it was tested
    enough = q <= FOUND or abs(one.effect.difference) < ROUNDING
    return replace(one, effect=replace(one.effect, q=q, more=0 if enough else one.effect.more))
