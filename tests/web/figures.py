"""Figures of made-up walks, computed the slow and obvious way in the shape of the map file."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.web.walks import DAY, Walk

FIRST_DAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
Json = dict[str, Any]


def iso(seconds: float) -> str:
    """The moment so many seconds after the first day, as the map file writes it."""
    return (FIRST_DAY + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def share(count: int, n: int) -> Json:
    """A share with its 95 % Wilson interval."""
    if n == 0:
        return {"n": 0, "count": 0, "share": None, "low": None, "high": None}
    z, p = 1.96, count / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return {"n": n, "count": count, "share": p, "low": low, "high": high}


def wait(values: Iterable[float]) -> Json:
    """Mean, median and 90th percentile of waits."""
    found = sorted(values)
    if not found:
        return {"n": 0, "mean": None, "p50": None, "p90": None}
    at = [found[min(len(found) - 1, int(q * len(found)))] for q in (0.5, 0.9)]
    return {"n": len(found), "mean": sum(found) / len(found), "p50": at[0], "p90": at[1]}


def neighbours(counts: Counter[str | None]) -> list[Json]:
    """Counts with their shares, most frequent first."""
    total = sum(counts.values())
    return [{"key": k, "count": c, "share": c / total} for k, c in counts.most_common()]


def touchpoint(key: str, walks: list[Walk], as_of: float) -> Json:
    """All figures of one touchpoint."""
    here = [w for w in walks if key in w.keys]
    before: list[float] = []
    after: list[float] = []
    previous: Counter[str | None] = Counter()
    following: Counter[str | None] = Counter()
    for w in here:
        for i in (i for i, k in enumerate(w.keys) if k == key):
            previous[w.keys[i - 1] if i else None] += 1
            following[w.keys[i + 1] if i + 1 < len(w.keys) else None] += 1
            before += [w.times[i] - w.times[i - 1]] if i else []
            after += [w.times[i + 1] - w.times[i]] if i + 1 < len(w.keys) else []
    ended = [w for w in here if w.keys[-1] == key]
    visits = sum(w.keys.count(key) for w in here)
    reached = [
        w for w in here if w.outcome_at is not None and "order" in w.keys[w.keys.index(key) :]
    ]
    still = [w for w in ended if as_of - w.times[-1] < 14 * DAY]
    last = max((w.times[i] for w in here for i, k in enumerate(w.keys) if k == key), default=0)
    value = [round(29 + (i * 37) % 60, 2) for i, _ in enumerate(here)] if key == "order" else []
    loops = sum(w.keys.count(key) > 1 for w in here)
    exits = sum(w.outcome_at is None for w in ended)
    return {
        "key": key,
        "journeys": len(here),
        "persons": len(here) - len(here) // 40,
        "events": visits + visits // 9,
        "visits": visits,
        "repeated_visits": visits - len(here),
        "reach": share(len(here), len(walks)),
        "exit": share(exits, len(here)),
        "ends": len(ended),
        "starts": previous[None],
        "loop": share(loops, len(here)),
        "wait_before": wait(before),
        "wait_after": wait(after),
        "value": {
            "n": len(value),
            "sum": float(sum(value)),
            "mean": sum(value) / len(value) if value else None,
        },
        "outcome": share(len(reached), len(here)),
        "outcome_base": share(sum(w.outcome_at is not None for w in walks), len(walks)),
        "open": len(still),
        "open_since": wait(as_of - w.times[-1] for w in still),
        "previous": neighbours(previous),
        "next": neighbours(following),
        "first_at": iso(min((w.times[0] for w in here), default=0)),
        "last_at": iso(last),
        "evidence": "observed",
        "emotion": None,
    }


def stage(key: str, keys: list[str], walks: list[Walk]) -> Json:
    """All figures of one stage."""
    here = [w for w in walks if any(k in keys for k in w.keys)]
    ended = [w for w in here if w.keys[-1] in keys and w.outcome_at is None]
    spans: list[float] = []
    to_next: list[float] = []
    for w in here:
        inside = [i for i, k in enumerate(w.keys) if k in keys]
        spans.append(w.times[inside[-1]] - w.times[inside[0]])
        if inside[-1] + 1 < len(w.keys):
            to_next.append(w.times[inside[-1] + 1] - w.times[inside[-1]])
    return {
        "key": key,
        "journeys": len(here),
        "persons": len(here) - len(here) // 40,
        "events": sum(k in keys for w in here for k in w.keys),
        "reach": share(len(here), len(walks)),
        "exit": share(len(ended), len(here)),
        "duration": wait(spans),
        "wait_to_next": wait(to_next),
        "evidence": "observed",
    }


def flow(walks: list[Walk]) -> list[Json]:
    """Every walked step, most frequent first."""
    count: Counter[tuple[str | None, str | None]] = Counter()
    journeys: dict[tuple[str | None, str | None], set[int]] = defaultdict(set)
    waits: dict[tuple[str | None, str | None], list[float]] = defaultdict(list)
    leaving: Counter[str | None] = Counter()
    for number, w in enumerate(walks):
        ends = [None, *w.keys, None]
        for i, pair in enumerate(itertools.pairwise(ends)):
            count[pair] += 1
            leaving[pair[0]] += 1
            journeys[pair].add(number)
            if 0 < i < len(w.keys):
                waits[pair].append(w.times[i] - w.times[i - 1])
    rarest = [
        min(count[p] for p in zip([None, *w.keys], [*w.keys, None], strict=True)) for w in walks
    ]
    return [
        {
            "from": a,
            "to": b,
            "count": c,
            "journeys": len(journeys[a, b]),
            "share": c / leaving[a],
            "with_outcome": sum(walks[j].outcome_at is not None for j in journeys[a, b]),
            "wait": wait(waits[a, b]),
            "hides": sum(r <= c for r in rarest),
        }
        for (a, b), c in count.most_common()
    ]


def funnel(steps: list[tuple[str, str]], walks: list[Walk], names: dict[str, str]) -> list[Json]:
    """A loose funnel over the steps, in order."""
    inside = [(w, -1) for w in walks]
    found: list[Json] = []
    first = previous = 0
    for key, name in steps:
        went, stayed, times = [], Counter[str | None](), []
        for w, at in inside:
            later = [i for i in range(at + 1, len(w.keys)) if w.keys[i] == key]
            if later:
                went.append((w, later[0]))
                times += [w.times[later[0]] - w.times[at]] if at >= 0 else []
            else:
                stayed[w.keys[at + 1] if at + 1 < len(w.keys) else None] += 1
        first, previous = first or len(went), previous or len(went)
        if found:
            found[-1]["instead"] = [
                {"key": k, "name": names.get(k or "", "Nothing more"), "count": c}
                for k, c in stayed.most_common(4)
            ]
        found.append(
            {
                "key": key,
                "name": name,
                "reached": len(went),
                "share_of_first": share(len(went), first),
                "share_of_previous": share(len(went), previous),
                "time_from_previous": wait(times),
                "instead": [],
            }
        )
        inside, previous = went, len(went)
    return found
