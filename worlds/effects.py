"""Effects: is the truth inside, is nothing found where nothing is, however often one looks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from desireline.engine import effects
from desireline.engine.compute.threads import run
from desireline.engine.effects import Design, Effect
from desireline.engine.hypotheses import always_limits, needed
from desireline.sim.planted.effects import DAY, DEPLOYED, WORLDS, planted_effect
from worlds.study import Bar, Told, share

FIRST_SEED = 200_000
"""The study's own seeds: no method has met any of them before it was done."""
EACH = 10
"""Worlds with and without an effect for each world that is asked for: each takes a tenth of a
second, and over 2,000 intervals a coverage of 97 % is known to within three quarters of a point;
over 600, with three each, two studies of one method lay on either side of a bar."""
LOOKS = range(4, 64, 4)
"""Days after the change on which somebody looks."""
FOUND = ("helped", "harmed")
ABOUT = (
    "For each design, {n:,} worlds with an effect of 3 to 15 points up or down, and {n:,} without "
    "any (`sim/planted/effects.py`). What else happens is drawn anew in each: levels, numbers, "
    "weeks that go together, trends, groups with other channels, hidden currents. Seeds from "
    "{first:,}. The program chooses the design by itself. Peeking: {peeked:,} worlds without an "
    "effect, looked at on {looks} days each. Claims: {claims:,} true numbers, looked at after "
    "every tenth of 3,000 persons."
)


def effects_study(worlds: int) -> Told:
    """The study over so many worlds, ten times as many for each design."""
    n = EACH * worlds
    told = {design: _design(design, n) for design in WORLDS}
    bars = [bar for design, one in told.items() for bar in _bars(design, one)]
    bars += [_peeking(worlds), *_claims(n)]
    head = (
        "design",
        "refused",
        "found, of effects",
        "mean width",
        "coverage with an effect",
        "without",
    )
    about = ABOUT.format(n=n, first=FIRST_SEED, peeked=worlds, looks=len(LOOKS), claims=n)
    rows = [_row(design, one) for design, one in told.items()]
    return Told("Measured effects", about, bars, [head, *rows])


Answered = dict[bool, list[tuple[Effect, float]]]
"""Effects with their truth, by whether nothing was planted."""


def _design(design: Design, n: int) -> Answered:
    found: Answered = {}
    for null in (False, True):
        planted = (planted_effect(design, FIRST_SEED + k, null=null) for k in range(n))
        found[null] = [(run(effects, one.journeys, one.query, 1), one.effect) for one in planted]
    return found


def _inside(answers: list[tuple[Effect, float]]) -> Iterator[bool]:
    for effect, truth in answers:
        if effect.low is not None and effect.high is not None:
            yield effect.low <= truth <= effect.high


def _bars(design: Design, found: Answered) -> Iterator[Bar]:
    inside = [*_inside(found[False]), *_inside(found[True])]
    covered = sum(inside) / len(inside)
    name = design.replace("_", " ")
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


def _row(design: Design, found: Answered) -> tuple[str, ...]:
    every = [*found[False], *found[True]]
    verdicts = Counter(effect.verdict for effect, _ in every)
    seen = sum(effect.verdict in FOUND for effect, _ in found[False])
    wide = [
        e.high - e.low
        for e, _ in every
        if e.high is not None and e.low is not None and e.kind == "rate"
    ]
    parts = [[*_inside(found[null])] for null in (False, True)]
    return (
        design.replace("_", " "),
        share(verdicts["refused"], len(every)),
        share(seen, len(found[False])),
        f"{100 * np.mean(wide):.1f} points",
        *(share(sum(part), len(part)) for part in parts),
    )


def _peeking(worlds: int) -> Bar:
    """A lot that changes nothing, looked at again and again."""
    alarms = 0
    for k in range(worlds):
        one = planted_effect("randomised", FIRST_SEED + k, null=True)
        looks = (replace(one.query, until=DEPLOYED + day * DAY) for day in LOOKS)
        alarms += any(run(effects, one.journeys, look, 1).verdict in FOUND for look in looks)
    return Bar(
        "randomised, under peeking: false alarms in at most 5 % of worlds",
        share(alarms, worlds),
        alarms <= 0.05 * worlds,
    )


def _claims(n: int) -> Iterator[Bar]:
    """Claims whose number is the truth; and wrong ones after as many persons as were planned."""
    dice = np.random.default_rng(FIRST_SEED)
    wrong = decided = 0
    for _ in range(n):
        truth = float(dice.uniform(0.05, 0.9))
        counts = np.cumsum(dice.random(3_000) < truth)
        wrong += any(
            not low <= truth <= high
            for seen in range(1, 3_001, 10)
            for low, high in [always_limits(int(counts[seen - 1]), seen)]
        )
        number = float(dice.uniform(0.1, 0.9))
        plan = needed(number, 0.05)
        _, high = always_limits(int(dice.binomial(plan, number - 0.05)), plan)
        decided += high < number
    yield Bar(
        "claims, under peeking: at most 5 % are judged wrongly", share(wrong, n), wrong <= 0.05 * n
    )
    yield Bar(
        "claims: of those that are 5 points off, 80 % are refuted by as many as were planned",
        share(decided, n),
        decided >= 0.78 * n,
    )
