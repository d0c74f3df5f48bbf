"""An object-centric log as a table that has the columns of the log."""

from __future__ import annotations

from collections.abc import Callable

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelopes
from desireline.formats.errors import FileEmpty
from desireline.formats.ocel.flattening import flatten
from desireline.formats.ocel.json_form import HEAD, read_json
from desireline.formats.ocel.sqlite_form import read_sqlite
from desireline.formats.ocel.xml_form import read_xml
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table

SQLITE = b"SQLite format 3\0"
LOOKED_AT = 1 << 16


def is_ocel_json(start: bytes) -> bool:
    """Whether a file of JSON begins like an object-centric log, or like one of OCEL 1.0."""
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    within = text[1:].lstrip()
    return text[:1] == b"{" and any(within.startswith(name) for name in (*HEAD, b'"ocel:'))


def open_ocel(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The events of a log, on the journeys of one type of objects.

    Raises FileBroken, FileEmpty, ChoiceMissing.
    """
    with file.path.open("rb") as source:
        start = source.read(LOOKED_AT)
    if start.startswith(SQLITE):
        log = read_sqlite(file.path, file.name)
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        log = read_xml(file.path, file.name, tell)
    else:
        log = read_json(file.path, file.name)
    if not log.events and not log.rejected.count:
        raise FileEmpty(
            f"{file.name} holds no event ({len(log.objects):,} objects).",
            hint="Export it again, with its events.",
        )
    with Envelopes(duck.folder, choices.most) as envelopes:
        flatten(log, file.name, choices, envelopes)
    return envelopes.table(duck, file.name, log.unit, "OCEL 2.0")
