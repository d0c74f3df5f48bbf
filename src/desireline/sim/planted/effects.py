"""Worlds in which a change made a known difference, one for each way to measure it.

Everything but the effect is drawn anew from the seed: how often the metric comes about, how many
come, how weeks go together, how groups differ in level and in kind, and what moves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from desireline.engine.building import EventColumns, build
from desireline.engine.effects import Design, Hashed, Metric, Query, arm
from desireline.engine.journeys import F64, I64, MICROSECONDS, Column, Ids, Journeys
from desireline.engine.rules.ast import Event, Property

Dice = np.random.Generator

DEPLOYED = int(np.datetime64("2026-03-02T08:00:00").astype("datetime64[us]").astype(np.int64))
DAY = 86_400 * MICROSECONDS
WEEK = 7 * DAY
WINDOW_DAYS = 3
EVENTS = ("came", "done")
CHANNELS = ("", "web", "phone")
MEAN_AMOUNT = float(np.exp(3 + 0.7**2 / 2))
LIFT = {"web": 0.08, "phone": -0.08}
"""What the channel adds to the chance: groups with another mix have another level."""


@dataclass(frozen=True, eq=False)
class PlantedEffect:
    """A world, the question to it, and the answer."""

    journeys: Journeys
    query: Query
    effect: float
    """What the change adds to the metric of those whom it reaches."""


@dataclass(frozen=True, eq=False)
class _Comings:
    """One entry a coming; each is of a person of its own."""

    at: I64
    chance: F64
    unit: I64
    channel: I64


def planted_effect(design: Design, seed: int, *, null: bool = False) -> PlantedEffect:
    """The world of a seed for one design; with `null` nothing changes in it."""
    dice = np.random.Generator(np.random.PCG64([seed, null, *design.encode()]))
    effect = 0.0 if null else float(dice.uniform(0.03, 0.15) * dice.choice([-1, 1]))
    return WORLDS[design](dice, effect)


def _randomised(dice: Dice, effect: float) -> PlantedEffect:
    """Persons differ, and did before; the metric is a rate, or a value that is often 0."""
    n = int(dice.integers(1_500, 5_000))
    share = float(dice.choice([0.5, 0.5, 0.3, 0.1]))
    lot = Hashed(salt=f"lot {dice.integers(2**31)}", share=share)
    query = _query(lot, rate=bool(dice.random() < 0.5))
    names = [f"p{number}" for number in range(n)]
    reached = arms_of(names, lot)
    leaning = dice.beta(3, 4, n) * 0.6 + 0.2
    known = dice.random(n) < dice.uniform(0.2, 1.0)
    earlier = known & (dice.random(n) < leaning)
    came = DEPLOYED + dice.integers(0, 60 * DAY, n)
    done = dice.random(n) < leaning + effect * reached
    amount = np.round(np.exp(dice.normal(3, 0.7, n)), 2)
    before = DEPLOYED - dice.integers(DAY, 60 * DAY, n)
    person = np.arange(n)
    parts = [
        (person[earlier], before[earlier], 1, amount[earlier]),
        (person, came, 0, np.full(n, np.nan)),
        (person[done], (came + DAY)[done], 1, amount[done]),
    ]
    journeys = _built(Ids.of(names), parts, columns={})
    truth = effect if query.metric.kind == "rate" else effect * MEAN_AMOUNT
    return PlantedEffect(journeys, query, truth)


def _with_control(dice: Dice, effect: float) -> PlantedEffect:
    """Two regions of another level and another mix of channels; weeks move both alike."""
    first, stop = -int(dice.integers(12, 36)), int(dice.integers(8, 22))
    weeks = stop - first
    moves = _memory(dice, weeks, 0.6, 0.04) + dice.uniform(-0.003, 0.003) * np.arange(weeks)
    own = _memory(dice, weeks, 0.3, float(dice.choice([0.0, 0.01, 0.02])))
    level, apart = dice.uniform(0.3, 0.7), dice.uniform(-0.1, 0.1)
    parts = []
    for unit in (0, 1):
        n = dice.poisson(dice.uniform(40, 160), weeks)
        week = np.repeat(np.arange(weeks), n)
        channel = 1 + (dice.random(len(week)) < dice.uniform(0.2, 0.8)).astype(np.int64)
        chance = level + apart * unit + moves[week] + own[week] * unit
        chance = chance + np.array([0.0, LIFT["web"], LIFT["phone"]])[channel]
        chance = chance + effect * unit * (week + first >= 0)
        parts.append(_Comings(_in_weeks(dice, week + first), chance, week * 0 + unit, channel))
    query = _query(Property("region", "eq", "north"))
    return PlantedEffect(_come(dice, parts, ("south", "north")), query, effect)


def _dated(dice: Dice, effect: float) -> PlantedEffect:
    """Everybody is reached; there is a trend, and weeks that go together."""
    first, stop = -int(dice.integers(16, 45)), int(dice.integers(8, 22))
    weeks = stop - first
    n = dice.poisson(dice.uniform(60, 250), weeks)
    week = np.repeat(np.arange(weeks), n)
    memory = _memory(dice, weeks, float(dice.choice([0.0, 0.3])), dice.choice([0.0, 0.015]))
    chance = dice.uniform(0.3, 0.6) + dice.uniform(-0.003, 0.003) * np.arange(weeks) + memory
    chance = chance[week] + effect * (week + first >= 0)
    comings = _Comings(_in_weeks(dice, week + first), chance, week * 0, week * 0 + 1)
    return PlantedEffect(_come(dice, [comings], ("all",)), _query(None), effect)


def _many_units(dice: Dice, effect: float) -> PlantedEffect:
    """Shops that two hidden currents move, each in its own way; the change comes to one."""
    units, first, stop = int(dice.integers(13, 31)), -int(dice.integers(14, 30)), 10
    weeks = stop - first
    currents = np.array([_memory(dice, weeks, 0.7, 0.05), _memory(dice, weeks, 0.9, 0.03)])
    pull = dice.dirichlet([1.0, 1.0, 1.0], units)[:, :2]
    level = dice.uniform(0.35, 0.65, units)
    parts = []
    for unit in range(units):
        n = np.maximum(dice.poisson(dice.uniform(25, 80), weeks), 1)
        week = np.repeat(np.arange(weeks), n)
        chance = (level[unit] + pull[unit] @ currents)[week]
        chance = chance + effect * (unit == 0) * (week + first >= 0)
        parts.append(_Comings(_in_weeks(dice, week + first), chance, week * 0 + unit, week * 0 + 1))
    names = tuple(f"shop {unit:02}" for unit in range(units))
    query = _query(Property("region", "eq", names[0]))
    return PlantedEffect(_come(dice, parts, names), query, effect)


WORLDS: Mapping[Design, Callable[[Dice, float], PlantedEffect]] = {
    "randomised": _randomised,
    "difference_in_differences": _with_control,
    "interrupted_time_series": _dated,
    "synthetic_control": _many_units,
}
"""The worlds by what is there to measure with."""


def _query(reached: Property | Hashed | None, *, rate: bool = True) -> Query:
    metric = Metric(
        Event(("done",)), kind="rate" if rate else "value", within_seconds=WINDOW_DAYS * 86_400
    )
    return Query(entered=Event(("came",)), metric=metric, deployed=DEPLOYED, reached=reached)


def arms_of(names: list[str], lot: Hashed) -> I64:
    """The arm of each person by her name."""
    shares = (1 - lot.share, lot.share)
    return np.array([arm(name, lot.salt, shares) for name in names], np.int64)


def _memory(dice: Dice, weeks: int, memory: float, size: float) -> F64:
    """Noise of weeks that goes over from one to the next, of standard deviation `size`."""
    drawn = dice.standard_normal(weeks)
    for week in range(1, weeks):
        drawn[week] = memory * drawn[week - 1] + np.sqrt(1 - memory**2) * drawn[week]
    found: F64 = size * drawn
    return found


def _in_weeks(dice: Dice, week: I64) -> I64:
    found: I64 = DEPLOYED + week * WEEK + dice.integers(0, WEEK, len(week))
    return found


def _come(dice: Dice, parts: list[_Comings], units: tuple[str, ...]) -> Journeys:
    """Every coming as a person of its own, with what came of it within a day."""
    at = np.concatenate([part.at for part in parts])
    unit = np.concatenate([part.unit for part in parts])
    channel = np.concatenate([part.channel for part in parts])
    chance = np.clip(np.concatenate([part.chance for part in parts]), 0.0, 1.0)
    done = dice.random(len(at)) < chance
    person, nothing = np.arange(len(at)), np.full(len(at), np.nan)
    rows = [(person, at, 0, nothing), (person[done], at[done] + DAY, 1, nothing[done])]
    return _built(
        Ids(integers=person.astype(np.int64)),
        rows,
        columns={"region": (unit, units), "channel": (channel, CHANNELS)},
    )


def _built(
    ids: Ids,
    parts: list[tuple[I64, I64, int, F64]],
    columns: Mapping[str, tuple[I64, tuple[str, ...]]],
) -> Journeys:
    case = np.concatenate([part[0] for part in parts]).astype(np.int32)
    code = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    channel = columns.get("channel")
    kept = {
        name: Column(codes=of[case].astype(np.int32), values=values)
        for name, (of, values) in columns.items()
        if name != "channel"
    }
    return build(
        EventColumns(
            case=case,
            ids=ids,
            time=np.concatenate([part[1] for part in parts]).astype(np.int64),
            code=code.astype(np.uint16),
            events=EVENTS,
            channel=None if channel is None else channel[0][case].astype(np.uint8),
            channels=CHANNELS,
            value=np.concatenate([part[3] for part in parts]).astype(np.float32),
            columns=kept,
        )
    )
