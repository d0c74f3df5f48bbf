"""The breakdown of a funnel: the same counts for each channel, trait or property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.breakdown import values_at
from desireline.engine.analyses.funnel_attempts import Attempts
from desireline.engine.analyses.funnel_query import Query
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import I64, Journeys
from desireline.engine.rules.matching import clock_of


@dataclass(frozen=True, eq=False)
class Group:
    """What one group contributes: attempts that passed each step, and the times to convert."""

    reached: I64
    waits: Waits

    def merge(self, other: Group) -> Group:
        """Both together."""
        return Group(self.reached + other.reached, self.waits.merge(other.waits))


Groups = Mapping[str | None, Group]
"""By the value at the first step; None where there is none."""


def groups_of(journeys: Journeys, query: Query, attempts: Attempts) -> Groups:
    """The groups of the attempts that entered; all without a value where the name is unknown."""
    if query.by is None:
        return {}
    rows = np.flatnonzero(attempts.level >= 0)
    owner = rows if attempts.owner is None else attempts.owner[rows].astype(np.int64)
    number, names = values_at(journeys, query.by, attempts.at(0, rows), owner)
    last = query.last_required
    done = attempts.level[rows] >= last
    clock = clock_of(journeys)
    took = clock[attempts.at(last, rows[done])] - clock[attempts.at(0, rows[done])]
    passed = np.zeros((len(names), len(query.steps)), np.int64)
    steps = np.arange(len(query.steps), dtype=np.int16)
    for s in steps:
        here = (attempts.level[rows] >= s) & (attempts.chain[rows, s] >= 0)
        passed[:, s] = np.bincount(number[here], minlength=len(names))
    groups = {}
    for g in np.flatnonzero(passed[:, 0]):
        wait = took[number[done] == g] if last else took[:0]
        groups[names[g]] = Group(passed[g], Waits.of(np.zeros(len(wait), np.int64), wait))
    return groups


def merged(a: Groups, b: Groups) -> Groups:
    """Both together, group by group."""
    both = dict(a)
    for name, group in b.items():
        both[name] = both[name].merge(group) if name in both else group
    return both


def folded(groups: Groups, most: int) -> tuple[list[tuple[str | None, Group]], Group | None]:
    """The `most` groups that most attempts are of, and the rest together, if there is a rest."""
    ranked = sorted(groups.items(), key=lambda g: (-g[1].reached[0], g[0] is None, g[0] or ""))
    rest = None
    for _, group in ranked[most:]:
        rest = group if rest is None else rest.merge(group)
    return ranked[:most], rest
