"""A clean copy of a CSV file that does not read as it is, and the rows that had to stay out."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desireline.formats.errors import FileBroken
from desireline.formats.tables.table import Rejected

LONGEST_VALUE = 1 << 24
LONGEST_ROW = 500_000
"""Signs, of up to 4 bytes each: DuckDB reads rows of up to 2,000,000 bytes."""

UNCLOSED = "unexpected end of data"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    says_delimiter: bool = False
    """Whether its first line is no row but tells Excel the delimiter, as `sep=;` does."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it stands in a file: the line it begins in, and its fields; else what is wrong."""

    line: int
    fields: list[str]
    problem: str = ""


@dataclass
class Mended:
    """What a mended copy holds: the line each of its rows comes from; and what it left out."""

    lines: array[int] = field(default_factory=lambda: array("q"))
    rejected: Rejected = field(default_factory=Rejected)


class LastLine:
    """The lines of a text, with the last one at hand, for a message."""

    def __init__(self, source: Iterable[str]) -> None:
        self._lines = iter(source)
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.last = next(self._lines)
        return self.last


def records(source: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """The rows of a CSV text, blank lines left out, each with the line it begins in."""
    csv.field_size_limit(LONGEST_VALUE)
    lines = LastLine(source)
    passed = 1 if dialect.says_delimiter and next(lines, None) is not None else 0
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    while True:
        line = passed + reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if UNCLOSED in str(error):
                yield Record(line, [], UNCLOSED)
                return
            yield Record(line, [lines.last.rstrip("\r\n")], f"it is no CSV ({error})")
            continue
        if fields:
            yield Record(line, fields)


def mend(path: Path, copy: Path, dialect: Dialect, name: str) -> Mended:
    """Writes the rows of `path` that fit its header to `copy`, with commas; the rest is set aside.

    Raises FileBroken where a quotation mark is never closed, for what follows it is anyone's guess.
    """
    mended = Mended()
    with (
        path.open(encoding="utf-8-sig", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = records(source, dialect)
        header = next(rows)
        width = len(header.fields)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header.fields)
        for record in rows:
            if UNCLOSED in record.problem:
                raise _unclosed(name, record.line)
            fields = _without_empty_end(record.fields, width)
            problem = record.problem or _problem(fields, width)
            if not record.problem and not "".join(fields).strip():
                continue  # a line of blanks is no row
            if problem:
                _reject(mended.rejected, record, problem, dialect)
            else:
                mended.lines.append(record.line)
                writer.writerow(fields)
    return mended


def _without_empty_end(fields: list[str], width: int) -> list[str]:
    while len(fields) > width and fields[-1] == "":
        fields = fields[:-1]
    return fields


def _problem(fields: Sequence[str], width: int) -> str:
    if len(fields) != width:
        count = f"{len(fields)} field" + ("" if len(fields) == 1 else "s")
        return f"it has {count} where the header has {width}"
    if sum(map(len, fields)) > LONGEST_ROW:
        return f"it is longer than {LONGEST_ROW:,} signs"
    if any("\0" in value for value in fields):
        return "it holds a NUL byte"
    return ""


def _reject(rejected: Rejected, record: Record, problem: str, dialect: Dialect) -> None:
    rejected.add(record.line, dialect.delimiter.join(record.fields), problem)


def _unclosed(name: str, line: int) -> FileBroken:
    return FileBroken(
        f"{name}, line {line:,}: a quotation mark opens in this row and is never closed.",
        hint='Close it; a quotation mark inside a quoted value is written twice ("").',
    )
