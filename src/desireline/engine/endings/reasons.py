"""From counts to reasons: each suspicion against like persons, all tested at once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.differences.intervals import apart, at_once, more_of_shares, of_share
from desireline.engine.endings.query import Query
from desireline.engine.endings.result import LEVEL, Difference, ForWhom, Reason
from desireline.engine.endings.second_look import UNKNOWN, Second
from desireline.engine.endings.settled import LEAST, Settled
from desireline.engine.inference.strata import Matched, matched
from desireline.engine.journeys import MICROSECONDS

Pairs = dict[bool, list[int]]
"""Whether it concerns them: how many, and how many left."""
MOST_FOR_WHOM = 3
ROUNDING = 1e-12
"""Differences below this come of adding up weights."""
TOLD = 20
"""Reasons that are told at most."""


def tested(second: Second) -> dict[int, Difference]:
    """The difference that each suspicion makes, for those with like persons enough."""
    strata: dict[int, dict[object, Pairs]] = defaultdict(dict)
    for (number, like, concerned, left), n in second.by_suspicion.items():
        pair = strata[number].setdefault(like, {True: [0, 0], False: [0, 0]})[concerned]
        pair[0] += n
        pair[1] += n * left
    found = {number: one for number in sorted(strata) if (one := _matched(strata[number]))}
    enough = {k: one for k, one in found.items() if min(one.one.n, one.like) >= LEAST}
    levels = at_once([one.found.p for one in enough.values()])
    return {k: _told(one, q) for (k, one), q in zip(enough.items(), levels, strict=True)}


def graver(differences: Mapping[int, Difference], settled: Settled) -> tuple[int, ...]:
    """The suspicions that are reasons; of an act that lacks, its gravest place.

    The gravest is the one by which most persons are lost. Those that keep visitors from becoming
    customers and those that drive customers away are ranked apart, and told in turns: a lost
    customer is not outweighed by many who have only looked.
    """
    sure = [k for k, d in differences.items() if d.q <= LEVEL and d.difference > 0]
    sure.sort(key=lambda k: (-_lost(differences[k]), k))
    seen: set[tuple[str, int]] = set()
    ranks: Counter[bool] = Counter()
    told = []
    for number in sure:
        suspicion = settled.suspicions[number]
        if (suspicion.kind, suspicion.act) not in seen:
            seen.add((suspicion.kind, suspicion.act))
            keeps = settled.customers[suspicion.place]
            told.append((ranks[keeps], -_lost(differences[number]), number))
            ranks[keeps] += 1
    return tuple(number for *_, number in sorted(told))


def reasons_of(second: Second, settled: Settled, query: Query) -> tuple[Reason, ...]:
    """The reasons found, then what is undecided and would lose most."""
    differences = tested(second)
    found = graver(differences, settled)
    acts = {(settled.suspicions[k].kind, settled.suspicions[k].act) for k in found}
    open_ones = [
        k
        for k, d in differences.items()
        if d.q > LEVEL
        and d.difference > 0
        and (settled.suspicions[k].kind, settled.suspicions[k].act) not in acts
    ]
    open_ones.sort(key=lambda k: (-_lost(differences[k]), k))
    told = [*found, *open_ones][: max(TOLD, len(found))]
    whom = _by_property(second, set(told))
    return tuple(
        _reason(settled, k, differences[k], tuple(_for_whom(whom.get(k, {}))), query) for k in told
    )


def _matched(strata: Mapping[object, Pairs]) -> Matched | None:
    order = sorted(strata, key=str)
    table = np.array([[*strata[s][True], *strata[s][False]] for s in order], np.int64)
    return matched(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _told(one: Matched, q: float) -> Difference:
    found = one.found
    return Difference(
        n=one.one.n,
        left=round(one.one.value * one.one.n),
        like=one.like,
        with_it=one.one.value,
        without=one.other.value,
        difference=found.difference,
        low=found.low,
        high=found.high,
        q=q,
        more=more_of_shares(one.one, one.other)
        if q > LEVEL and abs(found.difference) > ROUNDING
        else 0,
    )


def _lost(found: Difference) -> float:
    return found.difference * found.n


def _reason(
    settled: Settled, number: int, effect: Difference, whom: tuple[ForWhom, ...], query: Query
) -> Reason:
    suspicion = settled.suspicions[number]
    touchpoints = query.journey_map.touchpoints
    place, act = touchpoints[suspicion.place], touchpoints[suspicion.act]
    waited = suspicion.kind in ("unanswered", "late", "went_wrong")
    return Reason(
        kind=suspicion.kind,
        place=place.key,
        act=act.key,
        place_name=place.name,
        act_name=act.name,
        phase="keeping" if settled.customers[suspicion.place] else "winning",
        bound_seconds=suspicion.bound / MICROSECONDS if waited else None,
        bound_mark=suspicion.bound if suspicion.kind == "low_score" else None,
        effect=effect,
        lost=_lost(effect),
        lost_low=max(0.0, effect.low * effect.n),
        lost_high=effect.high * effect.n,
        verdict="found" if effect.q <= LEVEL else "undecided",
        for_whom=whom,
    )


def _by_property(second: Second, told: set[int]) -> dict[int, dict[tuple[str, str], Pairs]]:
    found: dict[int, dict[tuple[str, str], Pairs]] = defaultdict(dict)
    for (number, name, value, concerned, left), n in second.by_property.items():
        if number in told:
            blank: Pairs = {True: [0, 0], False: [0, 0]}
            pair = found[number].setdefault((name, value), blank)[concerned]
            pair[0] += n
            pair[1] += n * left
    return found


def _for_whom(pairs: Mapping[tuple[str, str], Pairs]) -> Iterator[ForWhom]:
    """Kinds of persons whom it moves most, against all others; tested at once."""
    asked = []
    for name, value in sorted(pairs):
        mine = pairs[name, value]
        rest = _rest(pairs, name, value)
        groups = (mine[True], mine[False], rest[True], rest[False])
        if value == UNKNOWN or min(n for n, _ in groups) < LEAST:
            continue
        here, there = (_apart(one) for one in (mine, rest))
        spread = np.hypot(_spread(here), _spread(there))
        z = (here.difference - there.difference) / max(float(spread), 1e-12)
        asked.append((name, value, here, z))
    levels = at_once([math.erfc(abs(z) / math.sqrt(2)) for *_, z in asked])
    told = [
        ForWhom(name, value, replace(here, q=q), stronger=q <= LEVEL and z > 0)
        for (name, value, here, z), q in zip(asked, levels, strict=True)
    ]
    told.sort(key=lambda w: (not w.stronger, -w.difference.difference))
    yield from told[:MOST_FOR_WHOM]


def _rest(pairs: Mapping[tuple[str, str], Pairs], name: str, value: str) -> Pairs:
    found: Pairs = {True: [0, 0], False: [0, 0]}
    for (one, other), pair in pairs.items():
        if one == name and other != value:
            for concerned, (n, left) in pair.items():
                found[concerned][0] += n
                found[concerned][1] += left
    return found


def _apart(pair: Pairs) -> Difference:
    (n, left), (like, went) = pair[True], pair[False]
    one, other = of_share(left, n), of_share(went, like)
    found = apart(one, other)
    return Difference(
        n, left, like, one.value, other.value, found.difference, found.low, found.high, 1.0, 0
    )


def _spread(one: Difference) -> float:
    return (one.high - one.low) / (2 * Z_95)
