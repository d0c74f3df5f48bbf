"""Columns of the whole log as arrays, for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck
from desireline.formats.segment_files import NUMBERS, Columns, read_columns
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.errors import ColumnUnknown, readable
from desireline.log.segments.store import SegmentStore
from desireline.log.segments.tail import columns_of
from desireline.log.tables import event

OBJECTS = ("properties", "context", "identifiers")
"""Columns whose parts can be asked for by name."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Columns of all events behind a position, at one moment; to be read once."""

    catalogue: Catalogue
    """The log at that moment: everything up to `catalogue.position` is in the batches."""
    batches: Iterator[Columns]
    """Each sorted by subject, time and position; the last is the tail. None of them is empty."""


def scan_of(
    look: Connection,
    catalogue: Catalogue,
    place: tuple[SegmentStore, Duck],
    columns: Sequence[str],
    after: int,
) -> Scan:
    """The columns of what `catalogue` lists and of the tail, which is read at once."""
    known = [*event.columns.keys(), *(f"{name}." for name in OBJECTS)]
    for name in columns:
        if name not in event.columns and not name.startswith(tuple(known[-len(OBJECTS) :])):
            raise ColumnUnknown(
                f"The log has no column {name!r}.",
                hint=f"It has {', '.join(known)} (the last with a name behind the point).",
            )
    tail = _tail(look, columns, after)
    segments = [s for s in catalogue.segments if s.last_position > after]
    return Scan(catalogue, _batches(segments, place, columns, after, tail))


def _batches(
    segments: Iterable[Segment],
    place: tuple[SegmentStore, Duck],
    columns: Sequence[str],
    after: int,
    tail: Columns,
) -> Iterator[Columns]:
    store, duck = place
    names = ["place" if name == "position" else name for name in columns]
    for segment in segments:
        path = store.local(segment.file, segment.sha256)
        with readable(segment):
            read = read_columns(duck, path, names, after + 1 - segment.first_position)
        if read.rows:
            yield _positioned(read, segment.first_position)
    if tail.rows:
        yield tail


def _positioned(read: Columns, first_position: int) -> Columns:
    if "place" not in read.numbers:
        return read
    numbers = {name: array for name, array in read.numbers.items() if name != "place"}
    position = read.numbers["place"]
    position += first_position
    return Columns(read.rows, numbers | {"position": position}, read.texts)


def _tail(look: Connection, columns: Sequence[str], after: int) -> Columns:
    """The rows of the tail; msgspec reads the arrays at 50 ns a cell."""
    span = select(func.min(event.c.position), func.max(event.c.position))
    first, last = look.execute(span.where(event.c.position > after)).one()
    order = ("subject", "at", "position")
    names = list(dict.fromkeys([*order, *(name.partition(".")[0] for name in columns)]))
    pieces = [] if first is None else columns_of(look, names, first, last)
    cells = {name: [c for p in pieces for c in _cells(p[i])] for i, name in enumerate(names)}
    keys = [np.array(cells[name], np.int64) for name in reversed(order)]
    rows = np.lexsort(keys)
    rows = rows[keys[-1][rows] > 0]
    numbers = {name: _number(cells[name], name)[rows] for name in columns if name in _NUMBERS}
    texts = {name: _text(cells, name, rows) for name in columns if name not in _NUMBERS}
    return Columns(len(rows), numbers, texts)


_NUMBERS = (*NUMBERS, "position")


def _cells(piece: str) -> list[Any]:
    return msgspec.json.decode(piece, type=list[Any])


def _number(cells: list[Any], name: str) -> NDArray[Any]:
    return np.array(cells, np.float64 if name == "value" else np.int64)


def _text(cells: dict[str, list[Any]], name: str, rows: NDArray[np.int64]) -> Coded:
    column, point, key = name.partition(".")
    texts = [_part(cell, key) for cell in cells[column]] if point else cells[column]
    known: dict[str, int] = {}
    codes = [known.setdefault(text, len(known)) if text else -1 for text in texts]
    return Coded(np.array(codes, np.int32)[rows], np.array(list(known), object))


def _part(cell: str | None, key: str) -> str | None:
    """What stands in a JSON object under a name, as text, as DuckDB writes it."""
    raw = None if cell is None else msgspec.json.decode(cell, type=dict[str, msgspec.Raw]).get(key)
    if raw is None or bytes(raw) == b"null":
        return None
    return str(msgspec.json.decode(raw)) if bytes(raw).startswith(b'"') else bytes(raw).decode()
