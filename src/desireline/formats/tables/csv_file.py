"""CSV with any delimiter, as text: nothing is guessed, so that a case called "NA" stays one."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from desireline.formats.duck import Duck, DuckFailed, Tell, record_sql, text_sql
from desireline.formats.errors import (
    ColumnsRepeated,
    DelimiterUnusable,
    EncodingWrong,
    FileBroken,
    FileEmpty,
)
from desireline.formats.tables.mending import Dialect, mend, records
from desireline.formats.tables.plain_file import PlainFile, check_utf8, holds
from desireline.formats.tables.table import SHOWN_VALUES, Field, Table, shown

USUAL_DELIMITERS = ",;\t|"
SNIFFED_BYTES = 1 << 16
SNIFFED_ROWS = 50
SAID = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""
DELIMITER_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def open_csv(duck: Duck, file: PlainFile, delimiter: str | None) -> Table:
    """A CSV file as a table. Raises what is wrong with its header, delimiter or encoding."""
    start = _start(file)
    dialect = _dialect(start, delimiter, file.name)
    header = next(iter(records(io.StringIO(start, newline=""), dialect)), None)
    if header is None:
        raise FileEmpty(f"{file.name} holds no row.", hint="Export it again, with its rows.")
    names = _names(header.fields, f"{file.name}, line {header.line}")
    if len(names) == 1 and delimiter is None and len(start.splitlines()) > 1:
        raise DelimiterUnusable(
            f"{file.name} has only one column, {names[0]!r}, with any usual delimiter"
            " (comma, semicolon, tab, pipe).",
            hint="Name its delimiter, for example --delimiter '^'.",
        )
    table = CsvTable(duck, file.name, _fields(names), "", unit="line", notes=list(file.notes))
    table.begin(file.path, dialect, simple_header=header.line == 1)
    return table


class CsvTable(Table):
    """A CSV file. Where DuckDB stumbles over it, a mended copy without the bad rows is read."""

    path: Path
    dialect: Dialect
    mended: bool
    lines: Sequence[int]

    def begin(self, path: Path, dialect: Dialect, *, simple_header: bool) -> None:
        """Takes the file; one with an odd start or NUL bytes is mended at once."""
        self.path, self.dialect, self.mended, self.lines = path, dialect, False, ()
        self.origin = self._scan(path, dialect.delimiter)
        self.place = self._lines_of
        if not simple_header or holds(path, b"\0"):
            self._mend()

    def stage(self, fields: Sequence[Field], tell: Tell | None = None) -> None:
        """As Table.stage. Rows that do not fit the header are set aside."""
        if not self.mended:
            with suppress(DuckFailed):
                return super().stage(fields, tell)
            self._mend()
        try:
            return super().stage(fields, tell)
        except DuckFailed as failure:
            raise self._unreadable(failure) from failure

    def samples(self) -> dict[str, list[str]]:
        """As Table.samples, read without DuckDB, so that a broken file can still be described."""
        found: dict[str, list[str]] = {f.name: [] for f in self.fields}
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as source:
            rows = records(source, self.dialect)
            next(rows, None)
            for _, record in zip(range(SHOWN_VALUES), rows, strict=False):
                for name, value in zip(found, record.fields, strict=False):
                    found[name].append(shown(value))
        return found

    def _mend(self) -> None:
        check_utf8(self.path, self.source)
        copy = self.duck.folder / "mended.csv"
        mended = mend(self.path, copy, self.dialect, self.source)
        self.mended, self.lines, self.rejected = True, mended.lines, mended.rejected
        self.origin = self._scan(copy, ",")

    def _scan(self, path: Path, delimiter: str) -> str:
        columns = record_sql({f"c{i}": "VARCHAR" for i in range(len(self.fields))})
        return (
            f"read_csv({text_sql(str(path))}, auto_detect = false, header = true,"
            f" delim = {text_sql(delimiter)}, quote = '\"', escape = '\"', columns = {columns})"
        )

    def _lines_of(self, rows: Sequence[int]) -> list[int]:
        if self.mended:
            return [int(self.lines[row]) for row in rows]
        plain = not any(holds(self.path, b) for b in (b'"', b"\n\n", b"\n\r", b"\r\r"))
        if plain:
            return [row + 2 for row in rows]
        wanted = set(rows)
        found: dict[int, int] = {}
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as source:
            for row, record in enumerate(records(source, self.dialect), start=-1):
                if row in wanted:
                    found[row] = record.line
                    if len(found) == len(wanted):
                        break
        return [found.get(row, row + 2) for row in rows]

    def _unreadable(self, failure: DuckFailed) -> FileBroken:
        first = str(failure).split("\n")[0]
        return FileBroken(
            f"{self.source} cannot be read as CSV: {first}.",
            hint="Check its quotation marks and its delimiter (--delimiter).",
        )


def _start(file: PlainFile) -> str:
    with file.path.open("rb") as source:
        raw = source.read(SNIFFED_BYTES)
    if raw[1:2] == b"\0" or raw[:1] == b"\0":
        raise EncodingWrong(
            f"{file.name}, line 1: every other byte is NUL, as in UTF-16 text.",
            hint="Name the file's encoding: --encoding utf-16-le or --encoding utf-16-be.",
        )
    text = raw.decode("utf-8-sig", "replace")
    whole = text if len(raw) < SNIFFED_BYTES else text[: text.rfind("\n") + 1] or text
    if not whole.strip("\r\n\t ,;|\0"):
        raise FileEmpty(f"{file.name} holds no row.", hint="Export it again, with its rows.")
    return whole


def _dialect(start: str, told: str | None, name: str) -> Dialect:
    said = SAID.match(start)
    if said is None:
        return Dialect(_delimiter(start, told, name))
    return Dialect(_delimiter(start, told or said[1], name), says_delimiter=True)


def _delimiter(start: str, told: str | None, name: str) -> str:
    if told:
        delimiter = DELIMITER_NAMES.get(told.lower(), told)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise DelimiterUnusable(
                f"{told!r} cannot be a delimiter of {name}.",
                hint="Give one character, or the word tab.",
            )
        return delimiter
    return max(USUAL_DELIMITERS, key=lambda d: (*_fit(start, d), -USUAL_DELIMITERS.index(d)))


def _fit(start: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter cuts the first rows: share of rows as wide as the header, and width."""
    rows = _first(records(io.StringIO(start, newline=""), Dialect(delimiter)))
    widths = Counter(len(row) for row in rows)
    header = len(rows[0]) if rows else 0
    if header < 2:
        return 0.0, header
    return widths[header] / len(rows), header


def _first(rows: Iterator[object]) -> list[list[str]]:
    return [getattr(row, "fields", []) for _, row in zip(range(SNIFFED_ROWS), rows, strict=False)]


def _names(header: Sequence[str], place: str) -> list[str]:
    names = [name.strip() or f"column_{i + 1}" for i, name in enumerate(header)]
    while len(names) > 1 and header[len(names) - 1].strip() == "":
        names.pop()
    counts = Counter(names)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        places = ", ".join(str(i + 1) for i, name in enumerate(names) if name == twice[0])
        raise ColumnsRepeated(
            f"{place}: the header has {twice[0]!r} more than once (columns {places}).",
            hint="Give each column a name of its own.",
        )
    return names


def _fields(names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(Field(name, f"c{i}", "VARCHAR") for i, name in enumerate(names))
