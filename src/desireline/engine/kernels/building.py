"""Loops that turn events as they come into journeys: numbering, arranging, stable sorting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I32, I64, Bools
from desireline.engine.kernels.compiled import kernel

U64 = NDArray[np.uint64]

RUN = 16
"""Length up to which insertion sort beats merging (measured on random times: 8 to 32 are equal)."""

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4)."""


@kernel
def number_keys(keys: U64) -> tuple[I32, I64]:
    """A number for each key in the order of first appearance, and where each number appears first.

    Open addressing with linear probing; the table doubles when it is half full.
    """
    n = len(keys)
    numbers = np.empty(n, np.int32)
    first = np.empty(1024, np.int64)
    bits = 11
    slots = np.full(1 << bits, -1, np.int32)
    held = np.empty(1 << bits, np.uint64)
    count = 0
    for i in range(n):
        key = keys[i]
        slot = (key * SPREAD) >> np.uint64(64 - bits)
        while slots[slot] >= 0 and held[slot] != key:
            slot = (slot + np.uint64(1)) & np.uint64((1 << bits) - 1)
        if slots[slot] < 0:
            slots[slot] = count
            held[slot] = key
            first[count] = i
            count += 1
        numbers[i] = slots[slot]
        if count == len(first):
            first = np.concatenate((first, np.empty(len(first), np.int64)))
            bits += 1
            slots = np.full(1 << bits, -1, np.int32)
            held = np.empty(1 << bits, np.uint64)
            for known in range(count):
                key = keys[first[known]]
                slot = (key * SPREAD) >> np.uint64(64 - bits)
                while slots[slot] >= 0:
                    slot = (slot + np.uint64(1)) & np.uint64((1 << bits) - 1)
                slots[slot] = known
                held[slot] = key
    return numbers, first[:count].copy()


@kernel
def arrange(case: I32, key: I64, n_cases: int) -> tuple[I64, I64, Bools]:
    """Where each case begins (n_cases + 1), and the events by case, then by key, then as they came.

    The last array holds one flag: whether the events came in that order, so that nothing moves.
    """
    n = len(case)
    offset = np.zeros(n_cases + 1, np.int64)
    as_they_came = np.ones(1, np.bool_)
    for i in range(n):
        offset[case[i] + 1] += 1
        if i and (case[i] < case[i - 1] or (case[i] == case[i - 1] and key[i] < key[i - 1])):
            as_they_came[0] = False
    for c in range(n_cases):
        offset[c + 1] += offset[c]
    order = np.empty(0 if as_they_came[0] else n, np.int64)
    if as_they_came[0]:
        return offset, order, as_they_came
    free = offset[:-1].copy()
    longest = 0
    for i in range(n):
        order[free[case[i]]] = i
        free[case[i]] += 1
    for c in range(n_cases):
        longest = max(longest, offset[c + 1] - offset[c])
    spare = np.empty(longest, np.int64)
    for c in range(n_cases):
        part = order[offset[c] : offset[c + 1]]
        for i in range(1, len(part)):
            if key[part[i]] < key[part[i - 1]]:
                sort_stable(part, key, spare)
                break
    return offset, order, as_they_came


@kernel
def sort_stable(part: I64, key: I64, spare: I64) -> None:
    """Sorts `part` (indices) in place by their key; equal keys stay as they are. Merge sort."""
    n = len(part)
    for start in range(0, n, RUN):
        for i in range(start + 1, min(start + RUN, n)):
            moved = part[i]
            j = i
            while j > start and key[part[j - 1]] > key[moved]:
                part[j] = part[j - 1]
                j -= 1
            part[j] = moved
    width = RUN
    while width < n:
        for start in range(0, n - width, 2 * width):
            middle = start + width
            stop = min(middle + width, n)
            if key[part[middle - 1]] <= key[part[middle]]:
                continue
            for i in range(start, middle):
                spare[i] = part[i]
            left = start
            right = middle
            for out in range(start, stop):
                if right == stop or (left < middle and key[spare[left]] <= key[part[right]]):
                    part[out] = spare[left]
                    left += 1
                    if left == middle:
                        break
                else:
                    part[out] = part[right]
                    right += 1
        width *= 2
