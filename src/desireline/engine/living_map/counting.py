"""From what all shards contributed to figures, in the shape of the map file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desireline.engine.analyses import touchpoints, variants
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import Evidence, JourneyMap
from desireline.engine.journeys import I64
from desireline.engine.kernels.living_map import JOURNEYS, WITH_OUTCOME
from desireline.engine.living_map.facts import LogFacts
from desireline.engine.living_map.feelings import emotions
from desireline.engine.living_map.figures import (
    Emotion,
    FlowEdge,
    Neighbour,
    StageFigures,
    TouchpointFigures,
    VariantFigures,
    Variants,
    Worth,
)
from desireline.engine.living_map.first_look import TOP_VARIANTS, FirstLook
from desireline.engine.living_map.frame import Frame
from desireline.engine.living_map.rhythm import evidence_of
from desireline.engine.living_map.samples import MOST_STEPS
from desireline.engine.living_map.second_look import SecondLook


@dataclass(frozen=True, eq=False)
class Counted:
    """What all shards contributed together, and what it is measured against."""

    journey_map: JourneyMap
    facts: LogFacts
    first: FirstLook
    second: SecondLook
    frame: Frame

    @property
    def n_journeys(self) -> int:
        """Journeys with any event in the log: what shares of all are of."""
        return int(self.first.totals[JOURNEYS])

    @property
    def by_span(self) -> I64:
        """`by_span[touchpoint, span]`: events of it; the last span holds the moment."""
        return self.first.by_span[:, : self.frame.spans]

    @cached_property
    def at_touchpoints(self) -> touchpoints.Touchpoints:
        """The figures by touchpoint as the analysis tells them."""
        return touchpoints.finish(self.first.at_touchpoints, self._asked)

    @cached_property
    def at_stages(self) -> touchpoints.Touchpoints:
        """The same by stage."""
        return touchpoints.finish(self.first.at_stages, self._asked)

    @property
    def _asked(self) -> touchpoints.Query:
        return touchpoints.Query(outcome=self.journey_map.goal.outcome)


def outcome_base(counted: Counted) -> Share:
    """Of all journeys, those that reached the outcome; of none where the map names no outcome."""
    if counted.journey_map.goal.outcome is None:
        return share(0, 0)
    return share(int(counted.first.totals[WITH_OUTCOME]), counted.n_journeys)


def touchpoint_figures(counted: Counted) -> tuple[TouchpointFigures, ...]:
    """The figures of each touchpoint, in the map's order."""
    on_map = counted.by_span.sum(axis=0)
    span_seconds = counted.frame.span_seconds
    evidence = [evidence_of(events, on_map, span_seconds) for events in counted.by_span]
    keys = [t.key for t in counted.journey_map.touchpoints]
    found = (counted.at_touchpoints.by_event[key] for key in keys)
    standing = (counted.second.standing.of_series(at) for at in range(len(keys)))
    felt = emotions(counted.first.given)
    return tuple(
        _touchpoint(counted, *figures)
        for figures in zip(found, standing, evidence, felt, strict=True)
    )


def _touchpoint(
    counted: Counted,
    t: touchpoints.Touchpoint,
    stand: Wait,
    evidence: Evidence,
    emotion: Emotion | None,
) -> TouchpointFigures:
    return TouchpointFigures(
        key=t.event,
        journeys=t.journeys,
        persons=t.persons,
        events=t.events,
        visits=t.visits,
        repeated_visits=t.repeated_visits,
        reach=share(t.journeys, counted.n_journeys),
        exit=t.exit,
        ends=t.ends,
        starts=t.starts,
        loop=t.loop,
        wait_before=t.wait_before,
        wait_after=t.wait_after,
        value=Worth(n=t.value.n, sum=t.value.sum, mean=t.value.mean),
        outcome=t.outcome or share(0, 0),
        outcome_base=outcome_base(counted),
        open=stand.n,
        open_since=stand,
        previous=_neighbours(t.previous),
        next=_neighbours(t.next),
        first_at=t.first_at,
        last_at=t.last_at,
        evidence=evidence,
        emotion=emotion,
    )


def _neighbours(found: tuple[touchpoints.Neighbour, ...]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(key=n.event, count=n.count, share=n.share) for n in found)


def stage_figures(counted: Counted) -> tuple[StageFigures, ...]:
    """The figures of each stage, in the map's order."""
    on_map = counted.by_span.sum(axis=0)
    told, at = [], 0
    for stage in counted.journey_map.stages:
        events = counted.by_span[at : at + len(stage.touchpoints)].sum(axis=0)
        at += len(stage.touchpoints)
        evidence = evidence_of(events, on_map, counted.frame.span_seconds)
        told.append(_stage(counted, counted.at_stages.by_event[stage.key], evidence))
    return tuple(told)


def _stage(counted: Counted, s: touchpoints.Touchpoint, evidence: Evidence) -> StageFigures:
    return StageFigures(
        key=s.event,
        journeys=s.journeys,
        persons=s.persons,
        events=s.events,
        reach=share(s.journeys, counted.n_journeys),
        exit=s.exit,
        duration=s.duration,
        wait_to_next=s.wait_after,
        evidence=evidence,
    )


def flow_edges(counted: Counted) -> tuple[FlowEdge, ...]:
    """Every walked step between two touchpoints, the most frequent first, then by key.

    Further events at the touchpoint where one is already are no step. A wait is from the last
    event of a visit to the first of the next.
    """
    walked, steps = counted.first.at_touchpoints.transitions, counted.first.steps
    keys: tuple[str | None, ...] = (*walked.events, None)
    n, journeys = len(walked.events), int(walked.starts.sum())
    visits = {t.event: t.visits for t in counted.at_touchpoints.touchpoints}
    # A step comes only as often as it is walked, so `steps` has those of the flow and no others.
    count = _counts(counted, steps.key)
    hides = _hidden(counted, count)
    edges = []
    columns = (steps.key, count, steps.count[:, 0], steps.count[:, 1], hides)
    for key, times, walkers, with_outcome, hidden in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        source, target = divmod(key, n + 1)
        outside = n in (source, target)
        edges.append(
            FlowEdge(
                source=keys[source],
                target=keys[target],
                count=times,
                journeys=walkers,
                share=times / (journeys if source == n else visits[walked.events[source]]),
                with_outcome=with_outcome,
                wait=Wait() if outside else walked.waits.of_series(source * n + target),
                hides=hidden,
            )
        )
    return tuple(sorted(edges, key=lambda e: (-e.count, e.source or "", e.target or "")))


def _counts(counted: Counted, steps: I64) -> I64:
    """How often each step was walked."""
    walked = counted.first.at_touchpoints.transitions
    n = len(walked.events)
    source, target = np.divmod(steps, n + 1)
    count: I64 = np.zeros(len(steps), np.int64)
    starts, ends = source == n, target == n
    count[starts], count[ends] = walked.starts[target[starts]], walked.ends[source[ends]]
    moves = ~(starts | ends)
    count[moves] = walked.waits.total.at(source[moves] * n + target[moves])[:, 0]
    return count


def _hidden(counted: Counted, count: I64) -> I64:
    """Journeys whose rarest step was walked as often as each of these, or less."""
    rarest = counted.second.rarest
    passed = np.concatenate([np.zeros(1, np.int64), np.cumsum(rarest.count[:, 0])])
    hidden: I64 = passed[np.searchsorted(rarest.key, count, side="right")]
    return hidden


def variant_figures(counted: Counted) -> Variants:
    """The most frequent sequences of visits; one longer than `MOST_STEPS` is counted, not told."""
    query = variants.Query(TOP_VARIANTS, counted.journey_map.goal.outcome)
    found = variants.finish(counted.first.variants, query)
    top = (
        VariantFigures(
            keys=v.events, count=v.count, share=v.share, with_outcome=v.with_outcome or 0
        )
        for v in found.variants
        if len(v.events) <= MOST_STEPS
    )
    return Variants(total=found.distinct, top=tuple(top))
