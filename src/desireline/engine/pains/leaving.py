"""Places that more people leave for good than the others of the map."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from desireline.engine.analyses.tally import Tally
from desireline.engine.differences.intervals import Estimate, apart, of_share
from desireline.engine.inference.shrinking import shrunk
from desireline.engine.journeys import F64
from desireline.engine.pains.counting import Counts
from desireline.engine.pains.judged import LEAST_AT_PLACE, Judged, error_of
from desireline.engine.pains.result import Effect

LEAST_PLACES = 8
"""With fewer, nothing is known of how much places differ."""
IS_AN_END = 0.9
"""Where so many leave, the map ends: leaving is what the place is."""
USUAL_SPREAD, WORTH_PLACES = 0.5, 10
"""How far log odds of leaving spread between places of any map, and how many places that is worth:
with a dozen places, their own spread is hardly known."""


def leaving(counts: Counts, spared: Tally | None) -> Iterator[Judged]:
    """Places where more leave than at comparable ones: the others of the map, before the outcome.

    Leaving has no like visit that does not leave and ends otherwise, so what is compared is how
    many leave. How much places differ anyway is taken from the middle of them, so that one bad
    place does not hide another; whether this one stands out, from the interval in which a further
    place would lie (J. P. T. Higgins, S. G. Thompson, D. J. Spiegelhalter, "A re-evaluation of
    random-effects meta-analysis", Journal of the Royal Statistical Society A 172, 2009).

    `spared` are the journeys that meet no suspect at the place (`Overlaps.exits`): whoever leaves
    for another pain does not make the place one. Without suspects all are compared.
    """
    from scipy.special import stdtr  # noqa: PLC0415 - no other question needs it

    everybody = counts.exits.regrouped(counts.exits.key // len(counts.channels))
    here = everybody if spared is None else spared
    every, (n, ends, reaches) = here.key, here.count.T.astype(np.float64)
    enough = (n >= LEAST_AT_PLACE) & (ends < IS_AN_END * n)
    every, n, ends, reaches = every[enough], n[enough], ends[enough], reaches[enough]
    people = everybody.at(every)
    if len(every) < LEAST_PLACES:
        return
    odds = _log_odds(ends, n)
    chance = 1 / np.maximum(ends, 0.5) + 1 / np.maximum(n - ends, 0.5)
    middle, spread = _middle(odds, chance)
    beyond = (odds - middle) / np.sqrt(chance + spread**2 * (1 + 1 / len(odds)))
    p = stdtr(len(odds) - 1 + WORTH_PLACES, -beyond)  # beyond it: Student's t is symmetric
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
            int(people[k, 1]),
            int(people[k, 0]),
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
            error=error_of(found),
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
