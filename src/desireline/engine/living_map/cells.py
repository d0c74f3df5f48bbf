"""Cells that are computed: metric lanes, and the evidence of observed cells.

A lane of kind `metric` whose key is one of `METRICS` gets a computed cell at every touchpoint with
journeys; what stood there is replaced. Other lanes keep their words; a cell whose evidence is
`observed` or `stale` is as fresh as its touchpoint, and an observed one without n gets the n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from desireline.engine import numbers
from desireline.engine.analyses.shares import Share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import Cell, JourneyMap, Lane
from desireline.engine.living_map.figures import TouchpointFigures


class Metric(NamedTuple):
    """A figure in words, and the n behind it."""

    text: str
    n: int


def _share(figure: Share) -> Metric | None:
    return Metric(numbers.with_interval(figure), figure.n) if figure.n else None


def _wait(figure: Wait) -> Metric | None:
    if figure.p50 is None or figure.p90 is None:
        return None
    half, most = numbers.duration(figure.p50), numbers.duration(figure.p90)
    return Metric(f"{half}; 9 in 10 within {most}", figure.n)


def _value(t: TouchpointFigures) -> Metric | None:
    return None if t.value.mean is None else Metric(f"{t.value.mean:,.3g}", t.value.n)


METRICS: Mapping[str, Callable[[TouchpointFigures], Metric | None]] = {
    "journeys": lambda t: Metric(numbers.count(t.journeys), t.journeys),
    "reach": lambda t: _share(t.reach),
    "exit": lambda t: _share(t.exit),
    "loop": lambda t: _share(t.loop),
    "outcome": lambda t: _share(t.outcome),
    "wait_before": lambda t: _wait(t.wait_before),
    "wait_after": lambda t: _wait(t.wait_after),
    "open": lambda t: Metric(numbers.count(t.open), t.journeys),
    "value": _value,
}


def with_cells(journey_map: JourneyMap, touchpoints: tuple[TouchpointFigures, ...]) -> JourneyMap:
    """The map with its computed cells filled in from the figures; the document stays as it is."""
    lanes = tuple(_bound(lane, touchpoints) for lane in journey_map.lanes)
    return msgspec.structs.replace(journey_map, lanes=lanes)


def _bound(lane: Lane, touchpoints: tuple[TouchpointFigures, ...]) -> Lane:
    if lane.kind == "metric" and lane.key in METRICS:
        told = ((t, METRICS[lane.key](t)) for t in touchpoints if t.journeys)
        cells = {
            t.key: Cell(text=metric.text, evidence=t.evidence, n=metric.n)
            for t, metric in told
            if metric is not None
        }
    else:
        figures = {t.key: t for t in touchpoints}
        cells = {key: _fresh(cell, figures[key]) for key, cell in lane.cells.items()}
    return msgspec.structs.replace(lane, cells=cells)


def _fresh(cell: Cell, t: TouchpointFigures) -> Cell:
    if cell.evidence not in ("observed", "stale") or not t.journeys:
        return cell
    n = t.journeys if cell.n is None else cell.n
    return msgspec.structs.replace(cell, evidence=t.evidence, n=n)
