"""An object-centric log as a table that has the columns of the log."""

from __future__ import annotations

from collections.abc import Callable

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelopes
from desireline.formats.errors import FileEmpty, FileTooLarge
from desireline.formats.ocel.flattening import flatten
from desireline.formats.ocel.json_form import HEAD, read_json
from desireline.formats.ocel.sqlite_form import read_sqlite
from desireline.formats.ocel.xml_form import read_xml
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.free_memory import free_memory

SQLITE = b"SQLite format 3\0"
LOOKED_AT = 1 << 16
TIMES = {"json": 7, "xml": 5, "sqlite": 4}
"""Bytes of memory for each byte of a file: 58,000 events took 5.2, 3.6 and 2.6, and some room."""


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
    if written == "sqlite":
        log = read_sqlite(file.path, file.name)
    elif written == "xml":
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
        f"{name} has {size / 1e9:,.1f} GB. A log of OCEL is held in memory while it is read, which"
        f" takes about {needed / 1e9:,.1f} GB, and {free / 1e9:,.1f} GB are free.",
        hint="Give the machine more memory, or export the log in parts, by time or by object type.",
    )
