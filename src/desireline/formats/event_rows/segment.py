"""From rows of a file to a segment of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from desireline.engine.journeys import I64
from desireline.formats.event_rows.cells import Cells
from desireline.formats.event_rows.own_ids import OwnIds
from desireline.formats.event_rows.relation import Laid, Relation
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.segment_files import SegmentFile, write_segment


@dataclass(frozen=True, slots=True, eq=False)
class Stamped:
    """Rows of a file that are ready for the log: which they are, whose, and their ids."""

    rows: I64
    """Places in the arrays of EventRows, in the order in which the events shall stand."""
    subject: I64
    id_hi: I64
    id_lo: I64

    def by_subject(self) -> Self:
        """The same in the order of subjects, each subject's events as they were."""
        if np.all(self.subject[1:] >= self.subject[:-1]):
            return self
        order = np.argsort(self.subject, kind="stable")
        arrays = (self.rows, self.subject, self.id_hi, self.id_lo)
        return type(self)(*(array[order] for array in arrays))


def write_rows(
    events: EventRows, stamped: Stamped, path: Path, constants: Mapping[str, str | int]
) -> SegmentFile:
    """The finished segment of rows in the order of subject and time.

    `constants` are the columns that the file does not tell and that are alike for all. Raises
    DuckFailed.
    """
    rows = stamped.rows
    relation = Relation(events.duck)
    for name in ("subject", "id_hi", "id_lo"):
        relation.numbers(name, getattr(stamped, name))
    relation.numbers("place", np.arange(len(rows)))
    for name in ("at", "value", "received_at"):
        array = getattr(events, name)
        if array is not None:
            relation.numbers(name, array[rows])
    for name, coded in events.texts.items():
        relation.names(name, coded.codes[rows], coded.names)
    for name, cells in events.objects.items():
        relation.objects(name, _laid(cells, rows))
    if events.properties:
        relation.record("properties", [_laid(cells, rows) for cells in events.properties])
    if events.ids is not None and not events.is_export:
        relation.record("context", [_laid(events.ids, rows)])
    relation.constants(constants)
    with relation as sql:
        return write_segment(events.duck, sql, path, in_order=relation.in_order)


def _laid(cells: Cells | OwnIds, rows: I64) -> Laid:
    return Laid(cells.codes[rows], cells.table, len(cells.hi))
