"""From counts to what hurts: each signal at each touchpoint beside its matched baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from desireline.engine.inference.shrinking import shrunk, spread_between
from desireline.engine.pains.beside import Compared, compared
from desireline.engine.pains.counting import JUDGED, Counts
from desireline.engine.pains.judged import Judged, all_at_once
from desireline.engine.pains.leaving import leaving
from desireline.engine.pains.overlapping import Overlaps
from desireline.engine.pains.parting import parted, suspects
from desireline.engine.pains.query import Suspect


def suspected(counts: Counts, touchpoints: int) -> tuple[Suspect, ...]:
    """What looks like a pain as long as each signal is compared alone, surest first."""
    return suspects(_compared(counts, touchpoints, None))


def judged(
    counts: Counts, touchpoints: int, overlaps: Overlaps | None, found: Sequence[Suspect]
) -> list[Judged]:
    """Everything that was seen, with what it costs by itself as far as that can be told."""
    every = _compared(counts, touchpoints, overlaps)
    own = parted(every, found if overlaps else ())
    own += leaving(counts, overlaps.exits if overlaps else None)
    return _drawn_together(all_at_once(own))


def _compared(counts: Counts, touchpoints: int, overlaps: Overlaps | None) -> list[Compared]:
    signals = [compared(signal, counts, touchpoints, overlaps) for signal in JUDGED]
    return [one for found in signals for one in found]


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
