"""Without an outcome: where a signal is more frequent than at the other places of the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desireline.engine.differences.intervals import apart, more_of_shares, of_share
from desireline.engine.inference.shrinking import share_prior
from desireline.engine.pains.counting import WITH, WITHOUT, Counts
from desireline.engine.pains.judged import LEAST_AT_PLACE, Judged, all_at_once, error_of
from desireline.engine.pains.result import Effect
from desireline.engine.pains.signals import BAD_IN_ITSELF, Signal
from desireline.engine.pains.strata import Keys


def frequent(counts: Counts, touchpoints: int) -> list[Judged]:
    """Everything that was seen of what nobody wishes for, as far as it is more frequent here."""
    signals = [_of_signal(signal, counts, touchpoints) for signal in BAD_IN_ITSELF]
    return all_at_once([one for found in signals for one in found])


def _of_signal(signal: Signal, counts: Counts, touchpoints: int) -> list[Judged]:
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
                error=error_of(far),
            )
        found.append(one)
    return found
