"""The figures of a living map, in the shape of the map file (`types.ts` is the twin).

Times are ISO 8601 UTC, waits are seconds, shares are 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from desireline.engine.analyses.shares import Share
from desireline.engine.analyses.waits import Wait
from desireline.engine.journey_map import Evidence


class Neighbour(Struct, frozen=True, kw_only=True):
    """Where visits come from or go to; key None: the journey begins or ends here."""

    key: str | None
    count: int
    share: float


class Worth(Struct, frozen=True, kw_only=True):
    """The value of the events at a touchpoint: how many have one, their sum and mean."""

    n: int
    sum: float
    mean: float | None


class Emotion(Struct, frozen=True, kw_only=True):
    """Measured feeling from -2 to +2 with its interval."""

    n: int
    mean: float | None
    low: float | None
    high: float | None


class TouchpointFigures(Struct, frozen=True, kw_only=True):
    """What journeys did at a touchpoint. A visit is a run of events with none elsewhere between."""

    key: str
    journeys: int
    persons: int
    events: int
    visits: int
    repeated_visits: int
    reach: Share
    """Journeys that came here, of all."""
    exit: Share
    """Of the journeys that came here: those that ended here without the outcome."""
    ends: int
    starts: int
    loop: Share
    """Of the journeys that came here: those that came back after they had left."""
    wait_before: Wait
    wait_after: Wait
    value: Worth
    outcome: Share
    """Of the journeys that came here: those that reached the outcome at or after it."""
    outcome_base: Share
    """Of all journeys."""
    open: int
    open_since: Wait
    previous: tuple[Neighbour, ...]
    next: tuple[Neighbour, ...]
    first_at: str | None
    last_at: str | None
    evidence: Evidence
    emotion: Emotion | None = None


class StageFigures(Struct, frozen=True, kw_only=True):
    """What journeys did in a stage: its touchpoints taken as one."""

    key: str
    journeys: int
    persons: int
    events: int
    reach: Share
    exit: Share
    duration: Wait
    """From the first to the last event within the stage."""
    wait_to_next: Wait
    evidence: Evidence


class FlowEdge(Struct, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """One walked step between two touchpoints; None is the start or the end of journeys."""

    source: str | None
    target: str | None
    count: int
    journeys: int
    share: float
    """Of the visits of `source`; of the journeys on the map for a start."""
    with_outcome: int
    wait: Wait
    hides: int
    """Journeys whose rarest step is this rare or rarer."""


class Instead(Struct, frozen=True, kw_only=True):
    """What those who did not go on did; key None: nothing more."""

    key: str | None
    name: str
    count: int


class FunnelStep(Struct, frozen=True, kw_only=True):
    """How many got so far along the map."""

    key: str
    name: str
    reached: int
    share_of_first: Share
    share_of_previous: Share
    time_from_previous: Wait
    instead: tuple[Instead, ...]


class VariantFigures(Struct, frozen=True, kw_only=True):
    """A distinct sequence of visits, and how many journeys walk it."""

    keys: tuple[str, ...]
    count: int
    share: float
    with_outcome: int


class Variants(Struct, frozen=True, kw_only=True):
    """The most frequent variants of `total`."""

    total: int
    top: tuple[VariantFigures, ...]


class SampleJourney(Struct, frozen=True, kw_only=True):
    """One journey: touchpoint key and ISO time of each visit, in sequence."""

    id: str
    outcome: bool
    steps: tuple[tuple[str, str], ...]


class Source(Struct, frozen=True, kw_only=True):
    """The log behind the figures, as of their moment."""

    name: str
    events: int
    journeys: int
    persons: int
    first_at: str | None
    last_at: str | None
    mapped_events: int
    """Events that are some touchpoint."""
    set_aside: int
    notes: tuple[str, ...]


class Said(Struct, frozen=True, kw_only=True):
    """A sentence about a touchpoint or stage (its key), or about the whole map (None).

    `text` is in English; `key` names its template, and `values` are what stands in it, so that a
    page says it in another language.
    """

    about: str | None
    text: str
    key: str
    values: Mapping[str, Any]


class Figures(Struct, frozen=True, kw_only=True):
    """All figures of a living map."""

    as_of: str
    source: Source
    wait_error: float
    outcome_base: Share
    stages: tuple[StageFigures, ...]
    touchpoints: tuple[TouchpointFigures, ...]
    flow: tuple[FlowEdge, ...]
    funnel: tuple[FunnelStep, ...]
    variants: Variants
    journeys: tuple[SampleJourney, ...]
    journeys_of: dict[str, tuple[int, ...]]
    sentences: tuple[Said, ...]
