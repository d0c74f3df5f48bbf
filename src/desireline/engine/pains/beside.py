"""Visits with a signal beside like ones without it, one comparison for each touchpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.differences.intervals import apart, more_of_shares
from desireline.engine.inference.strata import Matched, matched, moved, weights
from desireline.engine.journeys import F64, I64, Bools
from desireline.engine.pains.counting import WITH, WITH_GOOD, WITHOUT, WITHOUT_GOOD, Counts
from desireline.engine.pains.judged import ROUNDING, Judged, error_of
from desireline.engine.pains.overlapping import Overlaps
from desireline.engine.pains.result import Aim, Effect
from desireline.engine.pains.signals import Signal
from desireline.engine.pains.strata import Keys

LEAST = 10
"""Fewer visits with the signal, or like ones without it, are not compared."""


@dataclass(frozen=True, eq=False)
class Compared:
    """A signal at a touchpoint beside like visits without it."""

    judged: Judged
    alike: Matched | None
    """None: there are none."""
    gap: F64
    """By suspect: the share of visits with the signal that meet it then or later, less that of like
    ones."""

    @property
    def tested(self) -> bool:
        """Whether there are visits enough."""
        alike = self.alike
        return alike is not None and alike.one.n >= LEAST and alike.like >= LEAST

    def told(self, by: float = 0.0, error: float = 0.0) -> Judged:
        """What it costs, were like visits to end well more often by so much, with that error."""
        if self.alike is None:
            return self.judged
        one, other = self.alike.one, moved(self.alike.other, by, error)
        found = apart(one, other)
        effect = Effect(
            n=one.n,
            like=self.alike.like,
            with_signal=one.value,
            without=other.value,
            difference=found.difference,
            low=found.low,
            high=found.high,
            q=1.0,
            more=more_of_shares(one, other) if abs(found.difference) > ROUNDING else 0,
        )
        if not self.tested:
            return replace(self.judged, effect=effect)
        return replace(self.judged, effect=effect, p=found.p, error=error_of(found))


def compared(
    signal: Signal, counts: Counts, touchpoints: int, overlaps: Overlaps | None
) -> Iterator[Compared]:
    """A signal at every touchpoint where somebody meets it."""
    tally = counts.strata[signal]
    met = None
    if overlaps is not None:
        met = overlaps.at(signal, tally.key, counts.channels, touchpoints)
    t, *_, had = Keys(touchpoints, len(counts.channels)).apart(tally.key)
    for touchpoint in np.unique(t).tolist():
        here, after = t == touchpoint, had == 1
        with_it = tally.count[:, WITH]
        staying = int(with_it[here & after].sum()) > int(with_it[here & ~after].sum())
        aim: Aim = "staying" if staying else "outcome"
        which = here & (after == staying)
        people, n = int(with_it[which].sum()), int(tally.count[which][:, [WITHOUT, WITH]].sum())
        if people:
            one = Judged(signal, touchpoint, aim, people, n)
            yield _beside(one, tally.count[which], None if met is None else met[which])


def _beside(one: Judged, rows: I64, met: I64 | None) -> Compared:
    n, others = rows[:, WITH], rows[:, WITHOUT]
    alike = matched(n, rows[:, WITH_GOOD], others, rows[:, WITHOUT_GOOD])
    if alike is None or met is None:
        return Compared(one, alike, np.zeros(0 if met is None else met.shape[1] // 2))
    both: Bools = (n > 0) & (others > 0)
    share_with, share_without = met[both, 1::2] / n[both, None], met[both, ::2] / others[both, None]
    gap: F64 = weights(n[both]) @ (share_with - share_without)
    return Compared(one, alike, gap)
