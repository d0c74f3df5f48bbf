"""bind: a document and a log make a living map."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import msgspec
import numpy as np

from desireline.engine.analyses.flags import kept
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.waits import WAIT_ERROR
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map.along import funnel_along
from desireline.engine.living_map.binding import Bound, bound
from desireline.engine.living_map.cells import with_cells
from desireline.engine.living_map.counting import (
    flow_edges,
    outcome_base,
    stage_figures,
    touchpoint_figures,
    variant_figures,
)
from desireline.engine.living_map.figures import Figures, Said, Source, TouchpointFigures
from desireline.engine.living_map.samples import MOST_STEPS, by_touchpoint, sample
from desireline.engine.living_map.sentences import Telling, sentences
from desireline.engine.living_map.words import Sentence
from desireline.engine.rules.names import unknown_names

FORMAT = "desireline.map-file/1"
MOST_UNKNOWN = 10


@dataclass(frozen=True, eq=False)
class LivingMap(Result):
    """A journey map with every figure computed from a log; `to_dict` is the map file."""

    journey_map: JourneyMap
    figures: Figures
    sentences: tuple[Sentence, ...]
    """What the figures say, as templates with parameters."""

    def touchpoint(self, key: str) -> TouchpointFigures:
        """The figures of one touchpoint. Raises KeyError."""
        for figures in self.figures.touchpoints:
            if figures.key == key:
                return figures
        raise KeyError(key)

    def headline(self) -> list[str]:
        """What there is to say about the whole map."""
        return [sentence.text for sentence in self.sentences if sentence.about is None]

    def to_dict(self) -> dict[str, Any]:
        """The map file (`types.ts` MapFile): the document with computed cells, and the figures."""
        shown = with_cells(self.journey_map, self.figures.touchpoints)
        plain: dict[str, Any] = {
            "format": FORMAT,
            "generator": _generator(),
            "map": shown.to_dict(),
            "figures": msgspec.json.decode(msgspec.json.encode(self.figures)),
        }
        return plain

    def rows(self) -> list[dict[str, Any]]:
        """One row a touchpoint: the figures that a first look needs."""
        return [
            {
                "touchpoint": t.key,
                "journeys": t.journeys,
                "reach": t.reach.share,
                "exit": t.exit.share,
                "loop": t.loop.share,
                "outcome": t.outcome.share,
                "wait_before_p50_seconds": t.wait_before.p50,
                "wait_after_p50_seconds": t.wait_after.p50,
                "open": t.open,
                "evidence": t.evidence,
            }
            for t in self.figures.touchpoints
        ]


def bind(
    journey_map: JourneyMap, journeys: Journeys, *, as_of: dt.datetime | None = None
) -> LivingMap:
    """The map with its figures over all history, as known at `as_of` (the log's end without one).

    `journeys` are persons; the map's `case_by` makes its journeys of them. No event is changed, so
    a map that was edited can be bound again at once. An event is the first touchpoint, in the
    map's order, whose rule holds at it. Raises CaseByImpossible, and what the rules raise.
    """
    found = bound(journey_map, journeys, as_of)
    touchpoints, stages = touchpoint_figures(found), stage_figures(found)
    base = outcome_base(found)
    shown, cut = sample(found.visits, found.with_outcome)
    column = found.log.provenance.columns.get("case", "")
    telling = Telling(journey_map, base, found.n_journeys, touchpoints, stages, column)
    said = tuple(sentences(telling))
    figures = Figures(
        as_of=iso(found.as_of),
        source=_source(found, cut=cut),
        wait_error=WAIT_ERROR,
        outcome_base=base,
        stages=stages,
        touchpoints=touchpoints,
        flow=flow_edges(found),
        funnel=funnel_along(found),
        variants=variant_figures(found),
        journeys=shown,
        journeys_of=by_touchpoint(found.told.events, shown),
        sentences=tuple(Said(about=s.about, text=s.text) for s in said),
    )
    return LivingMap(journey_map, figures, said)


def _source(found: Bound, *, cut: bool) -> Source:
    log, come = found.log, found.log.provenance
    span = slice(int(log.offset[0]), int(log.offset[-1]))
    inside = kept(log).event[span] & np.repeat(kept(log).journey, np.diff(log.offset))
    time = log.time[span][inside]
    persons = found.n_journeys
    if log.person is not None:
        persons = len(np.unique(log.person[found.walked]))
    shortened = (f"Sample journeys show their first {MOST_STEPS} visits.",) if cut else ()
    return Source(
        name=come.source,
        events=len(time),
        journeys=found.n_journeys,
        persons=persons,
        first_at=iso(int(time.min())) if len(time) else None,
        last_at=iso(int(time.max())) if len(time) else None,
        mapped_events=found.mapped_events,
        set_aside=come.set_aside,
        notes=(*come.notes, *_unknown(found), *shortened),
    )


def _unknown(found: Bound) -> list[str]:
    """Names in rules that the log does not have: such a part of a rule holds nowhere."""
    told = []
    for touchpoint in found.journey_map.touchpoints:
        for unknown in unknown_names(touchpoint.rule, found.log):
            close = f" Did you mean {unknown.close[0]!r}?" if unknown.close else ""
            told.append(
                f"The rule of {touchpoint.name!r} speaks of the {unknown.kind} {unknown.name!r}, "
                f"which the log does not have.{close}"
            )
    more = len(told) - MOST_UNKNOWN
    return [*told[:MOST_UNKNOWN], *([f"{more} more such names."] if more > 0 else [])]


def _generator() -> str:
    try:
        return f"desireline {metadata.version('desireline')}"
    except metadata.PackageNotFoundError:  # run from a source tree that is not installed
        return "desireline"
