"""From a model to the arrays that the walk reads: one record a step, an edge, a channel, an era."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import F64, MICROSECONDS
from desireline.sim.model import DAY, HOURS_A_WEEK, Model, Step, Wait

Records = NDArray[Any]

NINTH_DECILE = 1.2815515655446004
"""The ninth decile of the standard normal distribution."""
END = -1
MOST_FACTS = 63
YEAR = 366 * DAY


def _layout(whole: str, real: str = "") -> np.dtype[Any]:
    """Whole numbers are int64 and others float64, so that each kernel meets one set of types."""
    return np.dtype([(n, "i8") for n in whole.split()] + [(n, "f8") for n in real.split()])


STEP = _layout("seen numbered invites rewards sets clears edges edges_end drawn drawn_end")
"""A step: flags, facts as bits, and its slices of the edges and of the drawn channels."""
EDGE = _layout("to clock needs without", "chance median spread")
"""An edge: waits in microseconds (median) and as the deviation of their logarithm (spread)."""
DRAWN = _layout("code", "until")
"""One of several: its code and the cumulative share."""
ERA = _layout("time fact")
"""A fact that holds for everybody from a time on."""
FRAME = _layout(
    "begins ends first friend reward noise noise_end noise_within",
    "noise_chance friend_median friend_spread",
)
"""Period in microseconds; where persons and friends begin; the step that is a friend's reward."""


class Tables(NamedTuple):
    """A model as arrays. Facts are bits of an int64; times are microseconds."""

    steps: Records
    edges: Records
    channels: Records
    noise: Records
    eras: Records
    frame: Records
    clocks: F64
    """Acceptance (0..1) of each hour of the week; row 0 takes every hour."""
    arrivals: F64
    """Cumulative share of journeys that begin by the end of each hour of the period."""


class ModelIncomplete(DesirelineError):
    """A model names steps that it does not declare, or more facts than a walk can carry."""


class Facts:
    """The bit of each fact, given out in the order in which facts are met."""

    def __init__(self) -> None:
        self.bit: dict[str, int] = {}

    def mask(self, names: Iterable[str]) -> int:
        """The sum of the bits of the names. ModelIncomplete above 63 facts."""
        total = 0
        for name in names:
            total |= 1 << self.bit.setdefault(name, len(self.bit))
        if len(self.bit) > MOST_FACTS:
            raise ModelIncomplete(
                f"The model has more than {MOST_FACTS} facts, the last is {name}."
            )
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
    if missing := model.undeclared():
        raise ModelIncomplete(
            f"The model uses {', '.join(missing)} but declares no such step.",
            hint="Add the step to `steps`, or correct its name.",
        )
    facts = facts_of(model)
    number = {step.name: i for i, step in enumerate(model.steps)} | {"": END}
    noise = model.noise.shares if model.noise else {}
    return Tables(
        steps=_steps(model, number, facts),
        edges=_edges(model, number, facts),
        channels=_drawn([_channel_codes(model, step) for step in model.steps]),
        noise=_drawn([{number[name]: share for name, share in noise.items()}]),
        eras=_records(ERA, [(_micro(at), facts.mask([f])) for f, at in model.eras.items()]),
        frame=_frame(model, number),
        clocks=np.stack([np.ones(HOURS_A_WEEK), *(c / c.max() for c in model.clocks.values())]),
        arrivals=_arrivals(model),
    )


def _steps(model: Model, number: dict[str, int], facts: Facts) -> Records:
    starts = np.sort([number[edge.start] for edge in model.edges])
    edges = np.searchsorted(starts, np.arange(len(model.steps) + 1))
    drawn = np.cumsum([0, *(len(_channel_codes(model, step)) for step in model.steps)])
    rows = [
        (
            bool(step.event),
            bool(step.value or step.score),
            step.invites,
            step.rewards,
            facts.mask(step.sets),
            facts.mask(step.clears),
            *(edges[i], edges[i + 1], drawn[i], drawn[i + 1]),
        )
        for i, step in enumerate(model.steps)
    ]
    return _records(STEP, rows)


def _edges(model: Model, number: dict[str, int], facts: Facts) -> Records:
    clocks = {"any": 0} | {name: i + 1 for i, name in enumerate(model.clocks)}
    rows = [
        (
            number[edge.to],
            clocks[edge.wait.clock],
            facts.mask(edge.needs),
            facts.mask(edge.without),
            edge.chance,
            *_log_normal(edge.wait),
        )
        for edge in sorted(model.edges, key=lambda edge: number[edge.start])
    ]
    return _records(EDGE, rows)


def _frame(model: Model, number: dict[str, int]) -> Records:
    friends = model.friends
    row = (
        _micro(model.begins_at),
        _micro(model.ends_at),
        number[model.begin],
        number[friends.begin] if friends else END,
        number[friends.reward] if friends else END,
        0,
        len(model.noise.shares) if model.noise else 0,
        int(min(model.noise.within, YEAR) * MICROSECONDS) if model.noise else 0,
        model.noise.chance if model.noise else 0.0,
        *(_log_normal(friends.wait) if friends else (0.0, 0.0)),
    )
    return _records(FRAME, [row])


def _channel_codes(model: Model, step: Step) -> dict[int, float]:
    codes = channels_of(model)
    return {codes.index(name): share for name, share in step.channels.items()} or {0: 1.0}


def _drawn(groups: Sequence[dict[int, float]]) -> Records:
    rows: list[tuple[int, float]] = []
    for shares in groups:
        until = np.cumsum(list(shares.values())) / sum(shares.values())
        rows += zip(shares, until.tolist(), strict=True)
    return _records(DRAWN, rows)


def _records(dtype: np.dtype[Any], rows: Sequence[tuple[Any, ...]]) -> Records:
    return np.array(list(rows), dtype)


def _log_normal(wait: Wait) -> tuple[float, float]:
    if wait.p50 == 0:
        return (0.0, 0.0)
    return (wait.p50 * MICROSECONDS, float(np.log(wait.p90 / wait.p50) / NINTH_DECILE))


def _arrivals(model: Model) -> F64:
    hours = int((model.ends_at - model.begins_at) / np.timedelta64(1, "h"))
    weights = np.ones(hours) if model.arrivals is None else model.arrivals[:hours]
    until: F64 = np.cumsum(weights / weights.sum())
    return until


def _micro(at: np.datetime64) -> int:
    return int(at.astype("datetime64[us]").astype(np.int64))
