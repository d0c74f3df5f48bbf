"""Scans that only a living map needs: visits, lapsed journeys, active spans, a sample."""

from __future__ import annotations

from desireline.engine.journeys import F64, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel


@kernel
def mark_visits(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools,
    keep_journey: Bools,
    as_of: int,
    first: int,
    width: int,
    patience: F64,
    begins: Bools,
    lapsed: Bools,
    by_span: I64,
) -> None:
    """Marks where visits begin and where journeys lapse, and counts events by span.

    `begins` is True at the first event of each run of equal codes; `lapsed` at the last event of a
    journey that has been silent until `as_of` for longer than `patience[code]` (microseconds);
    `by_span[code, span]` counts the events in each span of `width` microseconds from `first` on.
    """
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        last = -1
        for i in range(offset[j], offset[j + 1]):
            if keep_event[i]:
                begins[i] = last < 0 or code[i] != code[last]
                by_span[code[i], (time[i] - first) // width] += 1
                last = i
        if last >= 0:
            lapsed[last] = as_of - time[last] > patience[code[last]]


@kernel
def choose_journeys(
    offset: I64,
    code: Codes,
    keep_event: Bools,
    keep_journey: Bools,
    step: int,
    wanted: int,
    quota: I64,
    chosen: I64,
) -> int:
    """Fills `chosen` with journeys until each code has `quota[code]` of them; returns how many.

    Looks at every `step`th journey, around and around, so that the chosen come from everywhere;
    `step` has no common factor with the number of journeys; `wanted` is the sum of `quota`, which
    is used up.
    """
    n, found = len(offset) - 1, 0
    for k in range(n):
        if found == len(chosen) or wanted == 0:
            break
        j = k * step % n
        if not keep_journey[j]:
            continue
        useful = False
        for i in range(offset[j], offset[j + 1]):
            useful = useful or (keep_event[i] and quota[code[i]] > 0)
        if not useful:
            continue
        chosen[found] = j
        found += 1
        for i in range(offset[j], offset[j + 1]):
            if keep_event[i] and quota[code[i]] > 0:
                quota[code[i]] -= 1
                wanted -= 1
    return found
