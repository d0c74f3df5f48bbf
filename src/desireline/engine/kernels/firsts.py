"""Which codes are met first in each journey, and how many journeys meet them at all."""

from __future__ import annotations

from desireline.engine.journeys import I64
from desireline.engine.kernels.compiled import kernel


@kernel
def count_firsts(offset: I64, slot: I64, last_seen: I64, met: I64, reach: I64, before: I64) -> None:
    """Adds to `reach[a]` the journeys with an event in slot a, and to `before` which came first.

    `before[a, b]` counts journeys in which a's first event came before b's; where it is empty, only
    `reach` is counted. `last_seen` (all -1) and `met` have room for an entry a slot.
    """
    for j in range(len(offset) - 1):
        n_met = 0
        for i in range(offset[j], offset[j + 1]):
            s = slot[i]
            if last_seen[s] == j:
                continue
            last_seen[s] = j
            reach[s] += 1
            if len(before):
                for earlier in range(n_met):
                    before[met[earlier], s] += 1
                met[n_met] = s
                n_met += 1
