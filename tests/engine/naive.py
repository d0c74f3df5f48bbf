"""Oracles: every analysis once more, slow and obvious, in plain Python over lists of events.

Each gives the same plain data as `to_dict` of the analysis (its exact part: quantiles of waits are
checked by themselves).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from tests.engine.factories import kept_events

from desireline.engine.analyses import (
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.journeys import Bools, Journeys

MICROSECOND = Fraction(1, 1_000_000)


def name_of(journeys: Journeys, i: int) -> str:
    return journeys.events[int(journeys.code[i])]


def has(journeys: Journeys, j: int, flags: Bools | None) -> bool:
    """Whether some event of journey `j`, filter or not, has its flag set."""
    span = range(int(journeys.offset[j]), int(journeys.offset[j + 1]))
    return flags is not None and any(bool(flags[i]) for i in span)


def wait_between(journeys: Journeys, a: int, b: int) -> int:
    """Microseconds from event `a` to event `b`; 0 where time runs backwards."""
    return max(0, int(journeys.time[b]) - int(journeys.time[a]))


def mean_seconds(waits: list[int]) -> float | None:
    return float(Fraction(sum(waits), len(waits)) * MICROSECOND) if waits else None


def quantile_seconds(waits: list[int], q: float) -> float | None:
    return float(np.quantile(np.array(waits, np.float64), q)) / 1e6 if waits else None


def step_waits(journeys: Journeys) -> dict[tuple[str, str], list[int]]:
    waits = defaultdict(list)
    for kept in kept_events(journeys):
        for a, b in pairwise(kept):
            waits[name_of(journeys, a), name_of(journeys, b)].append(wait_between(journeys, a, b))
    return dict(waits)


def transitions_of(journeys: Journeys, query: transitions.Query) -> dict[str, Any]:
    walks = [kept for kept in kept_events(journeys) if kept]
    waits = step_waits(journeys)
    leaving = Counter[str]()
    for (source, _), found in waits.items():
        leaving[source] += len(found)
    walked_by, reached_by, rarest = _steps(journeys, query)
    told = []
    for (source, target), found in waits.items():
        row: dict[str, Any] = {"from": source, "to": target, "count": len(found)}
        row["share"] = len(found) / leaving[source]
        row["mean"] = mean_seconds(found)
        if query.journeys:
            row["journeys"] = walked_by[source, target]
            if query.outcome is not None:
                row["with_outcome"] = reached_by[source, target]
        if query.rarity:
            row["hides"] = sum(1 for least in rarest if least <= len(found))
        told.append(row)
    told.sort(key=lambda row: (-row["count"], row["from"], row["to"]))
    return {
        "cases": len(walks),
        "events": sum(len(kept) for kept in walks),
        "transitions": told,
        "starts": dict(Counter(name_of(journeys, kept[0]) for kept in walks)),
        "ends": dict(Counter(name_of(journeys, kept[-1]) for kept in walks)),
        "negative_waits": sum(
            1 for kept in walks for a, b in pairwise(kept) if journeys.time[b] < journeys.time[a]
        ),
    }


def _steps(journeys: Journeys, query: transitions.Query) -> tuple[Any, Any, list[int]]:
    """Journeys and journeys with outcome by step, and the count of each one's rarest step."""
    walks = {
        j: list(pairwise([None, *(name_of(journeys, i) for i in kept), None]))
        for j, kept in enumerate(kept_events(journeys))
        if kept
    }
    times = Counter(step for steps in walks.values() for step in steps)
    walked_by = Counter(step for steps in walks.values() for step in set(steps))
    reached_by = Counter(
        step for j, steps in walks.items() if has(journeys, j, query.outcome) for step in set(steps)
    )
    return walked_by, reached_by, [min(times[step] for step in s) for s in walks.values()]


def variants_of(journeys: Journeys, query: variants.Query) -> dict[str, Any]:
    counts, reached = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for j, kept in enumerate(kept_events(journeys)):
        if kept:
            sequence = tuple(name_of(journeys, i) for i in kept)
            counts[sequence] += 1
            reached[sequence] += has(journeys, j, query.outcome)
    ranked = sorted(counts, key=lambda sequence: (-counts[sequence], sequence))[: query.top]
    told = []
    for sequence in ranked:
        row: dict[str, Any] = {"count": counts[sequence], "events": list(sequence)}
        if query.outcome is not None:
            row["with_outcome"] = reached[sequence]
        told.append(row)
    passed = np.cumsum([counts[sequence] for sequence in ranked]).tolist()
    cases = counts.total()
    return {
        "cases": cases,
        "distinct": len(counts),
        "variants": told,
        "coverage": [n / cases for n in passed],
    }


def touchpoints_of(journeys: Journeys, query: touchpoints.Query) -> dict[str, Any]:
    walks = {j: kept for j, kept in enumerate(kept_events(journeys)) if kept}
    return {
        "cases": len(walks),
        "persons": len({journeys.person_index(j) for j in walks}),
        "events": sum(len(kept) for kept in walks.values()),
        "with_outcome": sum(has(journeys, j, query.outcome) for j in walks),
        "touchpoints": {
            name: _touchpoint(journeys, query, walks, name) for name in journeys.events
        },
    }


def _touchpoint(
    journeys: Journeys, query: touchpoints.Query, walks: dict[int, list[int]], name: str
) -> dict[str, Any]:
    told: dict[str, Any] = Counter()
    previous, following = Counter[str | None](), Counter[str | None]()
    waits: dict[str, list[int]] = {"before": [], "after": [], "duration": []}
    persons, values, times = set(), [], []
    for j, kept in walks.items():
        here = [i for i in kept if name_of(journeys, i) == name]
        if not here:
            continue
        runs = [list(run) for _, run in groupby(kept, key=lambda i: int(journeys.code[i]))]
        at = [k for k, run in enumerate(runs) if name_of(journeys, run[0]) == name]
        persons.add(journeys.person_index(j))
        times += [int(journeys.time[i]) for i in here]
        values += [float(journeys.value[i]) for i in here] if journeys.value is not None else []
        told["journeys"] += 1
        told["events"] += len(here)
        told["visits"] += len(at)
        told["loops"] += len(at) > 1
        told["starts"] += at[0] == 0
        told["ends"] += at[-1] == len(runs) - 1
        told["exits"] += at[-1] == len(runs) - 1 and not has(journeys, j, query.outcome)
        later = range(here[0], int(journeys.offset[j + 1]))
        reached = query.outcome is not None and any(bool(query.outcome[i]) for i in later)
        told["with_outcome"] += reached
        waits["duration"].append(wait_between(journeys, here[0], here[-1]))
        for k in at:
            previous[name_of(journeys, runs[k - 1][0]) if k > 0 else None] += 1
            following[name_of(journeys, runs[k + 1][0]) if k + 1 < len(runs) else None] += 1
            if k > 0:
                waits["before"].append(wait_between(journeys, runs[k - 1][-1], runs[k][0]))
            if k + 1 < len(runs):
                waits["after"].append(wait_between(journeys, runs[k][-1], runs[k + 1][0]))
    values = [value for value in values if not math.isnan(value)]
    names = ("journeys", "events", "visits", "loops", "starts", "ends", "exits", "with_outcome")
    return {
        **{key: told[key] for key in names},
        "persons": len(persons),
        "previous": dict(previous),
        "next": dict(following),
        "values": len(values),
        "sum": float(sum((Fraction(value) for value in values), Fraction(0))),
        "waits": waits,
        "period": (min(times), max(times)) if times else None,
    }


def positions_of(journeys: Journeys, query: positions.Query) -> dict[str, Any]:
    covered = journeys.time[journeys.offset[0] : journeys.offset[-1]]
    as_of = query.as_of
    if as_of is None:
        as_of = int(covered.max()) if len(covered) else None
    standing = {}
    for j, kept in enumerate(kept_events(journeys)):
        stand = _stand(journeys, query, j, set(kept), as_of)
        if stand is not None and (journeys.mask is None or journeys.mask.journey[j]):
            standing[journeys.journey_id(j)] = stand
    return {"as_of": as_of, "standing": standing}


def _stand(
    journeys: Journeys, query: positions.Query, j: int, kept: set[int], as_of: int | None
) -> tuple[str, int] | None:
    span = range(int(journeys.offset[j]), int(journeys.offset[j + 1]))
    past = [i for i in span if as_of is not None and journeys.time[i] <= as_of]
    if query.outcome is not None and any(bool(query.outcome[i]) for i in past):
        return None
    stand: tuple[str, int] | None = None
    for i in past:
        if i in kept and (stand is None or stand[0] != name_of(journeys, i)):
            stand = (name_of(journeys, i), int(journeys.time[i]))
        if query.closed is not None and query.closed[i]:
            stand = None
    return stand


END = "(end)"


def paths_of(journeys: Journeys, query: paths.Query) -> dict[str, Any]:
    """Counts of every beginning of a path, as tuples of names, not folded."""
    after, before = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for kept in kept_events(journeys):
        anchors = [k for k, i in enumerate(kept) if _is_anchor(journeys, query, i)]
        for k in anchors if query.every else anchors[:1]:
            after.update(_beginnings(journeys, query, kept[k:]))
            before.update(_beginnings(journeys, query, kept[k::-1]))
    return {"after": dict(after), "before": dict(before)}


def _is_anchor(journeys: Journeys, query: paths.Query, i: int) -> bool:
    if isinstance(query.anchor, str):
        return name_of(journeys, i) == query.anchor
    return bool(query.anchor[i])


def _beginnings(journeys: Journeys, query: paths.Query, walk: list[int]) -> list[tuple[str, ...]]:
    path: tuple[str, ...] = ()
    found: list[tuple[str, ...]] = [path]
    for left, at in pairwise([*walk[: query.depth + 1], None]):
        if len(path) == query.depth:
            break
        gap = query.max_gap_seconds
        far = at is not None and gap is not None and _apart(journeys, left, at) > gap
        path = (*path, END if at is None or far else name_of(journeys, at))
        found.append(path)
        if path[-1] == END:
            break
    return found


def _apart(journeys: Journeys, a: int | None, b: int) -> float:
    assert a is not None
    return abs(int(journeys.time[b]) - int(journeys.time[a])) / 1e6


def retention_of(journeys: Journeys, query: retention.Query) -> dict[str, Any]:
    """By first day of the cohort: how many began, and the journeys back in each period."""
    last = max((int(journeys.time[i]) for i in _covered(journeys)), default=None)
    as_of = last if query.as_of is None else query.as_of
    cohorts: dict[dt.date, dict[str, Any]] = {}
    for kept in kept_events(journeys):
        begun = [i for i in kept if query.begins is None or query.begins[i]]
        if not begun or not _entered(journeys, query, begun[0], as_of):
            continue
        entry, first = begun[0], _first_day(journeys, query, begun[0])
        back = {
            _periods_between(query, first, _first_day(journeys, query, i))
            for i in kept[kept.index(entry) + 1 :]
            if (query.back is None or query.back[i]) and _clock(journeys, i) <= as_of
        }
        cohort = cohorts.setdefault(first, {"n": 0, "back": Counter[int]()})
        cohort["n"] += 1
        for k in range(query.periods + 1):
            rolling = query.kind == "on_or_after"
            cohort["back"][k] += any(p >= k for p in back) if rolling else k in back
    return {"as_of": as_of, "cohorts": cohorts, "over": _over(query, as_of, list(cohorts))}


def _covered(journeys: Journeys) -> range:
    return range(int(journeys.offset[0]), int(journeys.offset[-1]))


def _entered(journeys: Journeys, query: retention.Query, i: int, as_of: int | None) -> bool:
    at = _clock(journeys, i)
    late = as_of is not None and at > as_of
    return not late and (query.since is None or at >= query.since)


def _clock(journeys: Journeys, i: int) -> int:
    """The time of an event; where times run back, that of the latest event up to it."""
    begin = max(int(o) for o in journeys.offset if o <= i)
    return max(int(t) for t in journeys.time[begin : i + 1])


def _day_of(time: int, zone: str) -> dt.date:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=time)
    return moment.astimezone(ZoneInfo(zone)).date()


def _first_day_of(day: dt.date, period: str) -> dt.date:
    back = {"day": 0, "week": day.weekday(), "month": day.day - 1}[period]
    return day - dt.timedelta(days=back)


def _first_day(journeys: Journeys, query: retention.Query, i: int) -> dt.date:
    return _first_day_of(_day_of(_clock(journeys, i), query.time_zone), query.period)


def _next(first: dt.date, period: str) -> dt.date:
    return _first_day_of(first + dt.timedelta({"day": 1, "week": 7, "month": 31}[period]), period)


def _periods_between(query: retention.Query, first: dt.date, later: dt.date) -> int:
    k = 0
    while first < later:
        first, k = _next(first, query.period), k + 1
    return k


def _over(query: retention.Query, as_of: int | None, cohorts: list[dt.date]) -> set[Any]:
    """The cells (cohort, k) whose last day is over when the microsecond `as_of` is."""
    if as_of is None:
        return set()
    today = _day_of(as_of + 1, query.time_zone)
    over = set()
    for first in cohorts:
        begin = first
        for k in range(query.periods + 1):
            begin = _next(begin, query.period)
            if begin <= today:
                over.add((first, k))
    return over
