"""The statistics of some journeys, counted once for each grouping that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from desireline.engine.compute.threads import run
from desireline.engine.discovery import ways
from desireline.engine.discovery.ways import Slots, Ways
from desireline.engine.journeys import Journeys


@dataclass(frozen=True)
class Counts:
    """Journeys, and the statistics of groupings of their event types as they are needed."""

    journeys: Journeys
    unit: float
    """Seconds below which waits count as none."""
    _known: dict[tuple[tuple[int, ...], ...], Ways] = field(default_factory=dict)

    def of(self, groups: list[tuple[int, ...]]) -> Ways:
        """The sufficient statistics of the groups, one linear pass on all threads."""
        key = tuple(groups)
        if key not in self._known:
            slots = Slots.of(groups, len(self.journeys.events), self.unit)
            self._known[key] = run(ways, self.journeys, slots)
        return self._known[key]
