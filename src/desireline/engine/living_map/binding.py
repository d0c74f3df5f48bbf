"""A document bound to a log: journeys told in the words of the map, ready to be counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.analyses import touchpoints
from desireline.engine.analyses.flags import kept
from desireline.engine.casing import recased
from desireline.engine.compute.threads import run
from desireline.engine.filters import Filter, filtered, microseconds_at
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import F64, I64, MICROSECONDS, Bools, Codes, Journeys, Mask
from desireline.engine.kernels.living_map import mark_visits
from desireline.engine.labelling import outcome_events, relabelled
from desireline.engine.living_map.rhythm import SPANS

PATIENCE_TIMES = 3.0
LEAST_WAITS = 10
LEAST_PATIENCE_SECONDS = 86_400.0


@dataclass(frozen=True, eq=False)
class Bound:
    """The journeys of a map in its words, and what the figures are measured against."""

    journey_map: JourneyMap
    log: Journeys
    """The journeys that the map asks for (`case_by`), up to `as_of`, with the log's own events."""
    told: Journeys
    """The same with touchpoints as events; all else masked out."""
    visits: Journeys
    """The same, with the first event of each visit alone."""
    stages: Journeys
    """The same as `told`, with stages as events."""
    as_of: int
    """Microseconds since 1970."""
    walked: Bools
    """One bool a journey: has any event in the log."""
    outcome: Bools | None
    """One bool an event: the outcome is reached here."""
    with_outcome: Bools
    """One bool a journey: reached the outcome."""
    figures: touchpoints.Touchpoints
    lapsed: Bools
    """One bool an event: here a journey was left for good, as far as one can tell."""
    by_span: I64
    """`by_span[touchpoint, span]`: events of it in the span; the last span holds `as_of`."""
    span_seconds: float
    mapped_events: int

    @property
    def n_journeys(self) -> int:
        """Journeys with any event in the log: what shares of all are of."""
        return int(self.walked.sum())

    @property
    def n_outcome(self) -> int:
        """Journeys that reached the outcome."""
        return int((self.with_outcome & self.walked).sum())


def bound(journey_map: JourneyMap, journeys: Journeys, as_of: dt.datetime | None) -> Bound:
    """The map's journeys, labelled, with visits, lapses and activity marked in one scan."""
    moment = _moment(journeys, as_of)
    cased = recased(journeys, journey_map.case_by)
    if as_of is not None:
        cased = filtered(cased, Filter(stop=moment + 1))
    found = journey_map.touchpoints
    told = relabelled(cased, [t.rule for t in found], [t.key for t in found])
    outcome = outcome_events(cased, journey_map.goal.outcome)
    mask = kept(cased)
    figures = run(touchpoints, told, touchpoints.Query(outcome=outcome))
    begins, lapsed, by_span = _marked(told, moment, _patience(figures, told.events))
    every = np.diff(cased.offset) > 0 if cased.mask is None else _journeys_with(mask.event, cased)
    none = np.zeros(len(cased), np.bool_)
    return Bound(
        journey_map=journey_map,
        log=cased,
        told=told,
        visits=replace(told, mask=Mask(begins, kept(told).journey)),
        stages=_in_stages(journey_map, told),
        as_of=moment,
        walked=every & mask.journey,
        outcome=outcome,
        with_outcome=none if outcome is None else _journeys_with(outcome, cased),
        figures=figures,
        lapsed=lapsed,
        by_span=by_span,
        span_seconds=_span(told, moment) / MICROSECONDS,
        mapped_events=int(by_span.sum()),
    )


def _journeys_with(flags: Bools, journeys: Journeys) -> Bools:
    """One bool a journey: is any of its events flagged? By look-up: flags are mostly few."""
    first = journeys.offset[0]
    at = np.flatnonzero(flags[first : journeys.offset[-1]]) + first
    found = np.zeros(len(journeys), np.bool_)
    found[np.searchsorted(journeys.offset, at, side="right") - 1] = True
    return found


def _moment(journeys: Journeys, as_of: dt.datetime | None) -> int:
    if as_of is not None:
        return microseconds_at(as_of)
    return journeys.period[1] if journeys.period else 0


def _patience(figures: touchpoints.Touchpoints, keys: tuple[str, ...]) -> F64:
    """Microseconds after which a journey that stands at a touchpoint counts as lapsed.

    `PATIENCE_TIMES` the p90 of the waits after it (nine in ten of those who went on had done so in
    a third of that), at least a day. Where fewer than `LEAST_WAITS` went on, as after the last
    touchpoint, the longest patience of the other touchpoints.
    """
    known = {
        t.event: max(PATIENCE_TIMES * t.wait_after.p90, LEAST_PATIENCE_SECONDS)
        for t in figures.touchpoints
        if t.wait_after.p90 is not None and t.wait_after.n >= LEAST_WAITS
    }
    longest = max(known.values(), default=np.inf)
    return np.array([known.get(key, longest) for key in keys]) * MICROSECONDS


def _marked(told: Journeys, as_of: int, patience: F64) -> tuple[Bools, Bools, I64]:
    n = len(told.time)
    begins, lapsed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    by_span = np.zeros((len(told.events), SPANS), np.int64)
    first = told.period[0] if told.period else as_of
    width = _span(told, as_of)
    mask = kept(told)
    mark_visits(
        told.offset,
        told.code,
        told.time,
        mask.event,
        mask.journey,
        as_of,
        first,
        width,
        patience,
        begins,
        lapsed,
        by_span,
    )
    return begins, lapsed, by_span[:, : max((as_of - first) // width + 1, 0)]


def _span(told: Journeys, as_of: int) -> int:
    """Microseconds of one of `SPANS` spans from the first event of the log to `as_of`."""
    first = told.period[0] if told.period else as_of
    return max(as_of - first, 0) // SPANS + 1


def _in_stages(journey_map: JourneyMap, told: Journeys) -> Journeys:
    """Touchpoints renamed to their stages: which touchpoint an event is stays decided."""
    stage: I64 = np.array(
        [i for i, stage in enumerate(journey_map.stages) for _ in stage.touchpoints], np.int64
    )
    names = tuple(stage.key for stage in journey_map.stages)
    code: Codes = stage.astype(np.uint16)[told.code] if len(stage) else told.code
    return replace(told, code=code, events=names)
