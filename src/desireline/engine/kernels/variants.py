"""Which journeys are the same sequence: a hash table, and no trust in the hash."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I32, I64, Codes
from desireline.engine.kernels.compiled import kernel

U64 = NDArray[np.uint64]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_ONE = np.uint64(1)


@kernel
def group_sequences(
    offset: I64, code: Codes, table: I32, hashes: U64, first: I64, group_of: I64
) -> int:
    """Groups journeys of equal sequence; returns how many groups, in order of appearance.

    `group_of` gets the group of each journey, -1 for journeys without events; `first` the number of
    each group's first journey, `hashes` its hash. `table` is all -1, its length a power of two, at
    least twice the number of journeys. The hash only says where to look: equality is decided by
    comparing the sequences.
    """
    mask = np.uint64(len(table) - 1)
    groups = 0
    for j in range(len(offset) - 1):
        group_of[j] = -1
        if offset[j] == offset[j + 1]:
            continue
        hashed = np.uint64(0)
        for i in range(offset[j], offset[j + 1]):
            hashed = (hashed ^ (np.uint64(code[i]) + _ONE)) * _MULTIPLIER
            hashed ^= hashed >> _SHIFT
        at = hashed & mask
        while table[at] >= 0:
            group = table[at]
            if hashes[group] == hashed and same_sequence(offset, code, first[group], j):
                break
            at = (at + _ONE) & mask
        if table[at] < 0:
            table[at] = groups
            first[groups] = j
            hashes[groups] = hashed
            groups += 1
        group_of[j] = table[at]
    return groups


@kernel
def same_sequence(offset: I64, code: Codes, a: int, b: int) -> bool:
    """Whether journeys `a` and `b` are the same sequence of codes."""
    length = offset[a + 1] - offset[a]
    if offset[b + 1] - offset[b] != length:
        return False
    for k in range(length):  # noqa: SIM110 - numba has no all()
        if code[offset[a] + k] != code[offset[b] + k]:
            return False
    return True
