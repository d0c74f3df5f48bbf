"""What a filter leaves of some journeys, event by event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desireline.engine.analyses.flags import kept
from desireline.engine.journeys import I64, Bools, Journeys

NOWHERE = -1
"""In place of a code: the journey has no event."""


@dataclass(frozen=True, eq=False)
class Seen:
    """The events in view: where each stands in the arrays, whose it is, and its code."""

    journeys: int
    at: I64
    owner: I64
    code: NDArray[Any]
    start: I64
    """For each journey, where its events begin among these."""
    length: I64

    @classmethod
    def of(cls, journeys: Journeys) -> Self:
        """The events that the mask of the journeys leaves."""
        mask, lengths = kept(journeys), np.diff(journeys.offset)
        span = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
        stays = mask.event[span] & np.repeat(mask.journey, lengths)
        at = np.flatnonzero(stays) + span.start
        owner = np.repeat(np.arange(len(journeys)), lengths)[stays]
        length = np.bincount(owner, minlength=len(journeys))
        start = np.cumsum(length) - length
        return cls(len(journeys), at, owner, journeys.code[at], start, length)

    @property
    def first(self) -> I64:
        """The code that each journey starts with."""
        return self._code_at(self.start)

    @property
    def last(self) -> I64:
        """The code that each journey ends with."""
        return self._code_at(self.start + self.length - 1)

    def _code_at(self, place: I64) -> I64:
        found: I64 = np.full(self.journeys, NOWHERE, np.int64)
        walked = self.length > 0
        found[walked] = self.code[place[walked]]
        return found

    def holding_at(self, here: Bools) -> Bools:
        """Journeys of which at least one event is marked."""
        held: Bools = np.zeros(self.journeys, np.bool_)
        held[self.owner[here]] = True
        return held

    def holding(self, steps: Bools) -> Bools:
        """Journeys of which at least one step is marked; a step is an event and the next."""
        return self.holding_at(np.append(steps, np.zeros(1, np.bool_))[: len(self.owner)])
