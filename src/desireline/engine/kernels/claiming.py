"""A loop by which those who own something claim what lies beside it, step by step."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel

NOBODY = -1
SHARED = -2
WANTED = -3
"""Claimed in this step; it is decided at the end of the step whether by one owner or by more."""


@kernel
def claim(owner: I64, is_open: Bools, begin: I64, target: I64) -> None:
    """Gives each open node that nobody owns the owner who reaches it in the fewest steps.

    `owner` is a number from 0 on, NOBODY or SHARED for each node, and is written to; the edges of
    node `n` lead to `target[begin[n]:begin[n + 1]]`. Where two owners are as near, it is SHARED and
    leads no further. Nodes that are not open are not entered.
    """
    n = len(owner)
    border, reached = np.empty(n, np.int64), np.empty(n, np.int64)
    first = np.empty(n, np.int64)
    is_shared = np.zeros(n, np.bool_)
    wide = 0
    for node in range(n):
        if owner[node] >= 0:
            border[wide] = node
            wide += 1
    while wide:
        count = 0
        for i in range(wide):
            claims = owner[border[i]]
            for edge in range(begin[border[i]], begin[border[i] + 1]):
                node = target[edge]
                if owner[node] == NOBODY and is_open[node]:
                    owner[node] = WANTED
                    first[node] = claims
                    reached[count] = node
                    count += 1
                elif owner[node] == WANTED and first[node] != claims:
                    is_shared[node] = True
        wide = 0
        for i in range(count):
            node = reached[i]
            if is_shared[node]:
                owner[node] = SHARED
            else:
                owner[node] = first[node]
                border[wide] = node
                wide += 1
