"""The first look: how long one usually waits, who acts where, which marks are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from desireline.engine.analyses import transitions
from desireline.engine.analyses.exact_sums import LIMBS, sum_of
from desireline.engine.analyses.waits import Waits
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools
from desireline.engine.kernels.exact_sums import add_values
from desireline.engine.kernels.waits import BUCKETS, bucket_seconds
from desireline.engine.marks import marks
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.signals import fails, is_customer, lowest_good, takes_messages
from desireline.engine.telling import Told

LONG = 0.8
"""Waits longer than those of so many others who took the same step are long."""
LEAST_WAITS = 20
"""So many waits tell what is usual."""
SHORTEST_WAIT = 60 * MICROSECONDS
"""Nobody is hurt by waiting for less than a minute."""
DAY_SECONDS = 86_400.0
COMES_BACK = 0.9
"""Of the gaps of more than a day, so many are over within the horizon."""
FOLLOWS = 4
"""The end of a visit is looked for within so many horizons at least; longer where nine in ten
journeys take longer, and at most `1 / FOLLOWS` of the log, so that most visits are old enough."""
IN_COURSE = 0.75
"""What follows a place directly so often comes by itself, and is not offered."""
LEADS = 0.05
"""By a channel that is rarer at a touchpoint, nobody is expected there."""
ANSWERED, LEAST_ANSWER = 0.3, 0.1
"""What directly follows a message this often in all, each this often, is its answer."""


@dataclass(frozen=True, eq=False)
class Look:
    """What a shard contributes."""

    walked: transitions.Partial
    acts: Counter[tuple[int, str, str]]
    """Events by touchpoint, actor and channel."""
    highest: Mapping[str, float]
    """The highest mark in each property."""
    first: int | None
    last: int | None
    values: int
    took: Waits
    """From the first to the last event of journeys."""
    limbs: I64
    """How many outcomes have a value, and its exact sum."""

    def merged(self, other: Look) -> Look:
        """Both together."""
        highest = dict(self.highest)
        for name, mark in other.highest.items():
            highest[name] = max(mark, highest.get(name, mark))
        return Look(
            transitions.merge(self.walked, other.walked),
            self.acts + other.acts,
            highest,
            _one_of(min, self.first, other.first),
            _one_of(max, self.last, other.last),
            self.values + other.values,
            self.took.merge(other.took),
            self.limbs + other.limbs,
        )


def _one_of(choose: object, *given: int | None) -> int | None:
    known = [one for one in given if one is not None]
    return choose(known) if known else None  # type: ignore[operator]


def look(told: Told, query: Query) -> Look:
    """What one shard contributes."""
    log, walked = told.log, told.journeys
    span = log.period
    counted, limbs = _worth(told)
    return Look(
        walked=transitions.partial(walked, transitions.Query()),
        acts=_acts(told),
        highest={
            name: float(np.nanmax(numbers))
            for name in query.scores
            if (numbers := marks(log.columns.get(name))) is not None and not np.isnan(numbers).all()
        },
        first=None if span is None else span[0],
        last=None if span is None else span[1],
        values=counted,
        took=_took(told),
        limbs=limbs,
    )


def _acts(told: Told) -> Counter[tuple[int, str, str]]:
    walked = told.journeys
    assert walked.mask is not None  # noqa: S101 - telling sets it
    kept = np.flatnonzero(walked.mask.event)
    actor, channel = (
        np.zeros(len(kept), np.int64) if held is None else held[kept].astype(np.int64)
        for held in (walked.actor, walked.channel)
    )
    actors, channels = len(walked.actors), len(walked.channels)
    keys = (walked.code[kept].astype(np.int64) * actors + actor) * channels + channel
    times = np.bincount(keys)
    found: Counter[tuple[int, str, str]] = Counter()
    for key in np.flatnonzero(times).tolist():
        rest, c = divmod(key, channels)
        t, a = divmod(rest, actors)
        found[t, walked.actors[a], walked.channels[c]] = int(times[key])
    return found


def _worth(told: Told) -> tuple[int, I64]:
    counted, limbs = np.zeros(1, np.int64), np.zeros((1, LIMBS), np.int64)
    log = told.log
    if log.value is not None and told.outcome is not None:
        every = np.ones(len(log), np.bool_)
        code = np.zeros(len(log.time), np.uint16)
        add_values(log.offset, code, log.value.view(np.int32), told.outcome, every, counted, limbs)
    return int(counted[0]), limbs


def settled(found: Look, query: Query) -> Settled:
    """What follows from all shards together."""
    places = query.journey_map.touchpoints
    walked = found.walked
    acting = [_acting(found, t, place.key) for t, place in enumerate(places)]
    known = any(actor for _, actor, _ in found.acts)
    own = frozenset(actor for _, actor, _ in found.acts if is_customer(actor))
    by_company = np.array([known and one.company for one in acting], np.bool_)
    waited_for = by_company | (not known)
    messages = np.array([one.asks for one in acting], np.bool_)
    steps = _steps(walked)
    spoken = np.array([one.speaks for one in acting], np.bool_)
    answers, in_course = (
        _answers(steps, spoken, messages),
        steps.max(axis=0, initial=0) >= IN_COURSE,
    )
    most = ((found.last or 0) - (found.first or 0)) // FOLLOWS
    horizon = min(_horizon(walked.waits), most // FOLLOWS)
    failing = np.array([fails(place.key) for place in places], np.bool_)
    return Settled(
        limits=_limits(walked.waits, query, waited_for),
        answers=answers,
        offered=by_company & ~failing & ~in_course & ~answers.any(axis=0),
        channels=tuple(one.channels for one in acting),
        own=own or frozenset(actor for _, actor, _ in found.acts),
        low_below=tuple((name, lowest_good(top)) for name, top in sorted(found.highest.items())),
        horizon=horizon,
        follows=min(most, max(FOLLOWS * horizon, _usual_length(found.took))),
        last=found.last or 0,
        typical_value=sum_of(found.limbs[0].tolist()) / found.values if found.values else None,
    )


class _Acting(NamedTuple):
    """Who mostly acts at a touchpoint."""

    company: bool
    asks: bool
    """Customers write or call there."""
    speaks: bool
    """The company writes or calls there."""
    channels: frozenset[str]


def _acting(found: Look, touchpoint: int, key: str) -> _Acting:
    acts = [(a, c, n) for (t, a, c), n in found.acts.items() if t == touchpoint]
    every = sum(n for _, _, n in acts)
    company = sum(n for a, _, n in acts if not is_customer(a))
    spoken = [(a, n) for a, c, n in acts if takes_messages(c or key)]
    asked = sum(n for a, n in spoken if is_customer(a))
    said = sum(n for a, n in spoken if not is_customer(a))
    by_channel: Counter[str] = Counter()
    for _, c, n in acts:
        by_channel[c] += n
    leads = frozenset(c for c, n in by_channel.items() if n >= LEADS * every)
    return _Acting(2 * company > every, 2 * asked > every, 2 * said > every, leads)


def _limits(waits: Waits, query: Query, waited_for: Bools) -> I64:
    places = query.journey_map.touchpoints
    n = len(places)
    limits: I64 = np.full(n * n, -1, np.int64)
    usual = (waits.quantile(LONG) * MICROSECONDS).astype(np.int64)
    enough = (waits.n >= LEAST_WAITS) & (usual >= SHORTEST_WAIT)
    limits[waits.series[enough]] = usual[enough]
    limits = limits.reshape(n, n)
    for number, touchpoint in enumerate(places):
        if touchpoint.not_after_seconds is not None:
            limits[:, number] = round(touchpoint.not_after_seconds * MICROSECONDS)
        elif not waited_for[number]:
            limits[:, number] = -1
    return limits.reshape(-1)


def _steps(walked: transitions.Partial) -> F64:
    """By (touchpoint, next touchpoint): of the visits, how many go there."""
    n = len(walked.starts)
    times = np.zeros(n * n, np.int64)
    times[walked.waits.series] = walked.waits.n
    table = times.reshape(n, n)
    np.fill_diagonal(table, 0)
    share: F64 = table / np.maximum(table.sum(axis=1) + walked.ends, 1)[:, None]
    return share


def _answers(steps: F64, spoken: Bools, messages: Bools) -> Bools:
    answers: Bools = (steps >= LEAST_ANSWER) & spoken & messages[:, None]
    answers[np.where(answers, steps, 0).sum(axis=1) < ANSWERED] = False
    return answers


def _took(told: Told) -> Waits:
    walked = told.journeys
    assert walked.mask is not None  # noqa: S101 - telling sets it
    kept = np.flatnonzero(walked.mask.event)
    owner = np.searchsorted(walked.offset, kept, side="right") - 1
    fresh = np.diff(owner, prepend=-1) != 0
    begins = walked.time[kept[fresh]]
    ends = walked.time[kept[np.append(fresh[1:], True)[: len(kept)]]]
    return Waits.of(np.zeros(len(begins), np.int64), ends - begins)


def _usual_length(took: Waits) -> int:
    """Microseconds within which nine in ten journeys are over."""
    return int(took.quantile(0.9)[0] * MICROSECONDS) if len(took.series) else 0


def _horizon(waits: Waits) -> int:
    seconds = bucket_seconds()[waits.bucket.key % BUCKETS]
    order = np.argsort(seconds, kind="stable")
    seconds, counts = seconds[order], waits.bucket.count[order, 0]
    gaps = seconds > DAY_SECONDS
    if not gaps.any():
        gaps = np.ones(len(seconds), np.bool_)
    passed = np.cumsum(counts[gaps])
    if not len(passed):
        return 0
    at = int(np.searchsorted(passed, COMES_BACK * passed[-1]))
    return int(seconds[gaps][at] * MICROSECONDS)
