"""Where in each journey something is so."""

from __future__ import annotations

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel


@kernel
def last_flagged(offset: I64, flag: Bools, last: I64) -> None:
    """Writes for each journey its last event at which `flag` is set, -1 for none."""
    for j in range(len(offset) - 1):
        i = offset[j + 1] - 1
        while i >= offset[j] and not flag[i]:
            i -= 1
        last[j] = i if i >= offset[j] else -1
