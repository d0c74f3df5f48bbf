"""From bound journeys to figures: each analysis run once, told in the shape of the map file."""

from __future__ import annotations

from desireline.engine.analyses import positions, touchpoints, transitions, variants
from desireline.engine.analyses.shares import Share, share
from desireline.engine.analyses.waits import Wait
from desireline.engine.compute.threads import run
from desireline.engine.journey_map import Evidence
from desireline.engine.living_map.binding import Bound
from desireline.engine.living_map.figures import (
    FlowEdge,
    Neighbour,
    StageFigures,
    TouchpointFigures,
    VariantFigures,
    Variants,
    Worth,
)
from desireline.engine.living_map.rhythm import evidence_of
from desireline.engine.living_map.samples import MOST_STEPS

TOP_VARIANTS = 50


def outcome_base(bound: Bound) -> Share:
    """Of all journeys, those that reached the outcome; of none where the map names no outcome."""
    return share(0, 0) if bound.outcome is None else share(bound.n_outcome, bound.n_journeys)


def touchpoint_figures(bound: Bound) -> tuple[TouchpointFigures, ...]:
    """The figures of each touchpoint, in the map's order."""
    query = positions.Query(outcome=bound.outcome, closed=bound.lapsed, as_of=bound.as_of)
    stand = run(positions, bound.told, query).by_event
    on_map = bound.by_span.sum(axis=0)
    evidence = [evidence_of(events, on_map, bound.span_seconds) for events in bound.by_span]
    nobody = positions.Position("", 0, Wait())
    return tuple(
        _touchpoint(bound, bound.figures.by_event[key], stand.get(key, nobody), shown)
        for key, shown in zip(bound.told.events, evidence, strict=True)
    )


def _touchpoint(
    bound: Bound, t: touchpoints.Touchpoint, stand: positions.Position, evidence: Evidence
) -> TouchpointFigures:
    return TouchpointFigures(
        key=t.event,
        journeys=t.journeys,
        persons=t.persons,
        events=t.events,
        visits=t.visits,
        repeated_visits=t.repeated_visits,
        reach=share(t.journeys, bound.n_journeys),
        exit=t.exit,
        ends=t.ends,
        starts=t.starts,
        loop=t.loop,
        wait_before=t.wait_before,
        wait_after=t.wait_after,
        value=Worth(n=t.value.n, sum=t.value.sum, mean=t.value.mean),
        outcome=t.outcome or share(0, 0),
        outcome_base=outcome_base(bound),
        open=stand.open,
        open_since=stand.open_since,
        previous=_neighbours(t.previous),
        next=_neighbours(t.next),
        first_at=t.first_at,
        last_at=t.last_at,
        evidence=evidence,
    )


def _neighbours(found: tuple[touchpoints.Neighbour, ...]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(key=n.event, count=n.count, share=n.share) for n in found)


def stage_figures(bound: Bound) -> tuple[StageFigures, ...]:
    """The figures of each stage, in the map's order."""
    found = run(touchpoints, bound.stages, touchpoints.Query(outcome=bound.outcome)).by_event
    on_map = bound.by_span.sum(axis=0)
    told, at = [], 0
    for stage in bound.journey_map.stages:
        events = bound.by_span[at : at + len(stage.touchpoints)].sum(axis=0)
        at += len(stage.touchpoints)
        evidence = evidence_of(events, on_map, bound.span_seconds)
        told.append(_stage(bound, found[stage.key], evidence))
    return tuple(told)


def _stage(bound: Bound, s: touchpoints.Touchpoint, evidence: Evidence) -> StageFigures:
    return StageFigures(
        key=s.event,
        journeys=s.journeys,
        persons=s.persons,
        events=s.events,
        reach=share(s.journeys, bound.n_journeys),
        exit=s.exit,
        duration=s.duration,
        wait_to_next=s.wait_after,
        evidence=evidence,
    )


def flow_edges(bound: Bound) -> tuple[FlowEdge, ...]:
    """Every walked step between two touchpoints, the most frequent first, then by key.

    Further events at the touchpoint where one is already are no step. A wait is from the last
    event of a visit to the first of the next.
    """
    # The quantiles are not used here; without them a second form of the kernel would be compiled.
    query = transitions.Query(journeys=True, outcome=bound.outcome, rarity=True)
    walked = run(transitions, bound.visits, query)
    timed = run(transitions, bound.told, transitions.Query())
    wait = {(t.source, t.target): t.wait for t in timed.transitions}
    visits = {t.event: t.visits for t in bound.figures.touchpoints}
    edges = [
        FlowEdge(
            source=t.source,
            target=t.target,
            count=t.count,
            journeys=t.journeys or 0,
            share=t.count / (walked.cases if t.source is None else visits[t.source]),
            with_outcome=t.with_outcome or 0,
            wait=wait.get((t.source, t.target), Wait()),
            hides=t.hides or 0,
        )
        for t in (*walked.starts, *walked.transitions, *walked.ends)
    ]
    return tuple(sorted(edges, key=lambda e: (-e.count, e.source or "", e.target or "")))


def variant_figures(bound: Bound) -> Variants:
    """The most frequent sequences of visits; one longer than `MOST_STEPS` is counted, not told."""
    found = run(variants, bound.visits, variants.Query(top=TOP_VARIANTS, outcome=bound.outcome))
    top = (
        VariantFigures(
            keys=v.events, count=v.count, share=v.share, with_outcome=v.with_outcome or 0
        )
        for v in found.variants
        if len(v.events) <= MOST_STEPS
    )
    return Variants(total=found.distinct, top=tuple(top))
