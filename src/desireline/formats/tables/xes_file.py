"""XES (IEEE 1849-2016) as a table: one row an event, the attributes of its trace as `case:...`."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

import msgspec

from desireline.formats.duck import Duck
from desireline.formats.envelopes.envelope import Envelopes
from desireline.formats.errors import FileEmpty
from desireline.formats.ocel.model import typed
from desireline.formats.ocel.own import WHO, envelope_of
from desireline.formats.tables.json_file import JsonTable
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.formats.tables.xml_stream import XmlReader, parse_xml

KINDS = {"int": "integer", "float": "float", "boolean": "boolean"}
ATTRIBUTES = frozenset({"string", "date", "id", *KINDS})

Tell = Callable[[float], None]


def open_xes(duck: Duck, file: PlainFile, tell: Tell | None = None) -> Table:
    """An XES file as a table; one that the log wrote has the log's own columns.

    Raises FileBroken, with the line, and FileEmpty.
    """
    records = duck.folder / "xes.jsonl"
    with records.open("wb") as target, Envelopes(duck.folder) as own:
        reader = XesReader(target.write, own)
        parse_xml(file.path, file.name, "XES", reader, tell)
    if not reader.lines and not own.places:
        raise FileEmpty(
            f"{file.name} holds no event ({reader.traces:,} traces).",
            hint="Export it again, with its events.",
        )
    if own.places and not reader.lines:
        return own.table(duck, file.name, "line", "XES")
    notes = list(file.notes)
    if reader.empty:
        notes.append(f"{reader.empty:,} traces of {file.name} have no event, so no journey.")
    table = JsonTable(duck, file.name, (), "", notes=notes)
    table.begin(records, as_lines=True, lines=reader.lines)
    return table


class XesReader(XmlReader):
    """Turns the tags of an XES file into records, one JSON line an event.

    Events that the log has written become envelopes, as long as no other event stands among them.
    """

    def __init__(self, write: Callable[[bytes], object], own: Envelopes) -> None:
        super().__init__()
        self.lines: array[int] = array("q")
        """The line where each event begins."""
        self.traces = 0
        self.empty = 0
        self._write, self._own = write, own
        self._encode = msgspec.json.Encoder().encode
        self._depth = 0
        self._trace: dict[str, Any] = {}
        self._events: list[tuple[int, dict[str, Any]]] = []
        self._event: dict[str, Any] | None = None
        self._in_trace = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begins a tag."""
        self._depth += 1
        if self._depth == 4 and self._event is not None:
            if tag in ATTRIBUTES and "key" in attributes:
                self._event[attributes["key"]] = _value(tag, attributes)
        elif self._depth == 3 and self._in_trace:
            if tag == "event":
                self._event = {}
                self._events.append((self.line, self._event))
            elif tag in ATTRIBUTES and "key" in attributes:
                self._trace["case:" + attributes["key"]] = _value(tag, attributes)
        elif self._depth == 2 and tag == "trace":
            self._in_trace = True
            self.traces += 1

    def end(self, tag: str) -> None:  # noqa: ARG002 - the depth says which
        """Ends a tag."""
        self._depth -= 1
        if self._depth == 2:
            self._event = None
        elif self._depth == 1 and self._in_trace:
            self._finish_trace()

    def _finish_trace(self) -> None:
        self.empty += not self._events
        for line, event in self._events:
            if self.lines or not self._is_own(line, event):
                self.lines.append(line)
                self._write(self._encode(self._trace | event) + b"\n")
        self._events, self._trace, self._in_trace = [], {}, False

    def _is_own(self, line: int, event: dict[str, Any]) -> bool:
        if WHO not in event:
            return False
        held = dict(event)
        number, kind, time = (
            held.pop(name, "") for name in ("identity:id", "concept:name", "time:timestamp")
        )
        envelope = envelope_of(number, kind, time, held.items())
        if envelope is not None:
            self._own.add(line, envelope)
        return envelope is not None


def _value(tag: str, attributes: dict[str, str]) -> Any:
    value = attributes.get("value", "")
    return typed(value, KINDS[tag]) if tag in KINDS else value
