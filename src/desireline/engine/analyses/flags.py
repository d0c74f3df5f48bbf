"""Bools over events and journeys, spelled out as arrays for kernels that take no None."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import Bools, Journeys, Mask


def kept(journeys: Journeys) -> Mask:
    """The filter of `journeys`; all True where there is none.

    A kernel that always gets arrays compiles once instead of twice.
    """
    if journeys.mask is not None:
        return journeys.mask
    return Mask(np.ones(len(journeys.time), np.bool_), np.ones(len(journeys), np.bool_))


def spelled_out(flags: Bools | None, journeys: Journeys) -> Bools:
    """One bool an event of the arrays: `flags`, or False everywhere."""
    return np.zeros(len(journeys.time), np.bool_) if flags is None else flags


def journeys_with(flags: Bools, journeys: Journeys) -> Bools:
    """One bool a journey: whether `flags` is True for some event of it, filter or not."""
    covered = flags[journeys.offset[0] : journeys.offset[-1]]
    passed = np.concatenate([[0], np.cumsum(covered)])[journeys.offset - journeys.offset[0]]
    found: Bools = np.diff(passed) > 0
    return found
