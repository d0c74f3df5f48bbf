"""How long a silence means that somebody is gone: read from who came back after how long.

Days on which a customer did something follow one another after gaps; the last gap is still open.
From all gaps the chance of a return within s days is estimated with the open ones as censored
(E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of the
American Statistical Association 53, 1958), and from it the chance that one who has been silent for
s days comes back at all, as far as the log shows: (R - R(s)) / (1 - R(s)). The silence is the first
whole number of days after which at most `GONE` of those silent so long still come back; at risk is
who is silent so long that at most `AT_RISK` do. Each stage has its own: who has bought comes back
after weeks, who has seen a page after days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from desireline.engine.endings.query import Query
from desireline.engine.journeys import F64

GONE = 0.05
AT_RISK = 0.25
LEAST_RETURNS = 50
"""Gaps that ended in a return, below which there is no rhythm to speak of."""
MOST_OF_LOG = 3
"""A silence is known when the log is so many times longer."""


@dataclass(frozen=True)
class Rhythm:
    """What the silences after a stage say, or those of the whole map."""

    stage: str | None
    """The stage in which the last sign was; None: any."""
    silence_days: float
    risk_days: float
    within_days: float
    """Half of the silence: who leaves so soon after a place leaves there."""
    returns: int
    """Gaps that ended in a return."""
    open: int
    """Gaps that have not ended."""
    given: bool
    """Whether the silence was given, not read."""
    known: bool
    """Whether the log is long enough, and has returns enough, to say so."""


Gaps: TypeAlias = tuple[Mapping[int, int], Mapping[int, int]]
"""Gaps in whole days, with how often: those that ended in a return, and those still open."""


def rhythm_of(stage: str | None, gaps: Gaps, days: int, query: Query) -> Rhythm:
    """The rhythm of a log of so many days. What the query gives stands above what is read."""
    returned, standing = gaps
    chance = later_return(returned, standing)
    given = query.silence_days
    silence = float(_first_at_most(chance, GONE)) if given is None else given
    returns = sum(returned.values())
    read = returns >= LEAST_RETURNS and silence * MOST_OF_LOG <= days
    within = query.within_days
    return Rhythm(
        stage=stage,
        silence_days=silence,
        risk_days=min(float(_first_at_most(chance, AT_RISK)), silence),
        within_days=silence / 2 if within is None else within,
        returns=returns,
        open=sum(standing.values()),
        given=given is not None,
        known=given is not None or read,
    )


def later_return(returned: Mapping[int, int], standing: Mapping[int, int]) -> F64:
    """For each number of days of silence from 0, the chance to come back after it."""
    longest = max((*returned, *standing, 1))
    back, left = np.zeros(longest + 2), np.zeros(longest + 2)
    for day, n in returned.items():
        back[day] += n
    for day, n in standing.items():
        left[day] += n
    at_risk = np.cumsum((back + left)[::-1])[::-1]
    stays = np.cumprod(1 - np.divide(back, at_risk, out=np.zeros_like(back), where=at_risk > 0))
    never = stays[-1]
    found: F64 = 1 - never / np.maximum(stays, 1e-12)
    return np.where(stays > 0, found, 0.0)


def _first_at_most(chance: F64, most: float) -> int:
    below = np.flatnonzero(chance <= most)
    return max(1, int(below[0])) if len(below) else len(chance)
