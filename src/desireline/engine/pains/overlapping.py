"""What a shard contributes to the third look: who of like visits meets which suspect as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.tally import Tally
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.pains import count_meetings
from desireline.engine.pains.query import Query, Settled, Suspect
from desireline.engine.pains.signals import Signal
from desireline.engine.pains.strata import Keys, Sorted, Sorting
from desireline.engine.pains.visits import Rows, Visits, told_until, visits_of
from desireline.engine.vocabulary import Names, in_common, places


@dataclass(frozen=True, eq=False)
class Overlaps:
    """How visits with and without a signal meet the suspects, then or later, by strata."""

    channels: Names
    strata: dict[Signal, Tally]
    """Two columns for each suspect: the visits without the signal that meet it, those with it."""
    exits: Tally
    """By touchpoint, before the outcome, where no suspect is met: visits, journeys that end there,
    journeys that reach the outcome."""

    def at(self, signal: Signal, strata: I64, channels: Names, n: int) -> I64:
        """The rows of a signal at some strata, whose channels are these."""
        return self._recoded(channels, n).strata[signal].at(strata)

    def merged(self, other: Overlaps, n: int) -> Overlaps:
        """Both together, of a map with so many touchpoints."""
        names = in_common(self.channels, other.channels)
        a, b = self._recoded(names, n), other._recoded(names, n)
        strata = {signal: a.strata[signal].merge(b.strata[signal]) for signal in a.strata}
        return Overlaps(names, strata, a.exits.merge(b.exits))

    def _recoded(self, names: Names, n: int) -> Overlaps:
        if names == self.channels:
            return self
        place, old = places(self.channels, names), Keys(n, len(self.channels))
        strata = {
            signal: tally.regrouped(old.recoded(tally.key, place, len(names)))
            for signal, tally in self.strata.items()
        }
        return Overlaps(names, strata, self.exits)


def overlap(journeys: Journeys, query: Query, known: Settled) -> Overlaps:
    """What one shard contributes."""
    found = visits_of(told_until(journeys, query), query, known)
    sorting = Sorting(found, len(query.journey_map.touchpoints))
    suspects = known.suspects or ()
    met_at = _met_at([_rows_of(found, suspect) for suspect in suspects], len(found.told.log))
    return Overlaps(
        channels=found.told.log.channels,
        strata={s: _counted(sorting.of(s, met), met_at) for s, met in found.met.items()},
        exits=_exits(found, met_at),
    )


def _rows_of(found: Visits, suspect: Suspect) -> Rows:
    met = found.met[suspect.signal]
    rows = met.rows[met.has]
    had = rows["had"] == (suspect.aim == "staying")
    here: Rows = rows[had & (rows["touchpoint"] == suspect.touchpoint)]
    return here


def _met_at(hurt: Sequence[Rows], journeys: int) -> I64:
    """By (journey, suspect): the event at which it is met; -1: it is not."""
    met_at = np.full((journeys, len(hurt)), -1, np.int64)
    for number, rows in enumerate(hurt):
        met_at[rows["journey"], number] = rows["at"]
    return met_at


def _counted(visits: Sorted, met_at: I64) -> Tally:
    table = np.zeros((len(visits.strata), 2 * met_at.shape[1]), np.int64)
    count_meetings(visits.rows, visits.may, visits.which, visits.has, met_at, table)
    return Tally(visits.strata, table)


def _exits(found: Visits, met_at: I64) -> Tally:
    first = found.first
    journey, touchpoint, spared = first["journey"], first["touchpoint"], ~first["had"]
    for at in met_at.T:
        place = np.where(at >= 0, found.told.journeys.code[at], -1)
        spared &= place[journey] != touchpoint
    key = touchpoint[spared].astype(np.int64)
    ends, reaches = first["ends"][spared], first["reaches"][spared]
    return Tally.of(key, np.column_stack([np.ones(len(key), np.int64), ends, reaches]))
