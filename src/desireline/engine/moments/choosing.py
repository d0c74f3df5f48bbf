"""Which contrasts a touchpoint has: in which ways it can be seen to have gone well or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from desireline.engine.journey_map.parts import Touchpoint
from desireline.engine.journeys import MICROSECONDS
from desireline.engine.kernels.waits import bucket_bounds
from desireline.engine.moments.first_look import Looked, optional
from desireline.engine.moments.query import Contrast, Query

LEAST = 100
"""Journeys at a touchpoint below which it is not looked at."""
COVERED = 0.8
MOST_BEFORE = 3
"""One stands before a touchpoint where four of five come from, at three touchpoints at most."""
SETTLED = 0.99
"""By then it is settled whether it comes."""
ANSWERED = 0.2
"""An answer comes at once to at least so many."""
REPEATED = 0.02
SPREAD = 1.5
"""Waits are quick or not where nine of ten take so many times longer than half of them."""


def contrasts_of(seen: Looked, query: Query) -> tuple[Contrast, ...]:
    """All contrasts that there is enough to look at, in the map's order."""
    found = []
    for point in query.journey_map.touchpoints:
        if seen.visited[point.key] < LEAST:
            continue
        for maker in MAKERS:
            made = maker(point, seen)
            if made is not None and not _is_outcome(point, seen, again=_had_before(made, seen)):
                found.append(replace(made, again=_had_before(made, seen)))
    return tuple(found)


def company(seen: Looked, name: str) -> bool:
    """Whether the touchpoint is the company's doing."""
    return 2 * seen.by_company[name] > seen.events[name]


def _had_before(made: Contrast, seen: Looked) -> bool:
    n = sum(seen.visited[name] for name in made.stands)
    return 2 * sum(seen.visited_after[name] for name in made.stands) > n


def _is_outcome(point: Touchpoint, seen: Looked, *, again: bool) -> bool:
    """Whether the touchpoint is what should follow."""
    counts = seen.pays if again else seen.is_outcome
    return 2 * counts[point.key] > seen.events[point.key]


def _happened(point: Touchpoint, seen: Looked) -> Contrast | None:
    """It came, to who stood before it; of touchpoints that may be passed by."""
    ours, before = company(seen, point.key), _before(seen, point.key)
    if not before or not (optional(point) or ours):
        return None
    within = _quantile(seen, [(name, point.key) for name in before], SETTLED)
    return Contrast(point.key, "happened", before, within, "company" if ours else "customer")


def _answered(point: Touchpoint, seen: Looked) -> Contrast | None:
    """The company answered what the customer began."""
    if company(seen, point.key):
        return None
    steps = seen.steps
    replies = [
        name
        for name in seen.events
        if name != point.key and 2 * seen.by_staff[name] > seen.events[name]
    ]
    reply = max(replies, key=lambda name: (steps[point.key, name], name), default="")
    if not reply or steps[point.key, reply] < ANSWERED * seen.events[point.key]:
        return None
    within = _quantile(seen, [(point.key, reply)], SETTLED)
    return Contrast(point.key, "answered", (point.key,), within, "company", reply=reply)


def _quick(point: Touchpoint, seen: Looked) -> Contrast | None:
    """What the company does came sooner than half of the time."""
    before = _before(seen, point.key)
    if not before or not company(seen, point.key):
        return None
    pairs = [(name, point.key) for name in before]
    half, most = _quantile(seen, pairs, 0.5), _quantile(seen, pairs, 0.9)
    if half == 0 or most < SPREAD * half:
        return None
    return Contrast(point.key, "quick", before, 0, "company", split=float(half))


def _worked(point: Touchpoint, seen: Looked) -> Contrast | None:
    """It did not fail."""
    if point.failed_when is None or not 0 < seen.failed[point.key] < seen.events[point.key]:
        return None
    return Contrast(point.key, "worked", (point.key,), 0, "company")


def _liked(point: Touchpoint, seen: Looked) -> Contrast | None:
    """It was given a mark in the better half."""
    marks = Counter({mark: n for (name, mark), n in seen.scores.items() if name == point.key})
    n = sum(marks.values())
    if n < LEAST:
        return None
    ordered = sorted(marks)
    passed = np.cumsum([marks[mark] for mark in ordered])
    split = ordered[int(np.searchsorted(passed, n / 2, side="right"))]
    if split == ordered[0]:
        return None
    return Contrast(point.key, "liked", (point.key,), 0, "customer", split=split)


def _once(point: Touchpoint, seen: Looked) -> Contrast | None:
    """The customer did not have to do it again at once."""
    again = seen.steps[point.key, point.key]
    if company(seen, point.key) or again < REPEATED * seen.events[point.key]:
        return None
    within = _quantile(seen, [(point.key, point.key)], SETTLED)
    return Contrast(point.key, "once", (point.key,), within, "customer")


MAKERS: tuple[Callable[[Touchpoint, Looked], Contrast | None], ...] = (
    _happened,
    _answered,
    _quick,
    _worked,
    _liked,
    _once,
)


def _before(seen: Looked, name: str) -> tuple[str, ...]:
    """The touchpoints from which most come straight here."""
    counts = {a: n for (a, b), n in seen.steps.items() if b == name and a != name}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found: list[str] = []
    for place, n in ranked[:MOST_BEFORE]:
        if sum(counts[f] for f in found) >= COVERED * sum(counts.values()):
            break
        if n > 0:
            found.append(place)
    return tuple(found)


def _quantile(seen: Looked, pairs: list[tuple[str, str]], q: float) -> int:
    """Microseconds within which this share of the steps was taken."""
    wanted = set(pairs)
    buckets: Counter[int] = Counter()
    for (a, b, bucket), n in seen.waits.items():
        if (a, b) in wanted:
            buckets[bucket] += n
    ordered = sorted(buckets)
    passed = np.cumsum([buckets[bucket] for bucket in ordered])
    at = int(np.searchsorted(passed, q * passed[-1]))
    upper = bucket_bounds()[1][ordered[min(at, len(ordered) - 1)]]
    return int(upper * MICROSECONDS)
