"""From counts to what hurts: each signal at each touchpoint beside its matched baseline."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.differences.intervals import (
    Apart,
    Estimate,
    apart,
    at_once,
    more_of_shares,
    of_share,
)
from desireline.engine.inference.shrinking import share_prior, shrunk, spread_between
from desireline.engine.inference.strata import Matched, matched
from desireline.engine.journeys import F64, I64
from desireline.engine.pains.counting import (
    JUDGED,
    WITH,
    WITH_GOOD,
    WITHOUT,
    WITHOUT_GOOD,
    Counts,
    Keys,
)
from desireline.engine.pains.result import Aim, Effect
from desireline.engine.pains.signals import BAD_IN_ITSELF, Signal

FOUND = 0.05
"""The false discovery rate."""
LEAST = 10
"""Fewer visits with the signal, or like ones without it, are not compared."""
LEAST_AT_PLACE = 30
"""Fewer journeys say nothing about how many leave a place."""
LEAST_PLACES = 8
"""With fewer, nothing is known of how much places differ."""
IS_AN_END = 0.9
"""Where so many leave, the map ends: leaving is what the place is."""
HARMLESS = 0.03
"""What costs less than 3 of 100 visits for certain is called harmless."""
USUAL_SPREAD, WORTH_PLACES = 0.5, 10
"""How far log odds of leaving spread between places of any map, and how many places that is worth:
with a dozen places, their own spread is hardly known."""
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

    @property
    def tested(self) -> bool:
        """Whether it was compared."""
        return self.effect is not None and math.isfinite(self.error)


def judged(counts: Counts, touchpoints: int, *, outcome_known: bool) -> list[Judged]:
    """Everything that was seen, with what it costs as far as that can be told."""
    if not outcome_known:
        return _at_once([_frequent(s, counts, touchpoints) for s in BAD_IN_ITSELF])
    found = [list(_compared(s, counts, touchpoints)) for s in JUDGED]
    found.append(list(_exits(counts)))
    return _drawn_together(_at_once(found))


def _at_once(found: list[list[Judged]]) -> list[Judged]:
    every = [one for some in found for one in some]
    tested = [one for one in every if one.tested]
    levels = iter(at_once([one.p for one in tested]))
    return [_with_level(one, next(levels)) if one.tested else one for one in every]


def _with_level(one: Judged, q: float) -> Judged:
    assert one.effect is not None  # noqa: S101 - it was tested
    enough = q <= FOUND or abs(one.effect.difference) < ROUNDING
    return replace(one, effect=replace(one.effect, q=q, more=0 if enough else one.effect.more))


def _drawn_together(every: list[Judged]) -> list[Judged]:
    """The harm, by differences drawn towards 0 as far as all of the map say that it is chance."""
    tested = [one for one in every if one.tested and one.signal != "exit"]
    differences = np.array([one.effect.difference for one in tested if one.effect], np.float64)
    spread = spread_between(differences, np.array([one.error for one in tested], np.float64))
    return [_with_harm(one, spread) for one in every]


def _with_harm(one: Judged, spread: float) -> Judged:
    if one.effect is None or one.signal == "exit":
        return one
    difference = shrunk(one.effect.difference, one.error, spread) if one.tested else 0.0
    return replace(one, harm=max(0.0, -difference) * one.people)


def _compared(signal: Signal, counts: Counts, touchpoints: int) -> Iterator[Judged]:
    tally = counts.strata[signal]
    t, *_, had = Keys(touchpoints, len(counts.channels)).apart(tally.key)
    for touchpoint in np.unique(t).tolist():
        here, after = tally.count[t == touchpoint], had[t == touchpoint] == 1
        before_n, after_n = int(here[~after, WITH].sum()), int(here[after, WITH].sum())
        aim: Aim = "staying" if after_n > before_n else "outcome"
        rows = here[after if aim == "staying" else ~after]
        people = int(rows[:, WITH].sum())
        if people:
            one = Judged(signal, touchpoint, aim, people, people + int(rows[:, WITHOUT].sum()))
            yield _beside(one, rows)


def _beside(one: Judged, rows: I64) -> Judged:
    alike = matched(rows[:, WITH], rows[:, WITH_GOOD], rows[:, WITHOUT], rows[:, WITHOUT_GOOD])
    if alike is None:
        return one
    enough = alike.one.n >= LEAST and alike.like >= LEAST
    return replace(
        one,
        effect=_effect(alike),
        p=alike.found.p if enough else 1.0,
        error=_error(alike.found) if enough else math.inf,
    )


def _error(found: Apart) -> float:
    return max((found.high - found.low) / (2 * 1.96), 1e-9)


def _effect(alike: Matched) -> Effect:
    one, other, found = alike.one, alike.other, alike.found
    return Effect(
        n=one.n,
        like=alike.like,
        with_signal=one.value,
        without=other.value,
        difference=found.difference,
        low=found.low,
        high=found.high,
        q=1.0,
        more=more_of_shares(one, other) if abs(found.difference) > ROUNDING else 0,
    )


def _exits(counts: Counts) -> Iterator[Judged]:
    """Places where more leave than at comparable ones: the others of the map, before the outcome.

    Leaving has no like visit that does not leave and ends otherwise, so what is compared is how
    many leave. How much places differ anyway is taken from the middle of them, so that one bad
    place does not hide another; whether this one stands out, from the interval in which a further
    place would lie (J. P. T. Higgins, S. G. Thompson, D. J. Spiegelhalter, "A re-evaluation of
    random-effects meta-analysis", Journal of the Royal Statistical Society A 172, 2009).
    """
    from scipy.stats import t as students_t  # noqa: PLC0415 - 0.5 s that no other question pays

    place = counts.exits.key // len(counts.channels)
    every, which = np.unique(place, return_inverse=True)
    n, ends, reaches = (
        np.bincount(which, counts.exits.count[:, k], len(every)).astype(np.float64)
        for k in range(3)
    )
    enough = (n >= LEAST_AT_PLACE) & (ends < IS_AN_END * n)
    every, n, ends, reaches = every[enough], n[enough], ends[enough], reaches[enough]
    if len(every) < LEAST_PLACES:
        return
    odds = _log_odds(ends, n)
    chance = 1 / np.maximum(ends, 0.5) + 1 / np.maximum(n - ends, 0.5)
    middle, spread = _middle(odds, chance)
    beyond = (odds - middle) / np.sqrt(chance + spread**2 * (1 + 1 / len(odds)))
    p = students_t.sf(beyond, len(odds) - 1 + WORTH_PLACES)
    usual = _usual(middle, spread, len(odds))
    for k, touchpoint in enumerate(every.tolist()):
        if ends[k] <= usual.value * n[k]:
            continue
        leaving = of_share(int(ends[k]), int(n[k]))
        found = apart(leaving, usual)
        goes_on = float(reaches[k] / max(n[k] - ends[k], 1))
        odds_drawn = middle + shrunk(odds[k] - middle, math.sqrt(chance[k]), spread or 1.0)
        excess = max(0.0, _share(odds_drawn) - usual.value) * n[k]
        yield Judged(
            "exit",
            touchpoint,
            "outcome",
            int(ends[k]),
            int(n[k]),
            Effect(
                int(n[k]),
                int(n.sum() - n[k]),
                leaving.value,
                usual.value,
                found.difference,
                found.low,
                found.high,
                1.0,
                0,
            ),
            p=float(p[k]),
            harm=float(excess * goes_on),
            error=_error(found),
        )


def _log_odds(count: F64, n: F64) -> F64:
    odds: F64 = np.log((count + 0.5) / (n - count + 0.5))
    return odds


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _middle(odds: F64, chance: F64) -> tuple[float, float]:
    """Where most places lie, and how far they spread beyond chance, by medians."""
    middle = float(np.median(odds))
    seen = 1.4826 * float(np.median(np.abs(odds - middle)))
    own = max(0.0, seen**2 - float(np.median(chance)))
    drawn = (own * len(odds) + USUAL_SPREAD**2 * WORTH_PLACES) / (len(odds) + WORTH_PLACES)
    return middle, math.sqrt(drawn)


def _usual(middle: float, spread: float, places: int) -> Estimate:
    def limits(z: float) -> tuple[float, float]:
        half = z * spread / math.sqrt(places)
        return _share(middle - half), _share(middle + half)

    return Estimate(places, _share(middle), limits)


def _frequent(signal: Signal, counts: Counts, touchpoints: int) -> list[Judged]:
    """Without an outcome: where a signal is more frequent than at the other places of the map."""
    tally = counts.strata[signal]
    t, *_ = Keys(touchpoints, len(counts.channels)).apart(tally.key)
    every, which = np.unique(t, return_inverse=True)
    with_it, without = (
        np.bincount(which, tally.count[:, k], len(every)).astype(np.int64) for k in (WITH, WITHOUT)
    )
    prior = share_prior(with_it, with_it + without)
    found = []
    for k, touchpoint in enumerate(every.tolist()):
        people, n = int(with_it[k]), int(with_it[k] + without[k])
        others = (
            int(with_it.sum() - people),
            int(with_it.sum() + without.sum() - people - without[k]),
        )
        if not people:
            continue
        one = Judged(signal, touchpoint, None, people, n, harm=n * prior.shrunk(people, n))
        if others[1] and n >= LEAST_AT_PLACE:
            here, there = of_share(people, n), of_share(*others)
            far = apart(here, there)
            one = replace(
                one,
                effect=Effect(
                    n,
                    others[1],
                    here.value,
                    there.value,
                    far.difference,
                    far.low,
                    far.high,
                    1.0,
                    more_of_shares(here, there),
                ),
                p=far.p,
                error=_error(far),
            )
        found.append(one)
    return found
