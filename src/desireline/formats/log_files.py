"""Files of events as the log writes them: whole or not at all, and read back without loss."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from desireline.formats.duck import Duck, DuckFailed, name_sql, text_sql
from desireline.formats.errors import FileMissing
from desireline.formats.segment_files import COLUMNS as SEGMENT_COLUMNS
from desireline.formats.writing import form_of

COLUMNS: Mapping[str, str] = {
    "id": "text",
    "type": "text",
    "kind": "text",
    "at": "time",
    "received_at": "time",
    "channel": "text",
    "direction": "text",
    "actor": "text",
    "value": "number",
    "currency": "text",
    "identifiers": "object",
    "properties": "object",
    "context": "object",
    "source": "text",
}
"""The columns of such a file, named as in an event that is sent."""
ISO = "%Y-%m-%dT%H:%M:%S.%fZ"
APOSTROPHE = "'"
FORMULA = r"'*\s*[=+\-@]"
"""How a cell begins that a spreadsheet would compute, however many apostrophes it has already."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: all, unless told. Times are microseconds since 1970 UTC."""

    since: int | None = None
    """The first moment that is in."""
    until: int | None = None
    """The first moment that is out."""
    types: tuple[str, ...] = ()


def lay_names(duck: Duck, ids: Sequence[int], names: Sequence[tuple[str, str]]) -> None:
    """Adds subjects, by number, and their identifiers to what `log_relation` looks them up in."""
    begun = [msgspec.json.encode({kind: value}).decode()[:-1] for kind, value in names]
    duck.run("CREATE TABLE IF NOT EXISTS named (id BIGINT, begun VARCHAR)")
    duck.register("naming", {"id": np.array(ids, np.int64), "begun": np.array(begun, object)})
    duck.run("INSERT INTO named SELECT id, begun::VARCHAR FROM naming")
    duck.unregister("naming")


def log_relation(sources: Sequence[tuple[str, int]], wanted: Wanted) -> str:
    """What stands after FROM for `write_log`: the wanted events of segments and of the tail.

    Each source has the columns of a segment, and comes with what is to be added to its places.
    """
    where = ["e.subject > 0"]  # 0 is what an erased event leaves behind
    if wanted.since is not None:
        where.append(f'e."at" >= {wanted.since}')
    if wanted.until is not None:
        where.append(f'e."at" < {wanted.until}')
    if wanted.types:
        where.append(f"e.type IN ({', '.join(map(text_sql, wanted.types))})")
    told = {"id": UUID_SQL, "identifiers": "n.begun || coalesce(',' || e.identifiers[2:], '}')"}
    columns = ", ".join(f"{told.get(n, f'e.{name_sql(n)}')} AS {name_sql(n)}" for n in COLUMNS)
    parts = [f"SELECT * REPLACE (place + {add} AS place) FROM {source}" for source, add in sources]
    nothing = ", ".join(f"NULL::{kind} AS {name_sql(n)}" for n, kind in SEGMENT_COLUMNS.items())
    every = " UNION ALL BY NAME ".join(parts or [f"SELECT {nothing}"])
    return (
        f"(SELECT {columns}, e.place AS position, e.subject FROM ({every}) AS e"
        f" JOIN named AS n ON n.id = e.subject WHERE {' AND '.join(where)})"
    )


def write_log(duck: Duck, relation: str, path: Path, named: Path | None = None) -> int:
    """How many events of `relation` were written to `path`, in the order of their time.

    The relation has the columns of COLUMNS (times in microseconds, objects as JSON text) and
    `position`. The end of the name (of `named`, where it is told) says how: .parquet, .jsonl
    (objects as they are), .csv or .tsv (a text that a spreadsheet would compute gets an apostrophe
    in front); the last three also .gz. Raises FileTypeUnknown, FileMissing, and DuckFailed where
    `relation` cannot be read.
    """
    form = form_of(named or path)
    kind = "parquet" if "parquet" in form else "json" if "json" in form else "csv"
    columns = ", ".join(f"{_sql(kind, name)} AS {name_sql(name)}" for name in COLUMNS)
    rows = f'SELECT {columns} FROM {relation} ORDER BY "at", position'
    count = f"SELECT count(*) FROM {relation}"
    try:
        with whole(path) as unfinished:
            duck.run(f"COPY ({rows}) TO {text_sql(str(unfinished))} ({form})")
    except DuckFailed as failure:
        duck.row(count)  # it is not the source that failed
        raise unwritable(path, failure) from failure
    return int(duck.row(count)[0])


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what shall be `path` once it is finished and on disk. Raises FileMissing."""
    if not path.parent.is_dir():
        raise FileMissing(
            f"There is no folder {path.parent} to write {path.name} to.", hint="Make it first."
        )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        _on_disk(unfinished)
        unfinished.replace(path)
    except OSError as failure:
        raise unwritable(path, failure) from failure
    finally:
        unfinished.unlink(missing_ok=True)


def unwritable(path: Path, failure: Exception) -> FileMissing:
    """What to say where a file cannot be written."""
    return FileMissing(
        f"{path} cannot be written: {str(failure).splitlines()[0]}",
        hint="Check the folder's rights and the free space.",
    )


def _digits(half: str, first: int, last: int) -> str:
    return f"lpad(lower(hex(e.{half})), 16, '0')[{first}:{last}]"


UUID_SQL = " || '-' || ".join(
    (
        _digits("id_hi", 1, 8),
        _digits("id_hi", 9, 12),
        _digits("id_hi", 13, 16),
        _digits("id_lo", 1, 4),
        _digits("id_lo", 5, 16),
    )
)


def formula_defused(text: str) -> str:
    """A text as a cell that no spreadsheet computes."""
    return APOSTROPHE + text if re.match(FORMULA, text) else text


def formula_undone(text: str) -> str:
    """A text of a CSV cell without the apostrophe that `write_log` put in front."""
    return text[1:] if text.startswith(APOSTROPHE) and re.match(FORMULA, text) else text


def _sql(kind: str, name: str) -> str:
    column, what = name_sql(name), COLUMNS[name]
    if what == "time":
        if kind == "parquet":
            return f"make_timestamptz({column})"
        return f"strftime(make_timestamp({column}), '{ISO}')"
    if what == "object" and kind == "json":
        return f"{column}::JSON"
    if what == "text" and kind == "csv":
        computed = f"regexp_matches({column}, {text_sql('^' + FORMULA)})"
        column = f"CASE WHEN {computed} THEN {text_sql(APOSTROPHE)} || {column} ELSE {column} END"
    return f"nullif({column}, '')" if what == "text" else column


def _on_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
