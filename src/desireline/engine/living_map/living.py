"""The living map: a document with the figures that a log gives it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from typing import Any

import msgspec

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.times import iso
from desireline.engine.analyses.waits import WAIT_ERROR
from desireline.engine.journey_map import JourneyMap
from desireline.engine.kernels.living_map import EVENTS, PERSONS
from desireline.engine.living_map.along import funnel_along
from desireline.engine.living_map.cells import with_cells
from desireline.engine.living_map.counting import (
    Counted,
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
from desireline.engine.rules.names import unknown_among

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


def living_map(counted: Counted) -> LivingMap:
    """The map with its figures, from what all shards contributed."""
    touchpoints, stages = touchpoint_figures(counted), stage_figures(counted)
    base, keys = outcome_base(counted), tuple(t.key for t in counted.journey_map.touchpoints)
    shown, cut = sample(counted.first.samples, keys)
    column = counted.facts.provenance.columns.get("case", "")
    telling = Telling(counted.journey_map, base, counted.n_journeys, touchpoints, stages, column)
    said = tuple(sentences(telling))
    figures = Figures(
        as_of=iso(counted.frame.moment),
        source=_source(counted, cut=cut),
        wait_error=WAIT_ERROR,
        outcome_base=base,
        stages=stages,
        touchpoints=touchpoints,
        flow=flow_edges(counted),
        funnel=funnel_along(counted.journey_map, counted.first.funnel),
        variants=variant_figures(counted),
        journeys=shown,
        journeys_of=by_touchpoint(keys, shown),
        sentences=tuple(_told(one) for one in said),
    )
    return LivingMap(counted.journey_map, figures, said)


def _told(one: Sentence) -> Said:
    return Said(about=one.about, text=one.text, key=one.template, values=one.values)


def _source(counted: Counted, *, cut: bool) -> Source:
    first, come = counted.first, counted.facts.provenance
    events = int(first.totals[EVENTS])
    shortened = (f"Sample journeys show their first {MOST_STEPS} visits.",) if cut else ()
    return Source(
        name=come.source,
        events=events,
        journeys=counted.n_journeys,
        persons=int(first.totals[PERSONS]),
        first_at=iso(first.period[0]) if events else None,
        last_at=iso(first.period[1]) if events else None,
        mapped_events=int(counted.by_span.sum()),
        set_aside=come.set_aside,
        notes=(*come.notes, *_unknown(counted), *shortened),
    )


def _unknown(counted: Counted) -> list[str]:
    """Names in rules that the log does not have: such a part of a rule holds nowhere."""
    told = []
    for touchpoint in counted.journey_map.touchpoints:
        for unknown in unknown_among(touchpoint.rule, counted.facts.known):
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
