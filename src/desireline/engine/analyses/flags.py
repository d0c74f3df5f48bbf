"""Bools over events and journeys, spelled out as arrays for kernels that take no None."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from desireline.engine.journeys import I64, Bools, Journeys, Mask
from desireline.engine.kernels.flags import last_flagged
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.matching import matches

Flags: TypeAlias = Rule | Bools | None
"""Which events are meant: a rule, which every part answers for itself; or one bool for each event
of the arrays, which serves only journeys that share these arrays; or none."""


def kept(journeys: Journeys) -> Mask:
    """The filter of `journeys`; all True where there is none.

    A kernel that always gets arrays compiles once instead of twice.
    """
    if journeys.mask is not None:
        return journeys.mask
    return Mask(np.ones(len(journeys.time), np.bool_), np.ones(len(journeys), np.bool_))


def spelled_out(flags: Flags, journeys: Journeys) -> Bools:
    """One bool an event of the arrays: where the rule holds, or `flags`, or False everywhere."""
    if flags is None:
        return np.zeros(len(journeys.time), np.bool_)
    return flags if isinstance(flags, np.ndarray) else matches(journeys, flags)


def last_with(flags: Bools, journeys: Journeys) -> I64:
    """For each journey its last event at which `flags` is True, filter or not; -1 for none."""
    last: I64 = np.empty(len(journeys), np.int64)
    last_flagged(journeys.offset, flags, last)
    return last


def journeys_with(flags: Bools, journeys: Journeys) -> Bools:
    """One bool a journey: whether `flags` is True for some event of it, filter or not."""
    found: Bools = last_with(flags, journeys) >= 0
    return found
