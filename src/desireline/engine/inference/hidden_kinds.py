"""What a choice does at once, where a hidden kind of person chooses and succeeds more often.

Persons come to the same place again and again. What they do in later rounds shows what kind they
are, and that is held equal: two kinds of person whom nobody has recorded, each with its own chance
of the outcome in every round; how many are of which kind differs freely between those who chose so
in their first round and those who did not. The choice itself adds `effect` to the log odds in the
round in which it is made. Rounds after the first may have another level, the same for all.

A round that could be followed for a part of the time only counts for that part: no outcome so far
is no outcome at a chance that much smaller.

It rests on this: the choice does not work on in later rounds (a lasting effect cannot be told from
a kind of person without a trial), and how long an outcome takes, where it comes, does not hang on
the kind.

Sources: J. Heckman, B. Singer, "A method for minimizing the impact of distributional assumptions in
econometric models for duration data", Econometrica 52, 1984 (kinds as a finite mixture); J. M.
Wooldridge, "Simple solutions to the initial conditions problem in dynamic, nonlinear panel data
models with unobserved heterogeneity", Journal of Applied Econometrics 20, 2005 (kinds given the
first choice); S. S. Wilks, "The large-sample distribution of the likelihood ratio", Annals of
Mathematical Statistics 9, 1938 (the interval).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from desireline.engine.inference.logistic import expit
from desireline.engine.journeys import F64, I64, Bools

LOW, GAP, FIRST, SHARE_NOT, SHARE_DID, RARE, OFTEN = range(7)
"""Parameters beside the effect: log odds of one kind and the distance of the other, what the first
round adds, log odds of being of the other kind by the first choice, and of choosing so later."""
CAUTION = 0.02
"""Draws parameters a little to 0, so that there is always an answer: of a normal of spread 7."""
CRITICAL = 3.841458820694124
"""The 95th percentile of chi squared with one degree of freedom: an interval of 95 %."""
ONE_SIDED = 2.705543454095404
"""The 90th: each end of its interval is passed in 5 % of cases, as a test of equivalence has it (D.
J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987)."""
PARTS = 20
"""Steps in which it is told how much of a round could be followed."""
STEPS = 200
LEVEL = 1e-3
"""The climb ends where the log-likelihood gains less than this a unit of log odds: from hundreds of
persons, a coefficient is then some hundred-thousandths off."""
FARTHEST = 6.0
"""The log odds beyond which a limit is not looked for: a chance of one half is 99.8 % then."""
WIDEST = 2.0
"""The log of the largest distance between kinds, in log odds."""
HALVINGS = 8
"""Of the stretch in which a limit lies: to 0.01 in log odds at 2, a quarter of a point at most."""
LEAST = 100
"""Persons with a second round, on each side, below which kinds are not told apart."""
MOST_ROUNDS = 6


@dataclass(frozen=True)
class AtOnce:
    """What the choice adds to the chance of the outcome in its own round, kinds held equal."""

    persons: int
    again: int
    """Persons followed to the end of a second round."""
    difference: float
    low: float
    high: float
    least: float
    most: float
    """Bounds of which each alone holds with 95 %."""
    later_did: float
    later_not: float
    """The outcome in later rounds without the choice, of those who had made it at first and of
    the others: what is apart here is not the choice's."""


@dataclass(frozen=True, eq=False)
class Rounds:
    """Rounds of persons, of each one from the first: -1 behind the last."""

    went: I64
    outcome: I64
    """Both with a row a person and a column a round: 1, 0 or -1."""
    followed: F64
    """Of the outcomes that come, the share that comes within the time that could be followed."""

    @classmethod
    def of(cls, person: I64, went: Bools, outcome: Bools, followed: F64) -> Rounds:
        """Of rows sorted by person and time; rounds after the sixth do not count."""
        new = np.append(True, person[1:] != person[:-1])[: len(person)]
        row = np.cumsum(new) - 1
        column = np.arange(len(person)) - np.flatnonzero(new)[row]
        kept = column < MOST_ROUNDS
        shape = (int(new.sum()), MOST_ROUNDS)
        tables = np.full((2, *shape), -1, np.int64)
        tables[0, row[kept], column[kept]] = went[kept]
        tables[1, row[kept], column[kept]] = outcome[kept]
        shares = np.ones(shape)
        shares[row[kept], column[kept]] = np.round(PARTS * followed[kept]) / PARTS
        return cls(tables[0], tables[1], shares)

    @property
    def whole(self) -> Bools:
        """Rounds that could be followed to the end."""
        found: Bools = (self.outcome >= 0) & (self.followed == 1)
        return found


def at_once(rounds: Rounds) -> AtOnce | None:
    """The effect in the round itself; None where too few come again.

    The figures are in points of the chance, of all persons in their first round.
    """
    did = rounds.went[:, 0] == 1
    again = rounds.whole[:, 1]
    if min(int((again & did).sum()), int((again & ~did).sum())) < LEAST:
        return None
    likelihood = Likelihood.of(rounds)
    best = likelihood.fitted()
    low, high, least, most = (
        likelihood.points(np.append(_limit(likelihood, best, way, fall)[0], best[1:]))
        for fall in (CRITICAL, ONE_SIDED)
        for way in (-1.0, 1.0)
    )
    later = (rounds.went[:, 1:] == 0) & rounds.whole[:, 1:]
    means = [_mean(rounds.outcome[:, 1:], later & side[:, None]) for side in (did, ~did)]
    return AtOnce(
        persons=len(did),
        again=int(again.sum()),
        difference=likelihood.points(best),
        low=low,
        high=high,
        least=least,
        most=most,
        later_did=means[0],
        later_not=means[1],
    )


def _mean(values: I64, which: Bools) -> float:
    return float(values[which].mean()) if which.any() else 0.0


@dataclass(frozen=True, eq=False)
class Likelihood:
    """Distinct rows of rounds and how many persons have each."""

    went: I64
    outcome: I64
    followed: F64
    count: F64
    varies: bool
    """Whether anybody chooses so in a later round."""

    @classmethod
    def of(cls, rounds: Rounds) -> Likelihood:
        """The likelihood of some rounds."""
        open_ends = np.where(rounds.outcome == 0, rounds.followed, 1.0)
        whole = np.hstack([rounds.went, rounds.outcome, open_ends])
        found, count = np.unique(whole, axis=0, return_counts=True)
        went, outcome, followed = np.split(found, 3, axis=1)
        varies = bool((went[:, 1:] == 1).any())
        kinds = went.astype(np.int64), outcome.astype(np.int64)
        return cls(*kinds, followed, count.astype(np.float64), varies)

    @property
    def free(self) -> int:
        """Parameters beside the effect."""
        return OFTEN + 1 if self.varies else SHARE_DID + 1

    def lost(self, at: F64) -> tuple[float, F64]:
        """Minus the log-likelihood, and the caution; and how both change. The effect is first."""
        effect, other = float(at[0]), at[1:]
        did = self.went[:, 0] == 1
        share = np.where(did, other[SHARE_DID], other[SHARE_NOT])
        kinds = [self._of_kind(effect, other, kind) for kind in (0, 1)]
        joint = np.column_stack(
            [-np.logaddexp(0.0, sign * share) + kinds[k][0] for k, sign in enumerate((1.0, -1.0))]
        )
        whole = np.logaddexp(joint[:, 0], joint[:, 1])
        part = np.exp(joint - whole[:, None]) * self.count[:, None]
        turned = np.zeros(len(at))
        for kind in (0, 1):
            turned += part[:, kind] @ kinds[kind][1]
        moved = part[:, 1] - self.count * expit(share)
        turned[1 + SHARE_NOT] += moved[~did].sum()
        turned[1 + SHARE_DID] += moved[did].sum()
        value = -float(self.count @ whole) + CAUTION / 2 * float(at @ at)
        return value, -turned + CAUTION * at

    def _of_kind(self, effect: float, at: F64, kind: int) -> tuple[F64, F64]:
        """The log-likelihood of each row for one kind, and its derivatives."""
        apart = np.exp(min(at[GAP], WIDEST))
        logit = np.full(self.went.shape, at[LOW] + kind * apart)
        logit[:, 0] += at[FIRST]
        logit += effect * (self.went == 1)
        left = _residual(logit, self.outcome, self.followed)
        found = _log_chance(logit, self.outcome, self.followed).sum(axis=1)
        turned = np.zeros((len(found), len(at) + 1))
        turned[:, 0] = (left * (self.went == 1)).sum(axis=1)
        turned[:, 1 + LOW] = left.sum(axis=1)
        turned[:, 1 + GAP] = kind * apart * (at[GAP] < WIDEST) * turned[:, 1 + LOW]
        turned[:, 1 + FIRST] = left[:, 0]
        if self.varies:
            choosing = np.full(self.went[:, 1:].shape, at[RARE + kind])
            found = found + _log_chance(choosing, self.went[:, 1:]).sum(axis=1)
            turned[:, 1 + RARE + kind] = _residual(choosing, self.went[:, 1:]).sum(axis=1)
        return found, turned

    def fitted(self) -> F64:
        """The likeliest effect and parameters, the effect first."""
        starts = [np.array([0.0, -1.0, gap, 0.0, -1.0, 1.0, 0.0, 0.0]) for gap in (0.0, 0.7)]
        ends = [_minimised(self.lost, start[: self.free + 1]) for start in starts]
        return min(ends, key=lambda end: self.lost(end)[0])

    def given(self, effect: float, start: F64) -> F64:
        """The likeliest parameters with this effect."""

        def of_rest(rest: F64) -> tuple[float, F64]:
            value, turned = self.lost(np.append(effect, rest))
            return value, turned[1:]

        return np.append(effect, _minimised(of_rest, start[1:]))

    def points(self, at: F64) -> float:
        """What the effect adds to the chance in a first round."""
        did = self.went[:, 0] == 1
        weight = self.count @ expit(np.where(did, at[1 + SHARE_DID], at[1 + SHARE_NOT]))
        share = float(weight / self.count.sum())
        base = (
            np.array([at[1 + LOW], at[1 + LOW] + np.exp(min(at[1 + GAP], WIDEST))]) + at[1 + FIRST]
        )
        added = expit(base + at[0]) - expit(base)
        return float((1 - share) * added[0] + share * added[1])


def _log_chance(logit: F64, seen: I64, followed: F64 | float = 1.0) -> F64:
    """Of an outcome (1), or of none (0) within the part of the time that was followed."""
    chance = expit(np.where(seen == 1, logit, -logit))
    none = 1 - followed + followed * chance
    found: F64 = np.where(seen < 0, 0.0, np.log(np.where(seen == 1, chance, none)))
    return found


def _residual(logit: F64, seen: I64, followed: F64 | float = 1.0) -> F64:
    """How the log of the chance changes with the log odds."""
    chance, none = expit(logit), expit(-logit)
    lost = followed * chance * none / (1 - followed + followed * none)
    found: F64 = np.where(seen < 0, 0.0, np.where(seen == 1, none, -lost))
    return found


def _limit(likelihood: Likelihood, best: F64, way: float, fall: float) -> F64:
    """Where twice the log-likelihood has fallen so far, by halving."""
    least = likelihood.lost(best)[0]
    near, far, at = 0.0, 0.25, best
    while far < FARTHEST:
        end = likelihood.given(float(best[0]) + way * far, at)
        if 2 * (likelihood.lost(end)[0] - least) > fall:
            break
        near, far, at = far, far * 2, end
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        end = likelihood.given(float(best[0]) + way * middle, at)
        if 2 * (likelihood.lost(end)[0] - least) > fall:
            far = middle
        else:
            near, at = middle, end
    return at


def _minimised(of: Callable[[F64], tuple[float, F64]], start: F64) -> F64:
    """Where a function, told with its gradient, is least, near a start (BFGS)."""
    from scipy.optimize import minimize  # noqa: PLC0415 - 0.3 s that no other command should pay

    options = {"maxiter": STEPS, "gtol": LEVEL}
    found: Any = minimize(of, start, method="BFGS", jac=True, options=options)
    end: F64 = found.x
    return end
