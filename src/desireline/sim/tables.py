"""From a model to the arrays that the walk reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from desireline.engine.journeys import F64, I32, I64, MICROSECONDS, U8, Bools
from desireline.sim.model import HOURS_A_WEEK, Edge, Model, Step, Wait

NINTH_DECILE = 1.2815515655446004
"""The ninth decile of the standard normal distribution."""
END = -1


class Tables(NamedTuple):
    """A model as arrays. Facts are bits of an int64; times are microseconds."""

    first_edge: I32
    """Edges of step s are first_edge[s] : first_edge[s + 1]."""
    to: I32
    chance: F64
    median: F64
    spread: F64
    clock: U8
    needs: I64
    without: I64
    seen: Bools
    numbered: Bools
    sets: I64
    clears: I64
    invites: Bools
    rewards: Bools
    first_channel: I32
    channel: U8
    channel_until: F64
    """Cumulative share of each channel within its step."""
    noise: I32
    noise_until: F64
    noise_chance: float
    clocks: F64
    """Acceptance (0..1) of each hour of the week; row 0 takes every hour."""
    arrivals: F64
    """Cumulative share of journeys that begin by the end of each hour of the period."""
    era_time: I64
    era_fact: I64
    period: I64
    """Begin and end of what is seen."""
    begin: I64
    """Where persons begin; where friends begin; which step is a friend's reward."""
    friend_wait: F64


class Facts:
    """The bit of each fact, given out in the order in which facts are met."""

    def __init__(self) -> None:
        self.bit: dict[str, int] = {}

    def mask(self, names: Iterable[str]) -> int:
        """The sum of the bits of the names."""
        total = 0
        for name in names:
            total |= 1 << self.bit.setdefault(name, len(self.bit))
        if len(self.bit) > 63:
            raise OverflowError("A model may have at most 63 facts.")
        return total


def facts_of(model: Model) -> Facts:
    """The bits of all facts of a model."""
    facts = Facts()
    for step in model.steps:
        facts.mask(step.sets)
        facts.mask(step.clears)
    for edge in model.edges:
        facts.mask(edge.needs)
        facts.mask(edge.without)
    facts.mask(model.eras)
    return facts


def channels_of(model: Model) -> tuple[str, ...]:
    """The channels of the log; code 0 is unknown."""
    return ("", *dict.fromkeys(name for step in model.steps for name in step.channels))


def compiled(model: Model) -> Tables:
    """The arrays of a model. ModelIncomplete where it names a step that it does not declare."""
    model.check()
    facts = facts_of(model)
    number = {step.name: i for i, step in enumerate(model.steps)} | {"": END}
    edges = sorted(model.edges, key=lambda edge: number[edge.start])
    starts = np.array([number[edge.start] for edge in edges])
    clock_rows = {"any": 0} | {name: i + 1 for i, name in enumerate(model.clocks)}
    noise = model.noise.shares if model.noise else {}
    friends = model.friends
    return Tables(
        first_edge=np.searchsorted(starts, np.arange(len(model.steps) + 1)).astype(np.int32),
        to=np.array([number[edge.to] for edge in edges], np.int32),
        chance=np.array([edge.chance for edge in edges], np.float64),
        **_waits([edge.wait for edge in edges], clock_rows),
        needs=np.array([facts.mask(edge.needs) for edge in edges], np.int64),
        without=np.array([facts.mask(edge.without) for edge in edges], np.int64),
        **_steps(model.steps, facts),
        **_channels(model),
        noise=np.array([number[name] for name in noise], np.int32),
        noise_until=_until(list(noise.values())),
        noise_chance=model.noise.chance if model.noise else 0.0,
        clocks=np.stack([np.ones(HOURS_A_WEEK), *(c / c.max() for c in model.clocks.values())]),
        arrivals=_arrivals(model),
        era_time=np.array([_microseconds(at) for at in model.eras.values()], np.int64),
        era_fact=np.array([facts.mask([name]) for name in model.eras], np.int64),
        period=np.array([_microseconds(model.begins_at), _microseconds(model.ends_at)], np.int64),
        begin=np.array(
            [
                number[model.begin],
                number[friends.begin] if friends else END,
                number[friends.reward] if friends else END,
            ],
            np.int64,
        ),
        friend_wait=np.array(_wait(friends.wait) if friends else (0.0, 0.0)),
    )


def open_edges(model: Model, step: str, facts: Iterable[str]) -> dict[str, float]:
    """The chance of each next step for a person with these facts (the oracle of the walk)."""
    have = set(facts)
    able: list[Edge] = [
        e
        for e in model.edges
        if e.start == step and have >= set(e.needs) and not have & set(e.without)
    ]
    total = sum(edge.chance for edge in able)
    shares: dict[str, float] = {}
    for edge in able:
        shares[edge.to] = shares.get(edge.to, 0.0) + edge.chance / total
    return shares


def _wait(wait: Wait) -> tuple[float, float]:
    if wait.p50 == 0:
        return (0.0, 0.0)
    return (wait.p50 * MICROSECONDS, float(np.log(wait.p90 / wait.p50) / NINTH_DECILE))


def _waits(waits: list[Wait], clock_rows: dict[str, int]) -> dict[str, F64 | U8]:
    shapes = np.array([_wait(wait) for wait in waits], np.float64)
    return {
        "median": shapes[:, 0].copy(),
        "spread": shapes[:, 1].copy(),
        "clock": np.array([clock_rows[wait.clock] for wait in waits], np.uint8),
    }


def _steps(steps: tuple[Step, ...], facts: Facts) -> dict[str, Bools | I64]:
    return {
        "seen": np.array([bool(step.event) for step in steps]),
        "numbered": np.array([bool(step.value or step.score) for step in steps]),
        "sets": np.array([facts.mask(step.sets) for step in steps], np.int64),
        "clears": np.array([facts.mask(step.clears) for step in steps], np.int64),
        "invites": np.array([step.invites for step in steps]),
        "rewards": np.array([step.rewards for step in steps]),
    }


def _channels(model: Model) -> dict[str, I32 | U8 | F64]:
    code = {name: i for i, name in enumerate(channels_of(model))}
    drawn = [list(step.channels.items()) or [("", 1.0)] for step in model.steps]
    return {
        "first_channel": np.cumsum([0, *map(len, drawn)]).astype(np.int32),
        "channel": np.array([code[name] for row in drawn for name, _ in row], np.uint8),
        "channel_until": np.concatenate([_until([share for _, share in row]) for row in drawn]),
    }


def _until(shares: list[float]) -> F64:
    total = np.cumsum(np.array(shares, np.float64))
    return total / total[-1] if len(total) else total


def _arrivals(model: Model) -> F64:
    hours = int((model.ends_at - model.begins_at) / np.timedelta64(1, "h"))
    weights = np.ones(hours) if model.arrivals is None else model.arrivals[:hours]
    return _until(list(weights))


def _microseconds(at: np.datetime64) -> int:
    return int(at.astype("datetime64[us]").astype(np.int64))
