"""Worlds made by other rules than those of `desireline.sim`, where less speaks for the stages.

They share no code with the simulator, so that discovery is not only tested on its own picture of
the world. Slow and plain: one person after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.engine.factories import journeys_of

from desireline.engine.journeys import Journeys
from desireline.sim.truth import PlantedTouchpoint, Truth


@dataclass(frozen=True)
class Kind:
    """How persons move: chances after each touchpoint, and how waits differ."""

    sizes: tuple[int, ...] = (3, 4, 3, 3, 2)
    leave: float = 0.03
    leave_end: float = 0.1
    """Chance to leave at the end of a stage."""
    back: float = 0.08
    """Chance to go back within the stage, to any place."""
    across: float = 0.01
    """Chance to go back to an earlier stage."""
    skip: float = 0.08
    again: float = 0.0
    """Chance to begin anew in the first half, at the end of the way."""
    midway: float = 0.0
    """Share of persons who are first seen somewhere in the first half."""
    contrast: float = 30.0
    """Times longer the wait between stages is than within the next one."""
    slow: int = 0
    """Touchpoints before which the wait is twenty times as long, wherever they stand."""
    noise: float = 0.1
    """Chance of a noise event after each touchpoint, again and again."""
    hourly: float = 0.0
    """Noise events in an hour, even in time, instead."""


KINDS = {
    "no other structure than waits": Kind(leave=0.05, leave_end=0.05, back=0.0, across=0.0),
    "waits only 3 times longer": Kind(contrast=3.0),
    "no longer waits at all": Kind(contrast=1.0, back=0.3, leave_end=0.3),
    "slow steps within stages": Kind(slow=2),
    "two stages": Kind(sizes=(5, 6)),
    "seven stages": Kind(sizes=(2, 3, 3, 2, 4, 3, 3)),
    "stages of one and of seven": Kind(sizes=(1, 7, 2, 5, 1)),
    "going back over stages": Kind(across=0.12, back=0.15),
    "starting anew": Kind(again=0.4),
    "seen from the middle": Kind(midway=0.35),
    "noise even in time": Kind(noise=0.0, hourly=0.1),
}


def hard_world(seed: int, kind: str, persons: int = 1500) -> tuple[Journeys, Truth]:
    """Journeys of a kind, and what was planted in them."""
    dice = np.random.default_rng([seed, *kind.encode()])
    plan = KINDS[kind]
    places = sum(plan.sizes)
    stage = np.repeat(np.arange(len(plan.sizes)), plan.sizes)
    names = [f"e{n}" for n in dice.permutation(900)[: places + 3]]
    pace = np.exp(dice.normal(np.log(600), 1.0, len(plan.sizes)))
    slow = set(dice.permutation(places)[: plan.slow].tolist())
    skippable = dice.random(places) < 0.5
    walker = Walker(plan, dice, stage, pace, slow, skippable, names)
    touchpoints = [PlantedTouchpoint(names[p], p, int(stage[p])) for p in range(places)]
    truth = Truth(
        shape=kind,
        seed=seed,
        persons=persons,
        touchpoints=tuple(touchpoints),
        stages=tuple(f"stage {s}" for s in range(len(plan.sizes))),
        noise=tuple(names[places:]),
        outcomes=(names[places - 1],),
    )
    return journeys_of([walker.walk() for _ in range(persons)]), truth


@dataclass(frozen=True)
class Walker:
    """One world ready to be walked."""

    plan: Kind
    dice: np.random.Generator
    stage: np.ndarray[tuple[int], np.dtype[np.int64]]
    pace: np.ndarray[tuple[int], np.dtype[np.float64]]
    slow: set[int]
    skippable: np.ndarray[tuple[int], np.dtype[np.bool_]]
    names: list[str]

    def walk(self) -> list[tuple[str, float]]:
        """The events of one person: name and second."""
        places, time, before = len(self.stage), 0.0, -1
        half = max(places // 2, 2)
        place = int(self.dice.integers(1, half)) if self.dice.random() < self.plan.midway else 0
        events: list[tuple[str, float]] = []
        while 0 <= place < places and len(events) < 300:
            time += self._wait(before, place)
            events.append((self.names[place], time))
            while self.dice.random() < self.plan.noise:
                time += self.dice.exponential(60)
                events.append((self._noise(), time))
            before, place = place, self._next(place)
        return sorted([*events, *self._even_noise(events)], key=lambda event: event[1])

    def _wait(self, before: int, place: int) -> float:
        if before < 0:
            return 0.0
        crossing = self.stage[before] != self.stage[place]
        median = self.pace[self.stage[place]] * (self.plan.contrast if crossing else 1)
        return float(self.dice.lognormal(np.log(median * (20 if place in self.slow else 1)), 0.8))

    def _next(self, place: int) -> int:
        """The next place; -1 for the end."""
        plan, last = self.plan, len(self.stage) - 1
        first = int(np.searchsorted(self.stage, self.stage[place]))
        at_end = place == last or self.stage[place + 1] != self.stage[place]
        if self.dice.random() < (plan.leave_end if at_end else plan.leave):
            return -1
        chance = self.dice.random()
        if chance < plan.back and place > first:
            return int(self.dice.integers(first, place))
        if plan.back <= chance < plan.back + plan.across and first > 0:
            return int(self.dice.integers(0, first))
        if place == last:
            return int(self.dice.integers(0, last // 2)) if self.dice.random() < plan.again else -1
        place += 1
        while place < last and self.skippable[place] and self.dice.random() < plan.skip:
            place += 1
        return place

    def _noise(self) -> str:
        return self.names[len(self.stage) + int(self.dice.integers(3))]

    def _even_noise(self, events: list[tuple[str, float]]) -> list[tuple[str, float]]:
        span = events[-1][1]
        count = min(int(self.dice.poisson(self.plan.hourly * span / 3600)), 60)
        return [(self._noise(), float(self.dice.random() * span)) for _ in range(count)]
