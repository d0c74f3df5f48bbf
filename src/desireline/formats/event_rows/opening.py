"""Opens a file of events for the log: whatever it is, and by whomever it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.envelopes.choices import Choices
from desireline.formats.errors import FileBroken
from desireline.formats.event_rows.exports import is_export, read_export
from desireline.formats.event_rows.own_ids import ToldIds
from desireline.formats.event_rows.reading import Reader
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.opening import open_table
from desireline.formats.roles import Roles

Progress = Callable[[str, float], None]

MEMORY = "1GB"
"""What DuckDB may hold in memory; what is more lies in its temporary folder."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user told about a file, None where it is to be found."""

    roles: Roles = field(default_factory=lambda: Roles(columns="all"))
    ids: ToldIds = field(default_factory=ToldIds)
    time_format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    choices: Choices = field(default_factory=Choices)


@contextmanager
def open_rows(path: Path, how: HowToRead, most_bad: int, progress: Progress) -> Iterator[EventRows]:
    """The rows of a file, as `formats.reading.read` takes it, or one that the log has written.

    At most `most_bad` bad rows are kept whole; all are counted. Raises subclasses of
    DesirelineError; then nothing was read.
    """
    with Duck() as duck:
        duck.run(f"SET memory_limit = '{MEMORY}'")
        told = how.roles != HowToRead().roles
        choices = replace(how.choices, plain=told)
        table = open_table(duck, path, (how.encoding, how.delimiter), progress, choices)
        try:
            if is_export(table) and not told:
                rows = read_export(table, most_bad, progress)
            else:
                reader = Reader(table, how.roles, how.ids, progress)
                rows = reader.rows(how.time_format, most_bad)
        except DuckFailed as failure:
            raise FileBroken(
                f"{table.source} cannot be read to its end: {str(failure).splitlines()[0]}",
                hint="The file may be damaged; copy or export it again. Nothing was read from it.",
            ) from failure
        yield rows
