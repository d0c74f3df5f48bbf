"""What a log is, before any map: its period, the names it has, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.engine.joining import one_provenance
from desireline.engine.journeys import Journeys, Provenance
from desireline.engine.rules.names import Kind, known_names
from desireline.engine.vocabulary import in_common


@dataclass(frozen=True)
class LogFacts:
    """The facts of a shard, mergeable."""

    period: tuple[int, int] | None
    """First and last time (microseconds) of all events, filtered or not; None without any."""
    known: dict[Kind, tuple[str, ...]]
    """The names of event types, channels, ... that rules may speak of, sorted."""
    provenances: tuple[Provenance, ...]
    """The distinct ones."""

    @classmethod
    def of(cls, journeys: Journeys) -> LogFacts:
        """The facts of one shard."""
        known = {kind: tuple(sorted(names)) for kind, names in known_names(journeys).items()}
        return cls(journeys.period, known, (journeys.provenance,))

    def merge(self, other: LogFacts) -> LogFacts:
        """Both together."""
        periods = [p for p in (self.period, other.period) if p is not None]
        starts, ends = [p[0] for p in periods], [p[1] for p in periods]
        new = (p for p in other.provenances if p not in self.provenances)
        return LogFacts(
            (min(starts), max(ends)) if periods else None,
            {kind: in_common(names, other.known[kind]) for kind, names in self.known.items()},
            (*self.provenances, *new),
        )

    @property
    def provenance(self) -> Provenance:
        """Where all of it comes from."""
        return one_provenance(self.provenances)
