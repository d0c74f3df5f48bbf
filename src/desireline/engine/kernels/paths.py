"""What comes after, or came before, each occurrence of an anchor event."""

from __future__ import annotations

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

END = -1
"""In place of a code: the path ends here."""
NOTHING = -2
"""In place of a code: the path has ended before."""


@kernel
def list_windows(
    offset: I64,
    code: Codes,
    time: I64,
    keep_event: Bools,
    keep_journey: Bools,
    anchor: Bools,
    limit: int,
    step: int,
    max_gap: int,
    window: I32,
) -> int:
    """The codes that follow each anchor (`step` 1) or precede it (-1); returns how many anchors.

    At most `limit` anchors are followed in each journey. `window` has room for a row an anchor,
    filled with NOTHING; its width is the depth. A path
    ends where its journey does, or before a gap of more than `max_gap` microseconds.
    """
    n = 0
    depth = window.shape[1]
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        followed = 0
        for i in range(offset[j], offset[j + 1]):
            if not (anchor[i] and keep_event[i]):
                continue
            beyond = offset[j + 1] if step == 1 else offset[j] - 1
            at = left = i
            for d in range(depth):
                at += step
                while at != beyond and not keep_event[at]:
                    at += step
                if at == beyond or abs(time[at] - time[left]) > max_gap:
                    window[n, d] = END
                    break
                window[n, d] = code[at]
                left = at
            n += 1
            followed += 1
            if followed == limit:
                break
    return n


@kernel
def sum_keys(key: I64, count: I64, table: I64, number: I64, place: I64) -> None:
    """Adds each count, above 0, to `table[key]`; `place` gets the rank of each key among all.

    `table` is all 0. `number` is room to work in, as long.
    """
    for i in range(len(key)):
        table[key[i]] += count[i]
    found = 0
    for k in range(len(table)):
        if table[k] > 0:
            number[k] = found
            found += 1
    for i in range(len(key)):
        place[i] = number[key[i]]
