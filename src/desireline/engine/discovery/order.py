"""The order of the touchpoints: the one with which the journeys disagree least."""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F64, I64

FEW = 8
"""Slots up to which all orders are weighed: 8 take a few milliseconds, and each more doubles it."""
SWEEPS = 100
"""Rounds of moves after which the search is given up (it has always ended within ten)."""
PRIOR = 0.01
"""Weight of the mean rank against that of a pair, as a share of the journeys of the rarer one: it
decides where next to no journey has both, as for alternatives and for different ends."""
HAIR = 1e-6
"""The same, in journeys, and what a move must gain: far below one journey."""


def consensus(before: I64, depth: F64, reach: I64) -> list[int]:
    """The slots in the order that contradicts the fewest first visits.

    Kemeny's rule (Kemeny 1959; Young 1988: the maximum likelihood order where each journey is a
    noisy reading of one true order) on first visits, so that loops and repetitions do not count. A
    pair weighs as many journeys as hold both. It is the minimum weighted feedback arc set
    problem; solved exactly for few slots (Held and Karp 1962), else by moving one slot at a time
    to its best place until none gains, from two starts: mean first-visit rank, and net wins
    (Borda). Pairs that next to no journey has both of go by `depth`, the mean first-visit rank;
    then by number.
    """
    net = (before - before.T).astype(np.float64)
    rarer = np.minimum(reach[:, None], reach[None, :])
    net += (HAIR + PRIOR * rarer) * np.sign(depth[None, :] - depth[:, None])
    if len(net) <= FEW:
        return _best(net)
    starts = (np.argsort(depth, kind="stable"), np.argsort(-net.sum(axis=1), kind="stable"))
    found = [_improved(net, [int(s) for s in start]) for start in starts]
    return max(found, key=lambda order: agreement(net, order))


def agreement(net: F64, order: list[int]) -> float:
    """The net number of pair readings that agree with the order."""
    sorted_net = net[np.ix_(order, order)]
    return float(np.triu(sorted_net, 1).sum())


def contradicted(before: I64, order: list[int]) -> float:
    """Share of the pairs of first visits that come the other way round, 0 to 0.5."""
    in_order = before[np.ix_(order, order)]
    total = int(in_order.sum())
    return float(np.tril(in_order, -1).sum() / total) if total else 0.0


def _best(net: F64) -> list[int]:
    """The best of all orders: the best of each set of slots ends with one of them."""
    k = len(net)
    gains, lasts = [0.0] * (1 << k), [0] * (1 << k)
    for some in range(1, 1 << k):
        inside = [slot for slot in range(k) if some >> slot & 1]
        ended = [gains[some ^ 1 << slot] + float(net[inside, slot].sum()) for slot in inside]
        at = int(np.argmax(ended))
        gains[some], lasts[some] = ended[at], inside[at]
    order, left = [], (1 << k) - 1
    while left:
        order.append(lasts[left])
        left ^= 1 << lasts[left]
    return order[::-1]


def _improved(net: F64, order: list[int]) -> list[int]:
    for _ in range(SWEEPS):
        moved = False
        for slot in tuple(order):
            old = order.index(slot)
            rest = order[:old] + order[old + 1 :]
            gain = np.concatenate([[0.0], np.cumsum(net[rest, slot])])
            best = int(np.argmax(gain))
            if gain[best] > gain[old] + HAIR / 2:
                order = [*rest[:best], slot, *rest[best:]]
                moved = True
        if not moved:
            break
    return order
