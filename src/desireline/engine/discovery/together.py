"""Which event types belong together: echoes of one act, alternatives, steps in any order."""

from __future__ import annotations

import numpy as np

from desireline.engine.discovery.ways import Ways
from desireline.engine.journeys import F64, I64, Bools, Journeys

ECHO = 0.9
"""Share of the events of both types that must come in one burst."""
EXCLUSIVE = 0.5
"""Alternatives meet in one journey at most this often, as a multiple of chance."""
ALIKE = 0.7
"""Least cosine of what comes before (and, at END_ALIKE, after) two alternatives."""
AFTER_ALIKE = 0.4
EVEN = 1 / 3
"""Steps are in any order where the rarer direction has at least this share."""
FEWEST = 10
"""Journeys below which nothing is said about a pair."""
FEWEST_EXCLUSIVE = 5
SECOND = 1_000_000


def echoes(ways: Ways, *, fine_time: bool) -> list[tuple[int, ...]]:
    """Groups of slots that are one act: nine of ten events of each come in one burst.

    `fine_time` False (a log of dates or minutes) leaves all slots alone: bursts say nothing there.
    """
    group = list(range(ways.size))
    if fine_time:
        bursts = ways.bursts + ways.bursts.T
        for a in range(ways.size):
            for b in range(a + 1, ways.size):
                if bursts[a, b] >= max(ECHO * max(ways.events[a], ways.events[b]), 2):
                    low, high = sorted((group[a], group[b]))
                    group = [low if g == high else g for g in group]
    by_depth = [int(s) for s in np.argsort(ways.depth, kind="stable")]
    return [tuple(s for s in by_depth if group[s] == g) for g in sorted(set(group))]


def joined(groups: list[tuple[int, ...]], which: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The groups of event types put together as `which`, groups of indexes into them, says."""
    return [tuple(v for g in group for v in groups[g]) for group in which]


def has_fine_time(journeys: Journeys) -> bool:
    """Whether times are finer than minutes: else two events of one time may be hours apart."""
    covered = journeys.time[journeys.offset[0] : journeys.offset[-1]]
    step = max(len(covered) // 10_000, 1)
    return bool((covered[::step] % (60 * SECOND) != 0).mean() > 0.01) if len(covered) else False


def alternatives(ways: Ways, passed: I64) -> Bools:
    """(k, k): whether two slots stand for each other in one place.

    They meet in one journey at most half as often as by chance, one hardly ever follows the other,
    and they come after, and lead to, the same (cosine of the rows of the directly-follows table):
    the exclusive choice of process discovery (van der Aalst, Weijters, Maruster 2004).
    `passed[s]` counts the journeys that came to the place of slot s or further.
    """
    both = (ways.before + ways.before.T).astype(np.float64)
    bound = np.maximum(passed[:, None], passed[None, :]).astype(np.float64)
    chance = np.outer(ways.reach, ways.reach) / np.maximum(bound, 1.0)
    k = ways.size
    steps = ways.follows[:k, :k] + ways.follows[:k, :k].T
    smaller = np.minimum(ways.events[:, None], ways.events[None, :])
    apart = steps <= 0.1 * smaller
    enough = np.minimum(ways.reach[:, None], ways.reach[None, :]) >= FEWEST_EXCLUSIVE
    came, went = _cosines(ways.follows[:, :k].T), _cosines(ways.follows[:k, :])
    found = enough & apart & (both <= EXCLUSIVE * chance) & (came >= ALIKE) & (went >= AFTER_ALIKE)
    return np.asarray(found & ~np.eye(k, dtype=bool))


def any_order(ways: Ways) -> Bools:
    """(k, k): whether two slots are met in either order, at least a third of the journeys each."""
    both = ways.before + ways.before.T
    rarer = np.minimum(ways.before, ways.before.T)
    return np.asarray((both >= FEWEST) & (rarer >= EVEN * both) & ~np.eye(ways.size, dtype=bool))


def places(order: list[int], alike: Bools, loose: Bools, reach: I64) -> list[list[int]]:
    """Runs of the order whose slots are all alternatives, or loose: each run is one place.

    Where all are alternatives of each other, the most common comes first.
    """
    linked = alike | loose
    found: list[list[int]] = []
    for slot in order:
        if found and all(linked[slot, other] for other in found[-1]):
            found[-1].append(slot)
        else:
            found.append([slot])
    for run in found:
        if all(alike[a, b] for a in run for b in run if a != b):
            run.sort(key=lambda slot: -reach[slot])
    return found


def _cosines(rows: I64) -> F64:
    table = rows.astype(np.float64)
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-12)
    similar: F64 = unit @ unit.T
    return similar
