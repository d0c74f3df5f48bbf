"""Segments on disk: what the columns of the files are, and the facts that a catalogue keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desireline.formats.duck import Duck, name_sql, text_sql

COLUMNS: Mapping[str, str] = {
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
positions are known: position = first_position of the catalogue + place. An erased event is left
as a row of subject 0 with its id and place, and nothing else.
"""
ORDER = 'subject, "at", place'
READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A finished segment that no catalogue lists yet: where it lies, and what it holds.

    Subjects and times are those of the events that are not erased, 0 where there are none.
    """

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


def facts_of(duck: Duck, path: Path, sha256: str = "") -> SegmentFile:
    """What a file holds, read from it, but for a hash that is known. Raises DuckFailed."""
    lives = "FILTER (subject > 0)"
    rows, last, *ranges = duck.row(
        f"SELECT count(*), coalesce(max(place), -1), coalesce(min(subject) {lives}, 0),"
        f' coalesce(max(subject), 0), coalesce(min("at") {lives}, 0),'
        f' coalesce(max("at") {lives}, 0) FROM {segment_sql(path)}'
    )
    return SegmentFile(
        path, sha256 or sha256_of(path), path.stat().st_size, rows, last + 1, *ranges
    )


def segment_sql(path: Path) -> str:
    """A segment, as what stands after FROM."""
    return f"read_parquet({text_sql(str(path))})"


def segments_sql(files: Iterable[tuple[Path, int]], columns: Iterable[str] = COLUMNS) -> str:
    """Several segments as one relation; each with what is to be added to its places."""
    names = list(columns)
    return "(" + " UNION ALL ".join(_shifted(path, add, names) for path, add in files) + ")"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(READ_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _shifted(path: Path, add: int, columns: list[str]) -> str:
    listed = ", ".join(f"place + {add} AS place" if c == "place" else name_sql(c) for c in columns)
    return f"SELECT {listed} FROM {segment_sql(path)}"
