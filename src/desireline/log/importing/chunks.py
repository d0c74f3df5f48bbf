"""The plan of an import: its events by person and time, cut where one person ends.

All events of a person are in one chunk, so equal rows meet there, and the segments of an import
hold disjoint ranges of new subjects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.building import sequence_key
from desireline.engine.journeys import I32, I64
from desireline.engine.kernels.building import arrange
from desireline.formats.event_rows.rows import EventRows
from desireline.log.importing.whose import Whose

EVENTS_A_CHUNK = 2_000_000
"""One transaction and one segment; what a kill can undo."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The rows of a file in the order of the log, and where it is cut."""

    person: I32
    """Whose event each row of the file is: a place in `Subjects`."""
    order: I64 | None
    """Rows by person, then time, then as they came; None where they came so."""
    cuts: tuple[int, ...]
    """Places in that order: a chunk is `cuts[i] : cuts[i + 1]`."""

    @property
    def chunks(self) -> int:
        """How many."""
        return len(self.cuts) - 1

    def rows(self, chunk: int) -> I64:
        """The rows of a chunk, in order."""
        places = slice(self.cuts[chunk], self.cuts[chunk + 1])
        return np.arange(places.start, places.stop) if self.order is None else self.order[places]


def planned(events: EventRows, whose: Whose, size: int) -> Plan:
    """The plan of the rows of a file, in chunks of about `size`."""
    key = sequence_key((events.at, *events.order)) if events.order else events.at
    offset, order = arrange(whose.subject, key, len(whose.subjects))
    goals = np.arange(size, len(events), size)
    cuts = offset[np.searchsorted(offset, goals)]
    return Plan(
        person=whose.subject,
        order=order,
        cuts=tuple(np.unique([0, *cuts, len(events)]).tolist()),
    )
