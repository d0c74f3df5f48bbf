"""Slow and obvious: the cheapest alignment by Dijkstra, and precision by sets of prefixes."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from desireline.engine.conformance.plan import Plan

State = tuple[int, int, tuple[int, ...]]
"""Events read, the block, and what fills each of its slots (-1: nothing yet)."""


def cheapest(plan: Plan, way: Sequence[int]) -> int:
    """The cost of the best alignment; labels beyond the touchpoints are strangers'."""
    start: State = (0, 0, _empty(plan, 0))
    queue, done = [(0, start)], set[State]()
    while True:
        cost, state = heapq.heappop(queue)
        if state in done:
            continue
        done.add(state)
        if state[0] == len(way) and state[1] == len(plan.begins) - 1:
            return cost
        for more, following in _moves(plan, way, state):
            heapq.heappush(queue, (cost + more, following))


def _moves(plan: Plan, way: Sequence[int], state: State) -> Iterator[tuple[int, State]]:
    i, block, held = state
    if i < len(way):
        yield 1, (i + 1, block, held)
    if block == len(plan.begins) - 1:
        return
    first = int(plan.begins[block])
    for t, slot in enumerate(plan.slot_of.tolist()):
        k = slot - first
        if not 0 <= k < len(held):
            continue
        taken = (*held[:k], t, *held[k + 1 :])
        if held[k] == -1:
            yield 1, (i, block, taken)
        if i < len(way) and way[i] == t and may_take(plan, held[k], t):
            yield 0, (i + 1, block, taken)
    if complete(plan, block, held):
        yield 0, (i, block + 1, _empty(plan, block + 1))


def may_take(plan: Plan, held: int, touchpoint: int) -> bool:
    """Whether a slot that holds this takes the touchpoint."""
    return held == -1 or (held == touchpoint and bool(plan.repeatable[touchpoint]))


def complete(plan: Plan, block: int, held: tuple[int, ...]) -> bool:
    """Whether a block can be left."""
    first = int(plan.begins[block])
    return all(h >= 0 or not plan.required[first + k] for k, h in enumerate(held))


def _empty(plan: Plan, block: int) -> tuple[int, ...]:
    if block >= len(plan.begins) - 1:
        return ()
    return (-1,) * int(plan.begins[block + 1] - plan.begins[block])


def enabled(plan: Plan, prefix: Sequence[int]) -> set[int]:
    """The touchpoints that the plan allows after a prefix that it allows."""
    block, held = 0, _empty(plan, 0)
    for t in prefix:
        at = int(plan.block_of[plan.slot_of[t]])
        if at != block:
            block, held = at, _empty(plan, at)
        k = int(plan.slot_of[t]) - int(plan.begins[block])
        held = (*held[:k], t, *held[k + 1 :])
    found: set[int] = set()
    while block < len(plan.begins) - 1:
        first = int(plan.begins[block])
        for t, slot in enumerate(plan.slot_of.tolist()):
            k = slot - first
            if 0 <= k < len(held) and may_take(plan, held[k], t):
                found.add(t)
        if not complete(plan, block, held):
            break
        block, held = block + 1, _empty(plan, block + 1)
    return found


def precision(plan: Plan, runs: Sequence[tuple[int, ...]]) -> float | None:
    """Of runs of the plan: 1 - escaping / allowed, over the states in which they go on."""
    passed: Counter[tuple[int, ...]] = Counter()
    done: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for run in runs:
        for k, t in enumerate(run):
            passed[run[:k]] += 1
            done[run[:k]].add(t)
    allowed = {prefix: enabled(plan, prefix) for prefix in passed}
    may = sum(n * len(allowed[prefix]) for prefix, n in passed.items())
    escapes = sum(n * len(allowed[prefix] - done[prefix]) for prefix, n in passed.items())
    return 1 - escapes / may if may else None
