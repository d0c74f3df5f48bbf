"""Kernels that lay walked ways beside the paved one, with as few deviations as can be.

The plan is a sequence of blocks. A block holds slots that may be filled in any order; a slot takes
one of its alternatives, once, or as often as it comes where that alternative is repeatable. So what
a stretch of a way costs in a block follows from how often each touchpoint occurs in it, and the
best alignment from where the way is cut into stretches, one a block: dynamic programming over
blocks and places, exact. A block of one slot needs one pass over the way; a block of several is
tried from each of its own events, which is quadratic in the length of the way.
"""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import I32, I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel, part

NEVER = 1 << 30
"""More than any alignment costs."""


@kernel
def align(
    offset: I64,
    label: Codes,
    slot_of: I64,
    repeatable: Bools,
    required: Bools,
    block_of: I64,
    begins: I64,
    fitted: U8,
    cost: I64,
) -> None:
    """Aligns each sequence of labels; writes its cost, and for each event whether it fits.

    `slot_of` and `repeatable` speak of touchpoints; a label beyond them is a stranger's. `required`
    and `block_of` speak of slots, which stand in the order of their blocks; block b is the slots
    `begins[b]:begins[b + 1]`. The cost counts events that do not fit and required slots that
    nothing fills. Touchpoints of one slot are numbered one after the other.
    """
    blocks, slots = len(begins) - 1, len(required)
    first, last = touchpoints_of(slot_of, slots)
    longest = 0
    for j in range(len(offset) - 1):
        longest = max(longest, offset[j + 1] - offset[j])
    best = np.empty((blocks + 1, longest + 1), np.int32)
    cut = np.empty((blocks, longest + 1), np.int32)
    visited = np.empty(blocks, np.bool_)
    seen = np.empty(len(slot_of), np.int64)
    most = np.empty(slots, np.int64)
    for j in range(len(offset) - 1):
        way = label[offset[j] : offset[j + 1]]
        n = len(way)
        visited[:] = False
        for i in range(n):
            if way[i] < len(slot_of):
                visited[block_of[slot_of[way[i]]]] = True
        for i in range(n + 1):
            best[0, i] = i
        row, missed = 0, 0
        for b in range(blocks):
            if not visited[b]:  # most are: the costs behind it are those before and what it misses
                for s in range(begins[b], begins[b + 1]):
                    missed += 1 if required[s] else 0
                continue
            if begins[b + 1] - begins[b] == 1:
                s = begins[b]
                through_slot(
                    way, first[s], last[s], repeatable, 1 if required[s] else 0,
                    best[row], best[row + 1], cut[row],
                )  # fmt: skip
            else:
                through_block(
                    way, begins[b], begins[b + 1], slot_of, block_of, b, repeatable, required,
                    best[row], best[row + 1], cut[row], seen, most,
                )  # fmt: skip
            row += 1
        cost[j] = best[row, n] + missed
        mark = fitted[offset[j] : offset[j + 1]]
        mark[:] = 0
        end = n
        for b in range(blocks - 1, -1, -1):
            if visited[b]:
                row -= 1
                start = cut[row, end]
                mark_stretch(
                    way, start, end, begins[b], begins[b + 1], first, last, repeatable, seen, mark
                )
                end = start


@part
def touchpoints_of(slot_of: I64, slots: int) -> tuple[I64, I64]:
    """The first touchpoint of each slot, and the one after its last."""
    first, last = np.zeros(slots, np.int64), np.zeros(slots, np.int64)
    for t in range(len(slot_of)):
        s = slot_of[t]
        if last[s] == 0:
            first[s] = t
        last[s] = t + 1
    return first, last


@part
def through_slot(
    way: Codes, first: int, last: int, repeatable: Bools, missing: int,
    before: I32, after: I32, cut: I32,
) -> None:  # fmt: skip
    """What it costs to be behind a slot at each place of the way, and where its stretch begins.

    `before` already counts events that fit nowhere, so a stretch begins at the event that fills
    the slot, or is empty.
    """
    n = len(way)
    for i in range(n + 1):
        after[i] = before[i] + missing
        cut[i] = i
    for t in range(first, last):
        held, since = NEVER, 0
        for i in range(n):
            here = way[i] == t
            held += 0 if here and repeatable[t] else 1
            if here and before[i] < held:
                held, since = before[i], i
            if held < after[i + 1]:
                after[i + 1] = held
                cut[i + 1] = since


@part
def through_block(
    way: Codes, slot: int, end: int, slot_of: I64, block_of: I64, block: int, repeatable: Bools,
    required: Bools, before: I32, after: I32, cut: I32, seen: I64, most: I64,
) -> None:  # fmt: skip
    """The same for a block of several slots: every stretch that begins at an event of its own."""
    n, missing = len(way), 0
    for s in range(slot, end):
        missing += 1 if required[s] else 0
    for i in range(n + 1):
        after[i] = before[i] + missing
        cut[i] = i
    for start in range(n):
        if way[start] >= len(slot_of) or block_of[slot_of[way[start]]] != block:
            continue
        seen[:] = 0
        most[slot:end] = 0
        spent = before[start] + missing
        for i in range(start, n):
            t = way[i]
            spent += 1
            if t < len(slot_of):
                s = slot_of[t]
                if slot <= s < end:
                    seen[t] += 1
                    if (repeatable[t] or seen[t] == 1) and seen[t] > most[s]:
                        spent -= 2 if most[s] == 0 and required[s] else 1
                        most[s] = seen[t]
            if spent < after[i + 1]:
                after[i + 1] = spent
                cut[i + 1] = start


@part
def mark_stretch(
    way: Codes, start: int, stop: int, slot: int, end: int, first: I64, last: I64,
    repeatable: Bools, seen: I64, mark: U8,
) -> None:  # fmt: skip
    """Marks the events of a stretch that fill the slots of its block."""
    for s in range(slot, end):
        for t in range(first[s], last[s]):
            seen[t] = 0
        for i in range(start, stop):
            if first[s] <= way[i] < last[s]:
                seen[way[i]] += 1
        chosen, most = -1, 0
        for t in range(first[s], last[s]):
            worth = seen[t] if repeatable[t] else min(seen[t], 1)
            if worth > most:
                chosen, most = t, worth
        for i in range(start, stop):
            if most > 0 and way[i] == chosen:
                mark[i] = 1
                if not repeatable[chosen]:
                    most = 0
