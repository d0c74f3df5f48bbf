"""JSON lines, or one JSON array of records; every value as text, as it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.duck import Duck, DuckFailed, Tell, name_sql, record_sql, text_sql
from desireline.formats.errors import FileBroken, FileEmpty
from desireline.formats.tables.plain_file import PlainFile, check_utf8
from desireline.formats.tables.table import Field, Rejected, Table

SEARCHED_ROWS = 200_000
"""Records that are searched for the names of columns."""

LONGEST_RECORD = 1 << 25
DEEPEST = 5
"""Records within records whose fields become columns; what is deeper stays JSON."""


def open_json(duck: Duck, file: PlainFile, delimiter: str | None) -> Table:
    """A JSON file as a table. Lines that are no records are set aside. Raises FileBroken."""
    del delimiter
    as_lines = _first_sign(file) != b"[" or not file.name.lower().endswith((".json", ".json.gz"))
    table = JsonTable(duck, file.name, (), "", notes=list(file.notes))
    table.record = Field("record", "record", "JSON")
    table.begin(file.path, as_lines=as_lines)
    return table


class JsonTable(Table):
    """A JSON file. Where DuckDB stumbles over it, a mended copy without the bad lines is read."""

    path: Path
    as_lines: bool
    lines: Sequence[int] | None
    record: Field | None = None
    """The whole record, where the file itself is made of records; no column of the table."""
    pointers: Mapping[str, str]
    """Where each column stands in a record: `user.id` is the field `id` of the field `user`."""

    def begin(self, path: Path, *, as_lines: bool, lines: Sequence[int] | None = None) -> None:
        """Takes the file and finds its columns; `lines` are the places of its records, if known."""
        self.path, self.as_lines, self.lines = path, as_lines, lines
        self.unit = "line" if as_lines else "row"
        self.place = self._places
        self._scan(path)
        try:
            self._find_fields()
        except (DuckFailed, RecursionError):
            self._mend()
            self._find_fields()

    def take(self, path: Path, lines: Sequence[int], names: Sequence[str]) -> None:
        """Takes a file that this program has made, of records with these fields at the top."""
        self.path, self.as_lines, self.lines, self.pointers = path, True, lines, {}
        self.place = self._places
        self.fields = tuple(Field(name, name_sql(name), "VARCHAR") for name in names)
        columns = record_sql(dict.fromkeys(names, "VARCHAR"))
        self.origin = (
            f"read_json({text_sql(str(path))}, format = 'newline_delimited', columns = {columns},"
            f" compression = 'none', maximum_object_size = {LONGEST_RECORD})"
        )

    def stage(self, fields: Sequence[Field], tell: Tell | None = None) -> None:
        """As Table.stage. Lines that are no records are set aside."""
        try:
            super().stage(fields, tell)
        except DuckFailed:
            self._mend()
            super().stage(fields, tell)

    def _scan(self, path: Path) -> None:
        kind = "newline_delimited" if self.as_lines else "array"
        self._objects = (
            f"read_json_objects({text_sql(str(path))}, format = '{kind}', compression = 'none',"
            f" maximum_object_size = {LONGEST_RECORD})"
        )
        self._describe({})

    def _find_fields(self) -> None:
        first = f"SELECT json FROM {self._objects} LIMIT 100"
        pointers: dict[str, str] = {}
        outer: set[str] = set()
        for (record,) in self.duck.rows(first):
            value = msgspec.json.decode(record)
            if isinstance(value, dict):
                outer.update(name for name, held in value.items() if isinstance(held, dict))
                pointers.update(_leaves(value))
        more = (
            f"SELECT DISTINCT unnest(json_keys(json)) AS name FROM (SELECT json FROM"
            f" {self._objects} LIMIT {SEARCHED_ROWS}) WHERE json_type(json) = 'OBJECT' ORDER BY 1"
        )
        for (name,) in self.duck.rows(more):
            if name not in outer:
                pointers.setdefault(name, pointer(name))
        if not pointers:
            raise FileEmpty(
                f"{self.source} holds no record with a field.",
                hint='A line of it should look like {"case": "1", "event": "order", "time": ...}.',
            )
        self._describe(pointers)

    def _describe(self, pointers: Mapping[str, str]) -> None:
        self.pointers = pointers
        self.fields = tuple(Field(name, f"c{i}", "VARCHAR") for i, name in enumerate(pointers))
        taken = "".join(
            f", json_extract_string(json, {text_sql(pointers[f.name])}) AS {name_sql(f.sql)}"
            for f in self.fields
        )
        self.origin = f"(SELECT json AS record{taken} FROM {self._objects})"

    def _places(self, rows: Sequence[int]) -> list[int]:
        if self.lines is not None:
            return [int(self.lines[row]) for row in rows]
        if not self.as_lines:
            return [row + 1 for row in rows]
        wanted, found, row = set(rows), dict[int, int](), -1
        with self.path.open("rb") as source:
            for number, line in enumerate(source, start=1):
                row += bool(line.strip())
                if row in wanted:
                    found.setdefault(row, number)
                    if len(found) == len(wanted):
                        break
        return [found.get(row, row + 1) for row in rows]

    def _mend(self) -> None:
        check_utf8(self.path, self.source)
        if not self.as_lines:
            raise self._broken_array()
        if self.lines is not None:
            raise FileBroken(f"{self.source} cannot be read.", hint="Export it again.")
        lines: array[int] = array("q")
        rejected = Rejected()
        copy = self.duck.folder / "mended.jsonl"
        with self.path.open("rb") as source, copy.open("wb") as target:
            for number, line in enumerate(source, start=1):
                problem = _problem(line)
                if problem:
                    rejected.add(number, line.decode(errors="replace").strip(), problem)
                elif line.strip():
                    lines.append(number)
                    target.write(line.rstrip(b"\r\n") + b"\n")
        if not lines:
            first = rejected.examples[0]
            raise FileBroken(
                f"{self.source} holds no JSON record; line {first.row:,} is {first.value!r}:"
                f" {first.reason}.",
                hint="JSON lines have one record, in braces, on each line.",
            )
        self.lines, self.rejected = lines, rejected
        pointers = self.pointers
        self._scan(copy)
        self._describe(pointers)

    def _broken_array(self) -> FileBroken:
        raw = self.path.read_bytes()
        try:
            msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError) as error:
            return FileBroken(
                f"{self.source} ({len(raw):,} bytes) is not whole JSON: {error}.",
                hint="Export it again, or as JSON lines, one record on each line.",
            )
        return FileBroken(
            f"{self.source} is not an array of records.",
            hint='It should look like [{"case": "1", "event": "order", "time": ...}, ...].',
        )


def _first_sign(file: PlainFile) -> bytes:
    with file.path.open("rb") as source:
        start = source.read(1 << 16).removeprefix(b"\xef\xbb\xbf").strip()
    if not start:
        raise FileEmpty(f"{file.name} holds no record.", hint="Export it again, with its rows.")
    return start[:1]


def _leaves(record: Mapping[str, Any], name: str = "", at: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a record that are no records themselves: names with dots, and pointers."""
    for key, value in record.items():
        if isinstance(value, dict) and value and name.count(".") < DEEPEST:
            yield from _leaves(value, f"{name}{key}.", at + pointer(key))
        else:
            yield name + key, at + pointer(key)


def pointer(name: str) -> str:
    """A field of a record as a JSON pointer (RFC 6901), so that any sign may stand in a name."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _problem(line: bytes) -> str:
    if not line.strip():
        return ""
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        return f"it is not JSON ({error})"
    return "" if isinstance(value, dict) else "it is not a record in braces"
