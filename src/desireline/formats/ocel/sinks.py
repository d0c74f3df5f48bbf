"""The three forms of an object-centric log, to be written event by event."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import escape, quoteattr

import msgspec

from desireline.formats.duck import name_sql
from desireline.formats.ocel.model import OcelEvent, OcelObject, TypeOf, Types
from desireline.formats.ocel.sqlite_form import KINDS

COLUMN_TYPES = {kind: column for column, kind in KINDS.items()}


class JsonSink:
    """One JSON object; its events come first, since nothing demands another order."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._encode = msgspec.json.Encoder().encode
        self._file.write(b'{"events":[')
        self._before = b"\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def event(self, event: OcelEvent) -> None:
        """One more event."""
        self._file.write(self._before + self._encode(event))
        self._before = b",\n"

    def finish(self, objects: Iterable[OcelObject], types: Types) -> None:
        """Ends the file."""
        self._file.write(b'],\n"objects":[')
        before = b"\n"
        for thing in objects:
            self._file.write(before + self._encode(thing))
            before = b",\n"
        self._file.write(b"],\n" + self._encode(types)[1:])


class XmlSink:
    """Types and objects stand before the events, so those wait in a file of their own."""

    def __init__(self, path: Path) -> None:
        self._path, self._waiting = path, path.with_name(path.name + ".events")
        self._file = self._waiting.open("w+", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._waiting.unlink(missing_ok=True)

    def event(self, event: OcelEvent) -> None:
        """One more event."""
        told = f"id={_quoted(event.id)} type={_quoted(event.type)} time={_quoted(event.time)}"
        values = "".join(
            f"<attribute name={_quoted(v.name)}>{_escaped(said(v.value))}</attribute>"
            for v in event.attributes
            if v.value is not None
        )
        self._file.write(f"<event {told}>{_inside(values, event)}</event>\n")

    def finish(self, objects: Iterable[OcelObject], types: Types) -> None:
        """Ends the file."""
        with self._path.open("w", encoding="utf-8", newline="\n") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n')
            for tag, kinds in (("object", types.object_types), ("event", types.event_types)):
                file.write(f"<{tag}-types>\n{''.join(_type_xml(tag, k) for k in kinds)}")
                file.write(f"</{tag}-types>\n")
            file.write("<objects>\n")
            for thing in objects:
                file.write(_object_xml(thing))
            file.write("</objects>\n<events>\n")
            self._file.seek(0)
            shutil.copyfileobj(self._file, file)
            file.write("</events>\n</log>\n")


class SqliteSink:
    """A database; the columns of a type's table come as they are met."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._columns: dict[tuple[str, str], list[str]] = {}
        for sql in SCHEMA:
            self._database.execute(sql)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is None:
            self._database.commit()
        self._database.close()

    def event(self, event: OcelEvent) -> None:
        """One more event. Its attributes wait for the tables of its type."""
        put = self._database.execute
        put("INSERT INTO event VALUES (?, ?)", (event.id, event.type))
        put(
            "INSERT INTO waiting VALUES (?, ?, ?, ?)",
            (event.id, event.type, event.time, msgspec.json.encode(event.attributes)),
        )
        self._database.executemany(
            "INSERT INTO event_object VALUES (?, ?, ?)",
            ((event.id, r.object_id, r.qualifier) for r in event.relationships),
        )

    def finish(self, objects: Iterable[OcelObject], types: Types) -> None:
        """Ends the file."""
        put = self._database.execute
        inserts = {
            kind.name: self._table("event", n, kind, ("ocel_id", "ocel_time"))
            for n, kind in enumerate(types.event_types)
        }
        rows = self._database.cursor().execute("SELECT * FROM waiting ORDER BY rowid")
        for number, kind, time, values in rows:
            held = {v["name"]: v["value"] for v in msgspec.json.decode(values)}
            inserts[kind](held, (number, time))
        put("DROP TABLE waiting")
        inserts = {
            kind.name: self._table(
                "object", n, kind, ("ocel_id", "ocel_time", "ocel_changed_field")
            )
            for n, kind in enumerate(types.object_types)
        }
        for thing in objects:
            put("INSERT INTO object VALUES (?, ?)", (thing.id, thing.type))
            for since, held, changed in _states(thing):
                inserts[thing.type](held, (thing.id, since, changed))
            self._database.executemany(
                "INSERT INTO object_object VALUES (?, ?, ?)",
                ((thing.id, r.object_id, r.qualifier) for r in thing.relationships),
            )

    def _table(
        self, what: str, number: int, kind: TypeOf, first: tuple[str, ...]
    ) -> Callable[[Mapping[str, Any], tuple[object, ...]], None]:
        """Makes the table of a type, and gives what puts a row into it."""
        short = "".join(c if c.isascii() and c.isalnum() else "_" for c in kind.name) + f"_{number}"
        table = name_sql(f"{what}_{short}")
        names = [a.name for a in kind.attributes]
        columns = [f"{name} {'TIMESTAMP' if name == 'ocel_time' else 'TEXT'}" for name in first]
        typed = ((name_sql(a.name), COLUMN_TYPES.get(a.type, "TEXT")) for a in kind.attributes)
        columns += [f"{name} {column}" for name, column in typed]
        self._database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        self._database.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (kind.name, short))
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} VALUES ({marks})"

        def insert(held: Mapping[str, Any], told: tuple[object, ...]) -> None:
            cells = (_cell(held.get(name)) for name in names)
            self._database.execute(statement, (*told, *cells))

        return insert


SINKS: Mapping[str, Callable[[Path], Any]] = {
    ".jsonocel": JsonSink,
    ".ocel.json": JsonSink,
    ".xmlocel": XmlSink,
    ".ocel.xml": XmlSink,
    ".sqlite": SqliteSink,
}
"""By the end of a file's name."""

SCHEMA = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE event (ocel_id TEXT, ocel_type TEXT)",
    "CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT)",
    "CREATE TABLE object (ocel_id TEXT, ocel_type TEXT)",
    "CREATE TABLE object_map_type (ocel_type TEXT, ocel_type_map TEXT)",
    "CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)",
    "CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT)",
    "CREATE TABLE waiting (id TEXT, type TEXT, time TEXT, attributes TEXT)",
)


def said(value: Any) -> str:
    """A value as XML has it."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _states(thing: OcelObject) -> Iterable[tuple[str, dict[str, Any], str | None]]:
    """The rows of an object: what it always had in one, then a row each change."""
    always: dict[str, Any] = {}
    changes = []
    for v in thing.attributes:
        if v.time.startswith("1970-01-01T00:00:00") and v.name not in always:
            always[v.name] = v.value
        else:
            changes.append((v.time, {v.name: v.value}, v.name))
    yield "1970-01-01T00:00:00Z", always, None
    yield from changes


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return msgspec.json.encode(value).decode()


def _type_xml(tag: str, kind: TypeOf) -> str:
    attributes = "".join(
        f"<attribute name={_quoted(a.name)} type={_quoted(a.type)}/>" for a in kind.attributes
    )
    inside = f"<attributes>{attributes}</attributes>"
    return f"<{tag}-type name={_quoted(kind.name)}>{inside}</{tag}-type>\n"


def _object_xml(thing: OcelObject) -> str:
    values = "".join(
        f"<attribute name={_quoted(v.name)} time={_quoted(v.time)}>{_escaped(said(v.value))}"
        "</attribute>"
        for v in thing.attributes
        if v.value is not None
    )
    return (
        f"<object id={_quoted(thing.id)} type={_quoted(thing.type)}>{_inside(values, thing)}"
        "</object>\n"
    )


def _inside(values: str, thing: OcelEvent | OcelObject) -> str:
    related = "".join(
        f"<relationship object-id={_quoted(r.object_id)} qualifier={_quoted(r.qualifier)}/>"
        for r in thing.relationships
    )
    return f"<attributes>{values}</attributes><objects>{related}</objects>"


def _quoted(text: str) -> str:
    return quoteattr(text)


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})
