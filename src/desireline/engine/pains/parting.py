"""Which of several signals that go together hurts: the others are told what is not theirs.

Somebody who comes back takes a way round to the next place, and who waits long says so in words:
of two signals that the same people meet, one may hurt and the other only go with it. So the effect
of each pain is taken out of what is held against the others. A visit with a signal may meet a pain
at that visit or later more often than like ones without it; as often as that, the effect of the
pain stands in the difference without belonging to the signal. What is left is the effect that it
has by itself. A pain that was met earlier is not taken out: who came on has got over it. Who comes
back has passed pains that await those who come first, and may meet them again unseen: for her the
others are not spared them.

For several pains at once these are linear equations, one for each. Which signals are pains is found
step by step: the surest first, then what is still sure beside it, while what no longer is falls
out.

Sources: J. M. Robins, "Correcting for non-compliance in randomized trials using structural nested
mean models", Communications in Statistics 23, 1994 (effects taken out of what follows).
S. Vansteelandt, "Estimating direct effects in cohort and case-control studies", Epidemiology 20,
2009 (sequential G-estimation of what is not by way of another). M. A. Efroymson, "Multiple
regression analysis", in Mathematical methods for digital computers, 1960 (step by step).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desireline.engine.differences.intervals import at_once
from desireline.engine.journeys import F64
from desireline.engine.pains.beside import Compared
from desireline.engine.pains.judged import FOUND, Judged, error_of
from desireline.engine.pains.query import Suspect

MOST_SUSPECTS = 16
"""Signals that are looked for beside all others, the surest ones."""
Numbers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class _Own:
    """What each signal does by itself, were these the pains."""

    parts: F64
    """By (signal, pain): what the pain does to the difference."""
    by: F64
    """What all pains do to the difference of each."""
    error: F64
    """The standard error of that."""
    difference: F64
    away: F64
    """The difference in standard errors."""
    level: F64
    """At which it still counts as found among all."""


def suspects(every: Sequence[Compared]) -> tuple[Suspect, ...]:
    """What looks like a pain as long as each signal is compared alone, surest first."""
    own = _Equations(every, ()).own(np.zeros(0, np.intp))
    sure = np.flatnonzero((own.difference < 0) & (own.level <= FOUND))
    sure = sure[np.argsort(-own.away[sure], kind="stable")][:MOST_SUSPECTS]
    return tuple(_suspect(every[number].judged) for number in sure.tolist())


def _suspect(one: Judged) -> Suspect:
    assert one.aim is not None  # noqa: S101 - what is compared is for something
    return Suspect(one.signal, one.touchpoint, one.aim)


def parted(every: Sequence[Compared], suspects: Sequence[Suspect]) -> list[Judged]:
    """The effect that each signal has by itself. Without suspects, as it was compared."""
    equations = _Equations(every, suspects)
    pains = equations.pains()
    own = equations.own(pains)
    found = [
        one.told(float(by), float(error))
        for one, by, error in zip(every, own.by, own.error, strict=True)
    ]
    for k in np.setdiff1d(np.arange(len(suspects)), pains):
        number = equations.row[k]
        most = pains[np.argmin(own.parts[number])] if len(pains) else None
        if most is not None and own.parts[number].min() < 0:
            found[number] = replace(found[number], goes_with=suspects[most])
    return found


class _Equations:
    def __init__(self, every: Sequence[Compared], suspects: Sequence[Suspect]) -> None:
        self.tested = np.array([one.tested for one in every], np.bool_)
        alike = [one.alike if one.tested else None for one in every]
        self.difference = np.array([a.found.difference if a else 0.0 for a in alike], np.float64)
        self.error = np.array([error_of(a.found) if a else 1.0 for a in alike], np.float64)
        where = {_suspect(one.judged): number for number, one in enumerate(every)}
        self.row = np.array([where[suspect] for suspect in suspects], np.intp)
        self.gap = np.zeros((len(every), len(suspects)), np.float64)
        for number, one in enumerate(every):
            for k, suspect in enumerate(suspects):
                if suspect.aim == one.judged.aim and self.row[k] != number:
                    passed = one.judged.signal == "loop" and one.gap[k] < 0
                    self.gap[number, k] = 0.0 if passed else one.gap[k]

    def pains(self) -> Numbers:
        """The suspects that are sure beside each other, surest first."""
        chosen, refused = list[int](), set[int]()
        while True:
            own = self.own(np.array(chosen, np.intp))
            sure = (own.difference < 0) & (own.level <= FOUND)
            weak = [k for k in chosen if not sure[self.row[k]]]
            if weak:
                weakest = min(weak, key=lambda k: own.away[self.row[k]])
                chosen.remove(weakest)
                refused.add(weakest)
                continue
            further = [
                k
                for k in range(len(self.row))
                if k not in chosen and k not in refused and sure[self.row[k]]
            ]
            if not further:
                return np.array(chosen, np.intp)
            chosen.append(max(further, key=lambda k: own.away[self.row[k]]))

    def own(self, pains: Numbers) -> _Own:
        """What each does by itself, were these the pains."""
        gap, row = self.gap[:, pains], self.row[pains]
        inverse = np.linalg.pinv(np.eye(len(pains)) + gap[row])
        effects = inverse @ self.difference[row]
        spread = (inverse * self.error[row] ** 2) @ inverse.T
        parts: F64 = gap * effects
        by, error = parts.sum(axis=1), np.sqrt(np.einsum("ij,jk,ik->i", gap, spread, gap))
        difference: F64 = self.difference - by
        away: F64 = np.abs(difference) / np.hypot(self.error, error)
        level = np.ones(len(difference), np.float64)
        level[self.tested] = at_once([math.erfc(z / math.sqrt(2)) for z in away[self.tested]])
        return _Own(parts, by, error, difference, away, level)
