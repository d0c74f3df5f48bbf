"""An object-centric log as a table that has the columns of the log."""

from __future__ import annotations

from collections.abc import Callable

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelopes
from desireline.formats.errors import FileEmpty, FileTooLarge
from desireline.formats.ocel.flattening import flatten
from desireline.formats.ocel.json_form import HEAD, read_json
from desireline.formats.ocel.shelf import Shelf
from desireline.formats.ocel.sqlite_form import read_sqlite
from desireline.formats.ocel.xml_form import read_xml
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.free_memory import free_memory

SQLITE = b"SQLite format 3\0"
LOOKED_AT = 1 << 16
UNITS = {"json": "event", "xml": "line", "sqlite": "row"}
TIMES = {"json": 1, "xml": 1, "sqlite": 4}
"""Bytes of memory for each byte of a file, and some room. 200,000 events, 60 MB, took 0.8 as JSON
(beside the file itself, which is mapped) and 0.6 as XML; 58,000 as SQLite 2.6."""


def is_ocel_json(start: bytes) -> bool:
    """Whether a file of JSON begins like an object-centric log, or like one of OCEL 1.0."""
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    within = text[1:].lstrip()
    return text[:1] == b"{" and any(within.startswith(name) for name in (*HEAD, b'"ocel:'))


def open_ocel(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The events of a log, on the journeys of one type of objects.

    Raises FileBroken, FileEmpty, FileTooLarge, ChoiceMissing.
    """
    with file.path.open("rb") as source:
        start = source.read(LOOKED_AT)
    written = _written(start)
    check_room(file.name, file.path.stat().st_size, written, free_memory())
    with Shelf(duck.folder, UNITS[written]) as log, Envelopes(duck.folder, choices.most) as into:
        if written == "sqlite":
            read_sqlite(file.path, file.name, log)
        elif written == "xml":
            read_xml(file.path, file.name, log, tell)
        else:
            read_json(file.path, file.name, log, tell)
        if not log.places and not log.rejected.count:
            raise FileEmpty(
                f"{file.name} holds no event ({len(log.object_types):,} objects).",
                hint="Export it again, with its events.",
            )
        flatten(log, file.name, choices, into)
    return into.table(duck, file.name, log.unit, "OCEL 2.0")


def _written(start: bytes) -> str:
    if start.startswith(SQLITE):
        return "sqlite"
    return "xml" if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" else "json"


def check_room(name: str, size: int, written: str, free: int | None) -> None:
    """Raises FileTooLarge where a log of so many bytes has no room in what is free of memory."""
    needed = size * TIMES[written]
    if free is None or needed <= free:
        return
    raise FileTooLarge(
        f"{name} has {size / 1e9:,.1f} GB. To read it takes about {needed / 1e9:,.1f} GB of memory,"
        f" and {free / 1e9:,.1f} GB are free.",
        hint="Give the machine more memory, or export the log in parts, by time or by object type.",
    )
