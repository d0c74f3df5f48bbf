"""What happens at each touchpoint: one scan over journeys whose codes are touchpoints."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F32, I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel
from desireline.engine.kernels.waits import BUCKETS, LOW_BITS, U32, bucket_of

JOURNEYS, STAY_LOW, STAY_HIGH, PERSONS, EXITS, LOOPS, WITH_OUTCOME, VALUES = range(8)
"""Columns of the figures. The first three are the total of the stays, as `Waits` takes it."""

SEEN, FIRST, LAST, TIMES, PERSON, CODE = range(6)
"""Columns of the working room: of the journey that was last seen at a code, its number + 1, first
and last event and visits here; the number + 1 of the last person; and, by row, the codes where the
journey has been."""

LIMBS = 9
"""Numbers of 32 bits that hold any sum of 32-bit floats exactly (277 bits)."""


@kernel
def add_exactly(limbs: I64, value: float) -> None:
    """Adds a finite 32-bit float to a sum of `LIMBS` numbers, exactly and in any order.

    The sum is `limbs[0] + limbs[1] * 2^32 + ...` in units of 2^-149.
    Source: R. M. Neal, "Fast exact summation using small and large superaccumulators", 2015.
    """
    bits = np.int64(np.float32(value).view(np.int32))
    exponent = (bits >> 23) & 0xFF
    mantissa = bits & 0x7FFFFF
    if exponent > 0:
        mantissa |= 0x800000
        exponent -= 1
    shifted = (-mantissa if bits < 0 else mantissa) << (exponent & 31)
    limbs[exponent >> 5] += shifted & LOW_BITS
    limbs[(exponent >> 5) + 1] += shifted >> 32


@kernel
def visit_touchpoints(
    offset: I64,
    code: Codes,
    time: I64,
    value: F32,
    keep_event: Bools,
    keep_journey: Bools,
    outcome: Bools,
    person: I32,
    figures: I64,
    limbs: I64,
    period: I64,
    stay: U32,
    stay_key: I64,
    visit: I64,
) -> int:
    """Adds up the figures of each code; returns how many journeys have the outcome.

    `value` and `person` may be empty. `figures` has a row for each code, with the columns above;
    persons are counted only where they are neither the first nor the last of `person`, since a
    shard may hold but a part of their journeys. `period[code]` is (first, last) time. `stay[code]`
    counts the stays (from the first to the last event at a code within a journey) by bucket; where
    it is empty, `stay_key` lists them instead as `code * BUCKETS + bucket`, one a journey and code.
    `visit` is room to work in: zeros, a row for each code, columns as above.
    """
    reached_all = listed = 0
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        reached = offset[j + 1] - 1
        while reached >= offset[j] and not outcome[reached]:
            reached -= 1
        has_outcome = reached >= offset[j]
        n_been = 0
        before = np.int64(-1)
        for i in range(offset[j], offset[j + 1]):
            if not keep_event[i]:
                continue
            here = np.int64(code[i])
            if visit[here, SEEN] != j + 1:
                visit[here, SEEN] = j + 1
                visit[here, FIRST] = i
                visit[here, TIMES] = 0
                visit[n_been, CODE] = here
                n_been += 1
            visit[here, TIMES] += here != before
            visit[here, LAST] = i
            before = here
            period[here, 0] = min(period[here, 0], time[i])
            period[here, 1] = max(period[here, 1], time[i])
            if len(value) and np.isfinite(value[i]):
                figures[here, VALUES] += 1
                add_exactly(limbs[here], value[i])
        if n_been == 0:
            continue
        reached_all += has_outcome
        figures[before, EXITS] += not has_outcome
        whole = len(person) > 0 and person[j] != person[0] and person[j] != person[-1]
        for k in range(n_been):
            here = visit[k, CODE]
            first = visit[here, FIRST]
            wait = max(0, time[visit[here, LAST]] - time[first])
            figures[here, JOURNEYS] += 1
            figures[here, STAY_LOW] += wait & LOW_BITS
            figures[here, STAY_HIGH] += wait >> 32
            figures[here, LOOPS] += visit[here, TIMES] > 1
            figures[here, WITH_OUTCOME] += has_outcome and reached >= first
            if whole and visit[here, PERSON] != person[j] + 1:
                visit[here, PERSON] = person[j] + 1
                figures[here, PERSONS] += 1
            if len(stay):
                stay[here, bucket_of(wait)] += np.uint32(1)
            else:
                stay_key[listed] = here * BUCKETS + bucket_of(wait)
                listed += 1
    return reached_all
