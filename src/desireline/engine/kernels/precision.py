"""Kernel for the precision of a plan: what it allows beside what was done."""

from __future__ import annotations

from typing import Any

import numpy as np

from desireline.engine.journeys import I64, U8, Bools, Codes
from desireline.engine.kernels.compiled import kernel, part

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@kernel
def count_escapes(
    offset: I64,
    label: Codes,
    weight: I64,
    fitted: U8,
    slot_of: I64,
    repeatable: Bools,
    required: Bools,
    block_of: I64,
    begins: I64,
) -> tuple[int, int]:
    """Over all states of the plan in which a way goes on: what is allowed, and what nobody did.

    Both are summed with the number of journeys that pass the state. A state is what came before in
    the plan's part of the alignment: events that fit, and slots that stayed empty though required,
    at the end of their block.
    """
    touchpoints, slots, blocks = len(slot_of), len(required), len(begins) - 1
    first = np.full(slots, -1, np.int64)
    for t in range(touchpoints - 1, -1, -1):
        first[slot_of[t]] = t
    entered = np.zeros(blocks + 1, np.int64)
    for b in range(blocks - 1, -1, -1):
        through = True
        for s in range(begins[b], begins[b + 1]):
            through = through and not required[s]
        if through:
            entered[b] = entered[b + 1]
        for t in range(touchpoints):
            entered[b] += 1 if block_of[slot_of[t]] == b else 0
    longest, steps = 0, 1
    for j in range(len(offset) - 1):
        length = offset[j + 1] - offset[j] + slots
        longest, steps = max(longest, length), steps + length
    size = 2
    while size < 2 * steps:
        size *= 2
    keys, child = np.full(size, -1, np.int64), np.empty(size, np.int64)
    passed, allowed = np.zeros(steps, np.int64), np.zeros(steps, np.int64)
    done = np.zeros(steps, np.int64)
    way, nodes = np.empty(longest, np.int64), 1
    chosen = np.empty(slots, np.int64)
    for j in range(len(offset) - 1):
        n = lay_out(
            label[offset[j] : offset[j + 1]], fitted[offset[j] : offset[j + 1]],
            slot_of, required, block_of, begins, blocks, first, chosen, way,
        )  # fmt: skip
        chosen[:] = -1
        node: Any = 0
        block: Any = -1
        for k in range(n):
            passed[node] += weight[j]
            if allowed[node] == 0:
                allowed[node] = ways_on(
                    block, chosen, slot_of, first, repeatable, required, begins, entered
                )
            t = way[k]
            key = node * touchpoints + t
            at = np.int64((np.uint64(key) * _MULTIPLIER >> _SHIFT) & np.uint64(size - 1))
            while keys[at] >= 0 and keys[at] != key:
                at = (at + 1) & (size - 1)
            if keys[at] < 0:
                keys[at], child[at] = key, nodes
                nodes += 1
                done[node] += 1
            node, block = child[at], block_of[slot_of[t]]
            chosen[slot_of[t]] = t
    may, escapes = 0, 0
    for node in range(nodes):
        may += passed[node] * allowed[node]
        escapes += passed[node] * (allowed[node] - done[node])
    return may, escapes


@part
def lay_out(
    label: Codes, fitted: U8, slot_of: I64, required: Bools, block_of: I64, begins: I64,
    blocks: int, first: I64, chosen: I64, way: I64,
) -> int:  # fmt: skip
    """The plan's part of an alignment as touchpoints; returns how many."""
    chosen[:] = -1
    for i in range(len(label)):
        if fitted[i]:
            chosen[slot_of[label[i]]] = 1
    n, i = 0, 0
    for b in range(blocks):
        while i < len(label) and (not fitted[i] or block_of[slot_of[label[i]]] == b):
            if fitted[i]:
                way[n] = label[i]
                n += 1
            i += 1
        for s in range(begins[b], begins[b + 1]):
            if required[s] and chosen[s] < 0:
                way[n] = first[s]
                n += 1
    return n


@part
def ways_on(
    block: Any, chosen: I64, slot_of: I64, first: I64, repeatable: Bools, required: Bools,
    begins: I64, entered: I64,
) -> int:  # fmt: skip
    """How many touchpoints the plan allows next; `entered` tells that of blocks not begun yet."""
    found, through = 0, True
    if block >= 0:
        for s in range(begins[block], begins[block + 1]):
            through = through and (not required[s] or chosen[s] >= 0)
            t = first[s]
            while t < len(slot_of) and slot_of[t] == s:
                found += 1 if chosen[s] < 0 or (chosen[s] == t and repeatable[t]) else 0
                t += 1
    return found + (entered[block + 1] if through else 0)
