"""EventRows: the events of a file as columns in the order of the file, with nothing left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, Provenance
from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck
from desireline.formats.event_rows.cells import Cells
from desireline.formats.event_rows.own_ids import OwnIds


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be stored: why, in a sentence, and all that it holds, as JSON."""

    reason: str
    body: str


@dataclass(frozen=True, slots=True, eq=False)
class EventRows:
    """The rows of a file that can be stored, as arrays with one entry a row, in file order.

    Text stands as codes into its names; -1 says nothing. `duck` holds the values of properties and
    may be asked while the rows are open.
    """

    duck: Duck
    whose: Coded
    """Values of the only column of identifiers, or JSON objects of several."""
    who: Mapping[str, str]
    """Columns of identifiers by kind; empty where the file itself says the kinds."""
    is_export: bool
    """Whether the log itself wrote the file."""
    at: I64
    value: F64 | None
    """NaN where there is none."""
    received_at: I64 | None
    texts: Mapping[str, Coded]
    """Columns of the log by name: `type`, and where the file has them, `channel`, `actor` ..."""
    properties: tuple[Cells, ...]
    """Each a part of the column `properties`."""
    objects: Mapping[str, Cells]
    """Whole JSON objects of columns of the log, of a file that the log wrote."""
    order: tuple[NDArray[Any], ...]
    """Columns that decide the order of events of one case and time, the first deciding first."""
    ids: OwnIds | None
    """The events' own ids, where the file has them."""
    provenance: Provenance
    """What was read as what, and what was set aside."""
    bad: tuple[BadRow, ...]
    """The first of the rows that were set aside."""
    reasons: Mapping[str, int]
    """How many rows were set aside for each reason."""
    form: str
    """What the file is: csv, parquet, mail ..."""

    @property
    def names_several(self) -> bool:
        """Whether a row may have identifiers of several kinds, so that `whose` holds JSON."""
        return len(self.who) != 1

    def __len__(self) -> int:
        return len(self.at)
