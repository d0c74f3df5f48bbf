"""What the first look settles: how long a silence is an end, and what is suspected to be a reason.

A reason is something that the company did, did too late, or left undone: what customers do
themselves says who they are, not why they go. So of each act of the company it is asked:

- `unanswered`: its act nearly always follows one own touchpoint of the customer, and mostly comes.
  Who got none?
- `late`: the same act came later than the map's bound, else later than `LATE` of all.
- `went_wrong`: an act nearly always follows one own touchpoint, and mostly does not come (a payment
  that fails). Who got it?
- `no_offer`: an act that belongs to no single touchpoint of the customer (an offer). Who came to a
  place without it, where at least `USUAL` of like persons had got it before?
- `low_score`: the mark given at a touchpoint is among the lowest `LOW`.
- `went_elsewhere`: an event says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from desireline.engine.endings.first_look import DAY, START, First
from desireline.engine.endings.query import EndKind, Query
from desireline.engine.endings.rhythm import Rhythm, rhythm_of
from desireline.engine.journeys import I64, MICROSECONDS
from desireline.engine.kernels.waits import BUCKETS, bucket_bounds

ReasonKind: TypeAlias = Literal[
    "unanswered", "late", "went_wrong", "no_offer", "low_score", "went_elsewhere"
]
BELONGS = 0.8
"""An act of which so many come after one own touchpoint belongs to it."""
MOSTLY = 0.5
USUAL = 0.2
LATE = 0.75
LOW = 0.25
WAITED = 0.95
"""An answer that has not come when so many have come is taken as none."""
LEAST = 20
"""Journeys on each side, below which nothing is asked."""
COMPANY = 0.5
"""A touchpoint of which more events than this are acts of the company is the company's."""


class Suspicion(NamedTuple):
    """Something that may be a reason to leave; touchpoints by number."""

    kind: ReasonKind
    place: int
    """Where it is asked: persons at their first time at this touchpoint."""
    act: int
    """The act of the company that is late or lacks or went wrong; else the place."""
    bound: float
    """A wait in microseconds, or a mark; 0 where there is neither."""


@dataclass(frozen=True)
class Settled:
    """What the second look goes by."""

    first: int
    as_of: int
    rhythm: Rhythm
    """Of the whole map."""
    rhythms: tuple[Rhythm, ...]
    """Of each stage."""
    stage_of: tuple[int, ...]
    """The stage of each touchpoint."""
    suspicions: tuple[Suspicion, ...]
    customers: tuple[bool, ...]
    """At which touchpoints most have had the map's outcome already."""
    kinds: tuple[EndKind, ...]
    """The ends that there are, `lapse` the first."""
    found: tuple[int, ...] | None = None
    """The suspicions that are reasons, the gravest first: set for the third look."""

    def silence(self, code: I64) -> I64:
        """How long a silence after each of these touchpoints is an end, in microseconds."""
        return self._each("silence_days", code)

    def within(self, code: I64) -> I64:
        """How soon after each of these touchpoints one leaves who leaves there."""
        return self._each("within_days", code)

    def risk(self, code: I64) -> I64:
        """How long a silence after each of these touchpoints is a risk."""
        return self._each("risk_days", code)

    @property
    def longest(self) -> int:
        """The longest silence that anybody needs to be gone."""
        return round(max(r.silence_days for r in (self.rhythm, *self.rhythms)) * DAY)

    def _each(self, name: str, code: I64) -> I64:
        days = [getattr(self.rhythms[stage], name) for stage in self.stage_of]
        found: I64 = np.rint(np.array([*days, getattr(self.rhythm, name)]) * DAY).astype(np.int64)
        return found[code]


def settled(first: First, query: Query) -> Settled:
    """The rhythm and the suspicions."""
    as_of = query.as_of if query.as_of is not None else first.last or 0
    begins = first.first or 0
    stages = query.journey_map.stages
    stage_of = tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints)
    rhythm = _rhythm(first, None, range(len(stage_of)), as_of, query)
    rhythms = []
    for number, stage in enumerate(stages):
        places = [place for place, of in enumerate(stage_of) if of == number]
        own = _rhythm(first, stage.key, places, as_of, query)
        rhythms.append(own if own.known else replace(rhythm, stage=stage.key))
    return Settled(
        first=begins,
        as_of=as_of,
        rhythm=rhythm,
        rhythms=tuple(rhythms),
        stage_of=stage_of,
        suspicions=tuple(suspicions(first, query)),
        customers=tuple(2 * first.customers[t] >= first.reached[t] for t in range(len(stage_of))),
        kinds=("lapse", *sorted(first.kinds, key=str)),
    )


def _rhythm(
    first: First, stage: str | None, places: Sequence[int], as_of: int, query: Query
) -> Rhythm:
    """The rhythm of silences after some touchpoints."""
    returned: Counter[int] = Counter()
    for (place, days), n in sorted(first.returned.items()):
        returned[days] += n if place in places else 0
    standing: Counter[int] = Counter()
    for (place, day), n in sorted(first.last_days.items()):
        standing[as_of // DAY - day] += n if place in places else 0
    return rhythm_of(stage, (returned, standing), (as_of - (first.first or 0)) // DAY, query)


def suspicions(first: First, query: Query) -> Iterator[Suspicion]:
    """Everything that is worth a question, in the order of the map."""
    touchpoints = query.journey_map.touchpoints
    theirs = [a for a in range(len(touchpoints)) if _of_company(first, a)]
    for act in theirs:
        place = _belongs_to(first, act)
        if place is None:
            yield from _offers(first, act, len(touchpoints))
            continue
        got, asked = first.answered[place, act], first.reached[place]
        if got >= LEAST and asked - got >= LEAST:
            wait = _quantile(first, place, act, WAITED)
            yield Suspicion(
                "unanswered" if got > MOSTLY * asked else "went_wrong", place, act, wait
            )
        if got >= LEAST and got > MOSTLY * asked:
            bound = touchpoints[act].not_after_seconds
            late = _quantile(first, place, act, LATE) if bound is None else bound * MICROSECONDS
            yield Suspicion("late", place, act, late)
    yield from _low_scores(first, len(touchpoints))
    for place, n in sorted(first.elsewhere.items()):
        if n >= LEAST and place != START:
            yield Suspicion("went_elsewhere", place, place, 0.0)


def _of_company(first: First, touchpoint: int) -> bool:
    theirs = first.company[touchpoint]
    return theirs > COMPANY * (theirs + first.own[touchpoint])


def _belongs_to(first: First, act: int) -> int | None:
    """The own touchpoint that an act nearly always follows."""
    every = {place: n for (one, place), n in first.after.items() if one == act}
    place = max(sorted(every), key=lambda p: every[p])
    share = every[place] / sum(every.values())
    return place if place != START and share >= BELONGS else None


def _offers(first: First, act: int, n: int) -> Iterator[Suspicion]:
    for place in range(n):
        came, had = first.reached[place], first.before[act, place]
        if place == act or _of_company(first, place) or min(had, came - had) < LEAST:
            continue
        if had >= USUAL * came:
            yield Suspicion("no_offer", place, act, 0.0)


def _quantile(first: First, place: int, act: int, q: float) -> float:
    """The upper bound of the bucket in which this quantile of the waits lies, in microseconds."""
    counts: I64 = np.zeros(BUCKETS, np.int64)
    for (one, other, bucket), n in first.waits.items():
        if (one, other) == (place, act):
            counts[bucket] += n
    passed = np.cumsum(counts)
    at = int(np.searchsorted(passed, q * passed[-1]))
    return float(bucket_bounds()[1][at] * MICROSECONDS)


def _low_scores(first: First, n: int) -> Iterator[Suspicion]:
    for place in range(n):
        given = sorted((mark, many) for (at, mark), many in first.scores.items() if at == place)
        every = sum(many for _, many in given)
        if every < 2 * LEAST:
            continue
        passed, bound = 0, given[0][0]
        for mark, many in given:
            if passed and passed + many > LOW * every:
                break
            passed, bound = passed + many, mark
        if every - passed >= LEAST:
            yield Suspicion("low_score", place, place, bound)
