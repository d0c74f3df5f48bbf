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
def hash_sequences(offset: I64, code: Codes, hashes: U64) -> None:
    """Writes a hash of the codes of each journey."""
    for j in range(len(offset) - 1):
        hashed = np.uint64(0)
        for i in range(offset[j], offset[j + 1]):
            hashed = (hashed ^ (np.uint64(code[i]) + _ONE)) * _MULTIPLIER
            hashed ^= hashed >> _SHIFT
        hashes[j] = hashed


@kernel
def group_sequences(
    offset: I64, code: Codes, hashes: U64, table: I32, first: I64, group_of: I64
) -> int:
    """Groups journeys of equal sequence; returns how many groups, in order of appearance.

    `group_of` gets the group of each journey, -1 for journeys without events; `first` the number of
    each group's first journey. `table` is all -1, its length a power of two, at least twice the
    number of journeys. The hash only says where to look: equality is decided by comparing the
    sequences.
    """
    mask = np.uint64(len(table) - 1)
    groups = 0
    for j in range(len(offset) - 1):
        group_of[j] = -1
        if offset[j] == offset[j + 1]:
            continue
        hashed = hashes[j]
        at = hashed & mask
        while table[at] >= 0:
            other = first[table[at]]
            if hashes[other] == hashed and same_sequence(offset, code, other, j):
                break
            at = (at + _ONE) & mask
        if table[at] < 0:
            table[at] = groups
            first[groups] = j
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


@kernel
def take_sequences(offset: I64, code: Codes, chosen: I64, taken: Codes) -> None:
    """Writes the codes of the chosen journeys one after another."""
    n = 0
    for j in chosen:
        for i in range(offset[j], offset[j + 1]):
            taken[n] = code[i]
            n += 1


@kernel
def add_by_group(group_of: I64, weight: I64, total: I64) -> None:
    """Adds the row of each journey to that of its group; those of group -1 are left out."""
    for j in range(len(group_of)):
        if group_of[j] >= 0:
            for c in range(weight.shape[1]):
                total[group_of[j], c] += weight[j, c]
