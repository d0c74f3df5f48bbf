"""The third look: of those who left, whom did a found reason concern, and with what evidence?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from desireline.engine.endings.settled import Settled
from desireline.engine.endings.units import NOBODY, leaving_of, units_of
from desireline.engine.endings.walks import Walks
from desireline.engine.journeys import I64


@dataclass(frozen=True, eq=False)
class Why:
    """For each journey of a shard why it ended, as far as that is known."""

    ended: I64
    """The row at which the last end begins; `NOBODY` where the journey has not ended."""
    reason: I64
    """The place among the found suspicions of the gravest that concerned her; or `NOBODY`."""
    evidence: I64
    """The row at which that stood; or `NOBODY`."""


def why(walks: Walks, settled: Settled) -> Why:
    """Why journeys ended: the gravest reason that concerned them at a place they left from."""
    leaving, firsts = leaving_of(walks, settled), walks.firsts()
    reason, evidence = np.full(walks.n, NOBODY), np.full(walks.n, NOBODY)
    for place, number in reversed(list(enumerate(settled.found or ()))):
        units = units_of(walks, settled.suspicions[number], firsts)
        row = units.row[units.concerned & leaving.left[units.row]]
        reason[walks.journey[row]] = place
        evidence[walks.journey[row]] = row
    return Why(leaving.ended, reason, evidence)


def explained(walks: Walks, settled: Settled) -> Counter[int]:
    """Of the journeys that have ended, how many by the place of their reason."""
    found = why(walks, settled)
    places, n = np.unique(found.reason[found.ended >= 0], return_counts=True)
    return Counter(dict(zip(places.tolist(), n.tolist(), strict=True)))
