"""The tables that describe a simulated world: steps, edges between them, noise and the calendar.

A walk is a semi-Markov chain with a memory: a person stands at a step, follows one of its edges
after a wait, and carries a set of facts (who she is, what has happened to her). Steps set and clear
facts, and edges may need them. Traits need no machinery of their own: they are silent steps at the
beginning that set a fact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from desireline.engine.journeys import F64

MINUTE = 60.0
HOUR = 3600.0
DAY = 86400.0
HOURS_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class Wait:
    """A log-normal wait in seconds, by its median and its ninth decile.

    `clock` names a row of the model's `clocks`: only arrivals at its hours are taken, by drawing
    again. With the clock `any` (the default) the two quantiles hold exactly.
    """

    p50: float
    p90: float
    clock: str = "any"


AT_ONCE = Wait(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Step:
    """A place where a person can stand. With an `event` it is seen in the log, else it is silent.

    `value` is (p50, p90) of an amount, log-normal. `score` is (mean, spread, lowest, highest) of
    marks, normal before they are rounded and cut.
    """

    name: str
    event: str = ""
    channels: Mapping[str, float] = field(default_factory=dict)
    """Share of each channel; persons have habits, so that one mostly takes the same again."""
    actor: str = "person"
    department: str = ""
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    value: tuple[float, float] | None = None
    score: tuple[float, float, int, int] | None = None
    repays: tuple[str, ...] = ()
    """The events of which the last amount is this step's amount too."""
    invites: bool = False
    """A friend comes after this step (see `Friends`)."""
    rewards: bool = False
    """The first visit of a friend to this step rewards the one who invited her."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from step `start` to step `to`; "" is the end of the journey.

    Open only to persons with all facts in `needs` and none in `without`. The chance is a weight
    among the edges that are open.
    """

    start: str
    to: str
    chance: float
    wait: Wait = AT_ONCE
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Friends:
    """Where invited friends begin, how long they take to come, and which step is the reward."""

    begin: str
    wait: Wait
    reward: str


@dataclass(frozen=True, slots=True)
class Noise:
    """Steps that anybody emits at any time: after each move, again and again with this chance."""

    chance: float
    shares: Mapping[str, float]
    """Share of each step (by name) among the noise."""
    within: float = math.inf
    """Longest time after the move in seconds."""


@dataclass(frozen=True, slots=True)
class Model:
    """A world as tables; tables.py turns it into arrays for the walk."""

    begin: str
    steps: tuple[Step, ...]
    edges: tuple[Edge, ...]
    begins_at: np.datetime64
    ends_at: np.datetime64
    """Nothing is seen from this time on."""
    noise: Noise | None = None
    friends: Friends | None = None
    eras: Mapping[str, np.datetime64] = field(default_factory=dict)
    """Facts that hold for everybody from a time on."""
    clocks: Mapping[str, F64] = field(default_factory=dict)
    """For each clock, 168 weights, one an hour of the week from Monday 0:00 (UTC)."""
    arrivals: F64 | None = None
    """Weight of each hour of the period as the beginning of a journey; None is evenly."""
    vocabulary: tuple[str, ...] = ()
    """Order of the event types in the log; by default as the steps name them."""

    def events(self) -> tuple[str, ...]:
        """The event types of the log in the order of their codes."""
        named = tuple(dict.fromkeys(step.event for step in self.steps if step.event))
        return self.vocabulary or named

    def undeclared(self) -> list[str]:
        """Names of steps that are used but not declared."""
        known = {step.name for step in self.steps} | {""}
        used = {self.begin} | {name for edge in self.edges for name in (edge.start, edge.to)}
        used |= set(self.noise.shares) if self.noise else set()
        used |= {self.friends.begin, self.friends.reward} if self.friends else set()
        return sorted(used - known)
