"""Effects on values and times: is the truth inside where a few values are very large?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desireline.engine import effects
from desireline.engine.compute.threads import run
from desireline.engine.effects import Design, Effect
from desireline.engine.effects.query import Kind
from desireline.sim.planted.effects import WORLDS
from desireline.sim.planted.values import MAKES, planted_value
from worlds.study import FIRST_SEED, Bar, Told, share

OWN_SEEDS = FIRST_SEED + 50_000
"""Other worlds than those of the study of rates."""
FOUND = ("helped", "harmed")
AT_MOST = 200.0
ABOUT = (
    "For each design and kind of figure, {n:,} worlds with an effect and {n:,} without any "
    "(`sim/planted/values.py`): the sum of values a visit, the same where one visit counts for at "
    "most 200, the value of each first order, and the time until it. Values are log-normal (sigma "
    "0.7, 1 or 1.5) or of Pareto's distribution (2.5) about 40; a lot reaches 10, 30 or 50 % of "
    "1,500 to 5,000 persons. Nothing is cut where it is not said."
)
ASKED: tuple[tuple[str, Kind, float | None], ...] = (
    ("value", "value", None),
    ("value, at most 200", "value", AT_MOST),
    ("value of each", "each", None),
    ("time", "time", None),
)

Answers = dict[bool, list[tuple[Effect, float]]]
"""Effects with their truth, by whether nothing was planted."""


def values_study(worlds: int) -> Told:
    """The study over so many worlds with an effect, and as many without."""
    bars: list[Bar] = []
    rows: list[tuple[str, ...]] = []
    for design in WORLDS:
        for name, kind, at_most in ASKED:
            found = _answers(design, kind, at_most, worlds)
            told = f"{design.replace('_', ' ')}, {name}"
            bars += _bars(told, found)
            rows.append(_row(told, found))
    head = ("design, figure", "refused", "found, of effects", "coverage with an effect", "without")
    return Told("Effects on values and times", ABOUT.format(n=worlds), bars, [head, *rows])


def _answers(design: Design, kind: Kind, at_most: float | None, worlds: int) -> Answers:
    assert kind in MAKES
    found: Answers = {}
    for null in (False, True):
        made = (
            planted_value(design, kind, OWN_SEEDS + k, null=null, at_most=at_most)
            for k in range(worlds)
        )
        found[null] = [(run(effects, one.journeys, one.query, 1), one.effect) for one in made]
    return found


def _inside(answers: list[tuple[Effect, float]]) -> Iterator[bool]:
    for effect, truth in answers:
        if effect.low is not None and effect.high is not None:
            yield effect.low <= truth <= effect.high


def _bars(name: str, found: Answers) -> Iterator[Bar]:
    inside = [*_inside(found[False]), *_inside(found[True])]
    covered = float(np.mean(inside))
    yield Bar(
        f"{name}: the truth is in 93 to 97 % of 95 % intervals",
        share(sum(inside), len(inside)),
        0.93 <= covered <= 0.97,
    )
    alarms = sum(effect.verdict in FOUND for effect, _ in found[True])
    yield Bar(
        f"{name}: false alarms in at most 5 % of worlds without an effect",
        share(alarms, len(found[True])),
        alarms <= 0.05 * len(found[True]),
    )


def _row(name: str, found: Answers) -> tuple[str, ...]:
    every = [*found[False], *found[True]]
    refused = sum(effect.verdict == "refused" for effect, _ in every)
    seen = sum(effect.verdict in FOUND for effect, _ in found[False])
    parts = [[*_inside(found[null])] for null in (False, True)]
    return (
        name,
        share(refused, len(every)),
        share(seen, len(found[False])),
        *(share(sum(part), len(part)) for part in parts),
    )
