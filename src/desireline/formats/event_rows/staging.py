"""What reading begins and ends with, whoever wrote the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desireline.engine.journeys import Provenance
from desireline.formats.columns.text import Coded
from desireline.formats.errors import FileEmpty
from desireline.formats.event_rows.distinct import narrowed
from desireline.formats.keeping import Kept
from desireline.formats.roles import Found
from desireline.formats.tables.json_file import JsonTable
from desireline.formats.tables.table import Table

Progress = Callable[[str, float], None]


def stage(table: Table, progress: Progress) -> None:
    """Lays down all columns of a table. Raises FileEmpty, DuckFailed, or what is wrong with it."""
    record = table.record if isinstance(table, JsonTable) else None
    fields = table.fields if record is None else (*table.fields, record)
    table.stage(fields, lambda share: progress("Reading", share))
    if table.count() + table.rejected.count == 0:
        header = " a header and" if table.unit == "line" else ""
        raise FileEmpty(
            f"{table.source} has{header} no rows.", hint="Export it again, with its rows."
        )


def provenance_of(table: Table, found: Found, kept: Kept, notes: Sequence[str]) -> Provenance:
    """What was taken for what, and what was set aside."""
    return Provenance(
        source=table.source,
        rows=table.count() + table.rejected.count - kept.left_out,
        columns=found.names(),
        notes=(*table.notes, *notes),
        set_aside=kept.set_aside,
        examples=kept.examples,
        unit=table.unit,
    )


def kept_codes(kept: Kept, coded: Coded) -> Coded:
    """A column of text for the rows that were kept, in few bytes."""
    return Coded(kept.of(narrowed(coded.codes, len(coded.names))), coded.names)
