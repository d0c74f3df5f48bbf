"""What can be said of a shard once the usual waits and the common steps of all shards are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses import touchpoints
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.transition_counts import Walked, rarest_steps
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import F64, I64, MICROSECONDS, Journeys
from desireline.engine.kernels.living_map import LAST, NOWHERE, POSITION, SINCE
from desireline.engine.living_map.first_look import FirstLook, walked_before
from desireline.engine.living_map.frame import Frame
from desireline.engine.telling import Words

PATIENCE_TIMES = 3.0
LEAST_WAITS = 10
LEAST_PATIENCE_SECONDS = 86_400.0


@dataclass(frozen=True, eq=False)
class Usual:
    """What the first look over all shards says is usual."""

    patience: F64
    """Microseconds by touchpoint, after which a journey that stands there counts as lapsed."""
    steps: Walked
    """How often each step from visit to visit was walked."""


@dataclass(frozen=True, eq=False)
class SecondLook:
    """What a shard contributes."""

    standing: Waits
    """By touchpoint: how long its open journeys have stood there."""
    rarest: Tally
    """By the count of a journey's rarest step: journeys."""

    def merge(self, other: SecondLook) -> SecondLook:
        """Both together."""
        return SecondLook(self.standing.merge(other.standing), self.rarest.merge(other.rarest))


def usual(first: FirstLook) -> Usual:
    """From what all shards contributed together."""
    return Usual(_patience(first.at_touchpoints), _steps(first.at_touchpoints))


def second_look(journeys: Journeys, words: Words, frame: Frame, usual: Usual) -> SecondLook:
    """What one shard contributes."""
    walked = walked_before(journeys, words, frame)
    position, since, last = (walked.stands[:, column] for column in (POSITION, SINCE, LAST))
    here = np.flatnonzero(position != NOWHERE)
    here = here[frame.moment - last[here] <= usual.patience[position[here]]]
    return SecondLook(
        standing=Waits.of(position[here], frame.moment - since[here]),
        rarest=rarest_steps(walked.visits, usual.steps),
    )


def _patience(found: touchpoints.Partial) -> F64:
    """Microseconds after which a journey that stands at a touchpoint counts as lapsed.

    `PATIENCE_TIMES` the p90 of the waits after it (nine in ten of those who went on had done so in
    a third of that), at least a day. Where fewer than `LEAST_WAITS` went on, as after the last
    touchpoint, the longest patience of the other touchpoints.
    """
    told = touchpoints.finish(found, touchpoints.Query()).touchpoints
    known = {
        t.event: max(PATIENCE_TIMES * t.wait_after.p90, LEAST_PATIENCE_SECONDS)
        for t in told
        if t.wait_after.p90 is not None and t.wait_after.n >= LEAST_WAITS
    }
    longest = max(known.values(), default=np.inf)
    keys = found.transitions.events
    return np.array([known.get(key, longest) for key in keys], np.float64) * MICROSECONDS


def _steps(found: touchpoints.Partial) -> Walked:
    """A step from one touchpoint to another is one from visit to visit."""
    walked = found.transitions
    n = len(walked.events)
    times: I64 = np.zeros((n + 1, n + 1), np.int64)
    times[n, :n], times[:n, n] = walked.starts, walked.ends
    source, target = np.divmod(walked.waits.series, max(n, 1))
    moves = source != target
    times[source[moves], target[moves]] = walked.waits.n[moves]
    return Walked(walked.events, times)
