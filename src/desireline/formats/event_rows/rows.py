"""EventRows: the events of a file as columns in the order of the file, with nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, SetAside
from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck
from desireline.formats.event_rows.cells import Cells
from desireline.formats.event_rows.own_ids import OwnIds


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be stored: why, in a sentence, and all that it holds, as JSON."""

    reason: str
    body: str


@dataclass(frozen=True, slots=True)
class Account:
    """What was read and what was not."""

    source: str
    rows: int
    """All rows, good and bad."""
    columns: dict[str, str]
    """What each role was read from."""
    notes: tuple[str, ...]
    set_aside: int
    examples: tuple[SetAside, ...]
    unit: str
    bad: tuple[BadRow, ...]
    """The first of those that were set aside."""


@dataclass(frozen=True, slots=True, eq=False)
class EventRows:
    """The rows of a file that can be stored, as arrays with one entry a row, in file order.

    Text stands as codes into its names; -1 says nothing. `duck` holds the properties' values and
    may be asked while the rows are open.
    """

    duck: Duck
    case: Coded
    event: Coded
    at: I64
    channel: Coded | None
    actor: Coded | None
    value: F64 | None
    """NaN where there is none."""
    properties: tuple[Cells, ...]
    order: tuple[NDArray[Any], ...]
    """Columns that decide the order of events of one case and time, the first deciding first."""
    ids: OwnIds | None
    """The events' own ids, where the file has them."""
    account: Account

    def __len__(self) -> int:
        return len(self.at)
