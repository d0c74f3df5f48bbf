"""Opens a file of events for the log: whatever it is, and by whomever it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.envelopes.choices import Keys
from desireline.formats.errors import FileBroken
from desireline.formats.event_rows.exports import is_export, read_export
from desireline.formats.event_rows.reading import Reader
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.mapping.document import Mapping
from desireline.formats.opening import open_table
from desireline.formats.tables.table import Table

Progress = Callable[[str, float], None]

MEMORY = "1GB"
"""What DuckDB may hold in memory; what is more lies in its temporary folder."""


@contextmanager
def open_rows(
    path: Path, mapping: Mapping, keys: Keys, most_bad: int, progress: Progress
) -> Iterator[EventRows]:
    """The rows of a file, as `formats.reading.read` takes it, or one that the log has written.

    At most `most_bad` bad rows are kept whole; all are counted. Raises subclasses of
    DesirelineError; then nothing was read.
    """
    with Duck() as duck:
        duck.run(f"SET memory_limit = '{MEMORY}'")
        table = open_table(duck, path, mapping, keys, progress)
        yield rows_of(table, mapping, keys, most_bad, progress)


def rows_of(
    table: Table, mapping: Mapping, keys: Keys, most_bad: int, progress: Progress
) -> EventRows:
    """The rows of an open table. Raises FileBroken, and what is wrong with the file."""
    try:
        if is_export(table) and not mapping.names_columns:
            return read_export(table, mapping, most_bad, progress)
        return Reader(table, mapping, keys.namespace, progress).rows(most_bad)
    except DuckFailed as failure:
        raise FileBroken(
            f"{table.source} cannot be read to its end: {str(failure).splitlines()[0]}",
            hint="The file may be damaged; copy or export it again. Nothing was read from it.",
        ) from failure
