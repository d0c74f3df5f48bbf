"""The ways that are walked, by their stops: the frequent ones, and those that leave the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses import variants
from desireline.engine.analyses.shares import share
from desireline.engine.conformance.laying import aligned
from desireline.engine.conformance.plan import Plan
from desireline.engine.conformance.result import Step, Way
from desireline.engine.journeys import I64, U8


@dataclass(frozen=True, eq=False)
class Routes:
    """The distinct ways, without strangers, each run at one touchpoint as one stop."""

    ways: variants.Partial
    cost: I64
    fitted: U8
    beside: I64
    """What of the cost lies before the last block that a way reached."""

    @classmethod
    def of(cls, ways: variants.Partial, plan: Plan) -> Routes:
        """The routes of ways."""
        owner = np.repeat(np.arange(len(ways.total)), np.diff(ways.offset))
        known = np.flatnonzero(ways.code < len(plan.touchpoints))
        code, owner = ways.code[known], owner[known]
        new = np.ones(len(code), np.bool_)
        new[1:] = (code[1:] != code[:-1]) | (owner[1:] != owner[:-1])
        stops = np.bincount(owner[new], minlength=len(ways.total))
        offset = np.concatenate([np.zeros(1, np.int64), np.cumsum(stops)])
        found = variants.grouped(ways.events, offset, code[new], ways.total)[0]
        cost, fitted = aligned(found, plan)
        return cls(found, cost, fitted, cost - unreached(found, plan, fitted))

    def told(self, top: int, cases: int, *, beside: bool, known: bool) -> tuple[Way, ...]:
        """The most frequent, of all or of those that leave the plan."""
        total = self.ways.total
        some = np.flatnonzero(self.beside > 0) if beside else np.arange(len(total))
        order = np.lexsort((some, -total[some, 0]))[:top]
        return tuple(self._way(int(n), cases, known=known) for n in some[order])

    def _way(self, number: int, cases: int, *, known: bool) -> Way:
        ways = self.ways
        part = slice(int(ways.offset[number]), int(ways.offset[number + 1]))
        steps = zip(ways.code[part].tolist(), self.fitted[part].tolist(), strict=True)
        journeys, reached = ways.total[number].tolist()
        return Way(
            steps=tuple(Step(ways.events[code], fits == 1) for code, fits in steps),
            cost=int(self.cost[number]),
            journeys=share(journeys, cases),
            outcome=share(reached, journeys) if known else None,
        )


def unreached(ways: variants.Partial, plan: Plan, fitted: U8) -> I64:
    """For each way, how many required slots lie behind the last block that it reached."""
    blocks = len(plan.begins) - 1
    block = np.append(plan.block_of[plan.slot_of], -1)[ways.code]
    reached = np.full(len(ways.total), -1, np.int64)
    number = np.repeat(np.arange(len(ways.total)), np.diff(ways.offset))
    np.maximum.at(reached, number, np.where(fitted == 1, block, -1))
    demanded = np.bincount(plan.block_of[plan.required], minlength=blocks)
    behind = np.concatenate([np.cumsum(demanded[::-1])[::-1], [0]])
    return behind[reached + 1].astype(np.int64)
