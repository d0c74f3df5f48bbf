"""Who came to a touchpoint, and what came of it in the time behind."""

from __future__ import annotations

from desireline.engine.journeys import I32, I64, Bools
from desireline.engine.kernels.compiled import kernel

JOURNEY, EVENT, AT, AFTER, BEFORE, GROUP, UNIT, FIRST, LAST = range(9)
COLUMNS = 9
REACHED, COMPARED = 1, 2
NEVER = -(2**62)


@kernel
def observe(
    offset: I64,
    clock: I64,
    enters: Bools,
    counts: Bools,
    amount: I64,
    reached: Bools,
    compared: Bools,
    unit: I32,
    begins: I64,
    window: I64,
    out: I64,
) -> int:
    """Writes a row for each coming that counts, and returns how many there are.

    `begins` is the first moment of comings, and the last up to which what counts belongs to before;
    nor does anything from the moment on at which the group was known. `window` is how long to look
    ahead, to look back, and to wait for the next coming. GROUP is a sum of REACHED and COMPARED; of
    these and of `unit` what was last known counts. FIRST and LAST are the events that count next to
    the coming, after it and before, -1 for none.
    """
    n = 0
    for j in range(len(offset) - 1):
        free, dealt, group, here = NEVER, begins[1], 0, -1
        for i in range(offset[j], offset[j + 1]):
            if reached[i]:
                group |= REACHED
            if compared[i]:
                group |= COMPARED
            if group:
                dealt = min(dealt, clock[i])
            if unit[i] >= 0:
                here = unit[i]
            if not enters[i] or clock[i] < free or clock[i] < begins[0]:
                continue
            free = clock[i] + window[2]
            after = before = 0
            first = last = -1
            k = i + 1
            while k < offset[j + 1] and clock[k] < clock[i] + window[0]:
                if counts[k]:
                    after += amount[k]
                    first = k if first < 0 else first
                k += 1
            known = min(clock[i], dealt)
            k = i - 1
            while k >= offset[j] and clock[k] >= known - window[1]:
                if counts[k] and clock[k] < known:
                    before += amount[k]
                    last = k if last < 0 else last
                k -= 1
            out[n, JOURNEY], out[n, EVENT], out[n, AT] = j, i, clock[i]
            out[n, AFTER], out[n, BEFORE], out[n, GROUP], out[n, UNIT] = after, before, group, here
            out[n, FIRST], out[n, LAST] = first, last
            n += 1
    return n
