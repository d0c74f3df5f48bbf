"""XES (IEEE 1849-2016) as a table: one row an event, the attributes of its trace as `case:...`.

The file is read as a stream by expat. A document type or an entity is refused, so nothing expands
("billion laughs") and nothing is fetched.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import msgspec

from desireline.formats.duck import Duck
from desireline.formats.errors import FileBroken, FileEmpty
from desireline.formats.tables.json_file import JsonTable
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table

CHUNK = 1 << 18
ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})

Tell = Callable[[float], None]


class DocumentTypeRefused(Exception):
    """A document type or entity stands in the file. Never leaves this room."""


def open_xes(duck: Duck, file: PlainFile, tell: Tell | None = None) -> Table:
    """An XES file as a table. Raises FileBroken, with the line, and FileEmpty."""
    records = duck.folder / "xes.jsonl"
    with records.open("wb") as target:
        reader = XesReader(target.write)
        _parse(file, reader, tell)
    if not reader.lines:
        raise FileEmpty(
            f"{file.name} holds no event ({reader.traces:,} traces).",
            hint="Export it again, with its events.",
        )
    notes = list(file.notes)
    if reader.empty:
        notes.append(f"{reader.empty:,} traces of {file.name} have no event, so no journey.")
    table = JsonTable(duck, file.name, (), "", notes=notes)
    table.begin(records, as_lines=True, lines=reader.lines)
    return table


class XesReader:
    """Turns the tags of an XES file into records, one JSON line an event."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.lines: array[int] = array("q")
        """The line where each event begins."""
        self.traces = 0
        self.empty = 0
        self._write = write
        self._encode = msgspec.json.Encoder().encode
        self._depth = 0
        self._trace: dict[str, str] = {}
        self._events: list[dict[str, str]] = []
        self._event: dict[str, str] | None = None
        self._in_trace = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise DocumentTypeRefused

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        tag = tag.rpartition(":")[2]
        if self._depth == 4 and self._event is not None:
            if tag in ATTRIBUTES and "key" in attributes:
                self._event[attributes["key"]] = attributes.get("value", "")
        elif self._depth == 3 and self._in_trace:
            if tag == "event":
                self._event = {}
                self.lines.append(self.parser.CurrentLineNumber)
            elif tag in ATTRIBUTES and "key" in attributes:
                self._trace["case:" + attributes["key"]] = attributes.get("value", "")
        elif self._depth == 2 and tag == "trace":
            self._in_trace = True
            self.traces += 1

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth == 2 and self._event is not None:
            self._events.append(self._event)
            self._event = None
        elif self._depth == 1 and self._in_trace:
            self._finish_trace()

    def _finish_trace(self) -> None:
        self.empty += not self._events
        for event in self._events:
            self._write(self._encode(self._trace | event) + b"\n")
        self._events, self._trace, self._in_trace = [], {}, False


def _parse(file: PlainFile, reader: XesReader, tell: Tell | None) -> None:
    size = max(Path(file.path).stat().st_size, 1)
    try:
        with file.path.open("rb") as source:
            while chunk := source.read(CHUNK):
                reader.parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by place
                if tell is not None:
                    tell(source.tell() / size)
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise FileBroken(
            f"{file.name}, line {error.lineno:,}: the XES file is cut off or not well-formed"
            f" ({expat.ErrorString(error.code)}).",
            hint="Export it again; nothing was read from it.",
        ) from error
    except DocumentTypeRefused:
        raise FileBroken(
            f"{file.name}, line {reader.parser.CurrentLineNumber:,}: the file declares a document"
            " type or an entity, which XES has no use for.",
            hint="Remove the <!DOCTYPE ...> part; entities are never expanded here.",
        ) from None
