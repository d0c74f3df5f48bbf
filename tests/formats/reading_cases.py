"""Small files of events for tests, written the way a user's would be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desireline.engine.journeys import MICROSECONDS, Journeys

DATA = Path(__file__).parents[3] / "shared" / "data"

HEADER = "case_id,event,timestamp"

DAY = 1_577_836_800
"""2020-01-01T00:00:00Z in seconds."""


def written(folder: Path, content: str | bytes, name: str = "events.csv") -> Path:
    """A file with this content, as it is."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def csv_of(*rows: str, header: str = HEADER) -> str:
    """A CSV text: the header and the rows."""
    return "\n".join((header, *rows)) + "\n"


def walks(journeys: Journeys) -> dict[str, list[tuple[str, float]]]:
    """Every journey as its events and times in seconds, by the name of its case."""
    return {
        journeys.journey_id(j): [
            (journeys.events[journeys.code[i]], int(journeys.time[i]) / MICROSECONDS)
            for i in range(journeys.offset[j], journeys.offset[j + 1])
        ]
        for j in range(len(journeys))
    }


def set_aside(journeys: Journeys) -> list[tuple[int, str, str, str]]:
    """The rows that were set aside: place, column, value, reason."""
    return [(e.row, e.column, e.value, e.reason) for e in journeys.provenance.examples]


def said(error: Any) -> str:
    """All that a failure says: the sentence and the hint."""
    return f"{error.value} {error.value.hint}"
