"""How unevenly persons contribute to what is counted: sums of squares, person by person."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel, part
from desireline.engine.kernels.transitions import first_kept


@kernel
def sum_by_person(
    offset: I64,
    code: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    owner: I32,
    steps: I64,
    leaving: I64,
) -> None:
    """Adds up the squares of how often each person walks a step, and goes on from where it begins.

    `owner` is the person of each journey; those of one stand side by side. With n types, m is how
    often a person goes on from a type and c how often by one step; a start or end (n in place of a
    type) is of her m journeys. `steps[from * (n + 1) + to]` is (room to work in, c * c, c * m),
    `leaving[from]` (room to work in, m * m), both summed over persons.
    """
    first, n = 0, len(offset) - 1
    while first < n:
        last = first + 1
        while last < n and owner[last] == owner[first]:
            last += 1
        for j in range(first, last):
            if keep_journey is None or keep_journey[j]:
                _count(offset[j], offset[j + 1], code, keep_event, steps, leaving)
        for j in range(first, last):
            if keep_journey is None or keep_journey[j]:
                _sum(offset[j], offset[j + 1], code, keep_event, steps, leaving)
        for j in range(first, last):
            for i in range(offset[j], offset[j + 1]):
                _close(leaving, np.int64(code[i]))
        _close(leaving, np.int64(len(leaving) - 1))
        first = last


@part
def _count(
    start: int, stop: int, code: Codes, keep_event: Bools | None, steps: I64, leaving: I64
) -> None:
    side = len(leaving)
    outside = np.int64(side - 1)
    before = outside
    for i in range(first_kept(keep_event, start, stop), stop):
        if keep_event is not None and not keep_event[i]:
            continue
        here = np.int64(code[i])
        steps[before * side + here, 0] += 1
        leaving[before, 0] += 1
        before = here
    if before != outside:
        steps[before * side + outside, 0] += 1


@part
def _sum(
    start: int, stop: int, code: Codes, keep_event: Bools | None, steps: I64, leaving: I64
) -> None:
    side = len(leaving)
    outside = np.int64(side - 1)
    before = outside
    for i in range(first_kept(keep_event, start, stop), stop):
        if keep_event is not None and not keep_event[i]:
            continue
        here = np.int64(code[i])
        _take(steps, before * side + here, leaving[before, 0])
        before = here
    if before != outside:
        _take(steps, before * side + outside, leaving[outside, 0])


@part
def _take(steps: I64, step: int | np.int64, m: int | np.int64) -> None:
    c = steps[step, 0]
    steps[step, 1] += c * c
    steps[step, 2] += c * m
    steps[step, 0] = 0


@part
def _close(leaving: I64, row: int | np.int64) -> None:
    m = leaving[row, 0]
    if m > 0:
        leaving[row, 1] += m * m
        leaving[row, 0] = 0


@kernel
def count_runs(owner: I64, node: I64, work: I64, times: I64) -> None:
    """Says for each row how often its owner is at its node.

    Rows of one owner stand side by side. `work` is 0, with room for each node.
    """
    first, n = 0, len(owner)
    while first < n:
        last = first
        while last < n and owner[last] == owner[first]:
            work[node[last]] += 1
            last += 1
        for i in range(first, last):
            times[i] = work[node[i]]
        for i in range(first, last):
            work[node[i]] = 0
        first = last
