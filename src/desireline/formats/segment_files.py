"""Segments on disk: Parquet files of events, written whole, with the facts that a catalogue keeps."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from desireline.formats.duck import Duck, name_sql, text_sql

COLUMNS = {
    "subject": "BIGINT",
    "at": "BIGINT",
    "place": "BIGINT",
    "id_hi": "BIGINT",
    "id_lo": "BIGINT",
    "received_at": "BIGINT",
    "type": "VARCHAR",
    "kind": "VARCHAR",
    "channel": "VARCHAR",
    "direction": "VARCHAR",
    "actor": "VARCHAR",
    "value": "DOUBLE",
    "currency": "VARCHAR",
    "identifiers": "VARCHAR",
    "properties": "VARCHAR",
    "context": "VARCHAR",
    "source": "VARCHAR",
}
"""What a segment holds: the columns of the tail, with `place` instead of `position`.

`place` counts from the first position that the segment takes, as a file is made before its
positions are known: position = first_position of the catalogue + place.
"""
ORDER = ("subject", "at", "place")
ROWS_A_GROUP = 16_384
LEVEL = 3
READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A finished segment that no catalogue lists yet: where it lies, and what it holds."""

    path: Path
    sha256: str
    bytes: int
    rows: int
    places: int
    """How many positions it spans: one more than its last place."""
    first_subject: int
    last_subject: int
    first_at: int
    last_at: int


def write_segment(duck: Duck, relation: str, path: Path, *, renumber: bool = False) -> SegmentFile:
    """The finished file of the events of `relation` (what stands after FROM), fsynced, at `path`.

    The relation has the columns of COLUMNS with those types, in rows of any order; they are sorted
    here. `place` is 0 or more and no number is there twice. With `renumber` it only tells the
    order of events of one subject and time, and the file gets 0, 1, 2 ... as it is sorted: that
    takes no room at all, and is right where positions are free to choose, as in an import.
    Raises DuckFailed.
    """
    order = ", ".join(ORDER)
    columns = ", ".join(
        f"row_number() OVER (ORDER BY {order}) - 1 AS place" if renumber and name == "place" else name_sql(name)
        for name in COLUMNS
    )
    duck.run(
        f"COPY (SELECT {columns} FROM {relation} ORDER BY {order}) TO {text_sql(str(path))}"
        f" (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL},"
        f" ROW_GROUP_SIZE {ROWS_A_GROUP})"
    )
    return facts_of(duck, path)


def facts_of(duck: Duck, path: Path) -> SegmentFile:
    """What the catalogue keeps of a file, which is on disk for good when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    rows, last, *ranges = duck.row(
        "SELECT count(*), coalesce(max(place), -1),"
        " coalesce(min(subject) FILTER (subject > 0), 0), coalesce(max(subject), 0),"
        " coalesce(min(at) FILTER (subject > 0), 0), coalesce(max(at) FILTER (subject > 0), 0)"
        f" FROM read_parquet({text_sql(str(path))})"
    )
    return SegmentFile(path, sha256_of(path), path.stat().st_size, rows, last + 1, *ranges)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(READ_BYTES):
            digest.update(part)
    return digest.hexdigest()
