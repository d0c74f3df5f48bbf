"""The log as a file of whatever form its name says: columns, XES, or OCEL 2.0."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desireline.formats.duck import Duck, name_sql
from desireline.formats.errors import FileTypeUnknown
from desireline.formats.log_files import COLUMNS, ISO, unwritable, whole, write_log
from desireline.formats.ocel.sinks import SINKS
from desireline.formats.ocel.writing import write_ocel
from desireline.formats.writing import FORMS
from desireline.formats.xes_writing import write_xes

AT_ONCE = 10_000
AS = {
    "parquet": ".parquet",
    "jsonl": ".jsonl",
    "csv": ".csv",
    "tsv": ".tsv",
    "xes": ".xes",
    "ocel-json": ".jsonocel",
    "ocel-xml": ".xmlocel",
    "ocel-sqlite": ".sqlite",
}
"""Forms by name, and how a file ends that is written so."""
XES = ".xes"

Row = dict[str, Any]
Write = Callable[[Iterator[Row], Path], int]


def write_events_to(duck: Duck, relation: str, path: Path, form: str | None = None) -> int:
    """How many events of `relation` were written to `path`, whole or not at all.

    `form` is one of AS; else the end of the name says it. `relation` is one of
    `log_files.log_relation`. XES has a trace for each person: see `lay_persons`. Raises
    FileTypeUnknown, FileMissing, and DuckFailed where it cannot be read.
    """
    name = path.name.lower()
    if form is not None:
        name = "log" + AS[form] + (".gz" if name.endswith(".gz") else "")
    bare = name.removesuffix(".gz")
    sink = next((sink for end, sink in SINKS.items() if bare.endswith(end)), None)
    if bare.endswith(XES):
        return _written(path, packed=bare != name, write=write_xes, rows=_by_person(duck, relation))
    if sink is None:
        if Path(bare).suffix not in FORMS or (name != bare and bare.endswith(".parquet")):
            raise FileTypeUnknown(
                f"{path} does not end in a format that events are written in.",
                hint=f"Use one of {', '.join([*FORMS, XES, *SINKS])}.",
            )
        return write_log(duck, relation, path, Path(name))

    def write(rows: Iterator[Row], to: Path) -> int:
        with sink(to) as opened:
            return write_ocel(rows, opened)

    return _written(path, packed=bare != name, write=write, rows=_by_time(duck, relation))


def lay_persons(
    duck: Duck, subjects: Sequence[int], persons: Sequence[int], names: Sequence[str]
) -> None:
    """Tells whose trace the events of a subject are on, and its name, where it is not its own."""
    duck.run("CREATE TABLE IF NOT EXISTS walking (subject BIGINT, person BIGINT, shown VARCHAR)")
    duck.register(
        "laying",
        {
            "subject": np.array(subjects, np.int64),
            "person": np.array(persons, np.int64),
            "shown": np.array(names, object),
        },
    )
    duck.run("INSERT INTO walking SELECT subject, person, shown::VARCHAR FROM laying")
    duck.unregister("laying")


def _written(path: Path, *, packed: bool, write: Write, rows: Iterator[Row]) -> int:
    try:
        with whole(path) as unfinished:
            count = write(rows, unfinished)
            if packed:
                _pack(unfinished)
            return count
    except sqlite3.Error as failure:
        raise unwritable(path, failure) from failure


def _pack(path: Path) -> None:
    plain = path.with_name(path.name + ".plain")
    path.replace(plain)
    try:
        with plain.open("rb") as source, gzip.open(path, "wb", compresslevel=6) as target:
            shutil.copyfileobj(source, target, 1 << 20)
    finally:
        plain.unlink()


def _by_time(duck: Duck, relation: str) -> Iterator[Row]:
    return _rows(duck, f'SELECT {_columns()} FROM {relation} AS e ORDER BY e."at", e.position')


def _by_person(duck: Duck, relation: str) -> Iterator[Row]:
    lay_persons(duck, [], [], [])
    shown = "coalesce(w.shown, json_extract_string(e.identifiers, '$.*')[1])"
    return _rows(
        duck,
        f"SELECT {_columns()}, coalesce(w.person, e.subject) AS person, {shown} AS person_name"
        f" FROM {relation} AS e LEFT JOIN walking AS w ON w.subject = e.subject"
        ' ORDER BY person, e."at", e.position',
    )


def _columns() -> str:
    return ", ".join(_column(name, kind) for name, kind in COLUMNS.items())


def _column(name: str, kind: str) -> str:
    column = f"e.{name_sql(name)}"
    if kind == "time":
        column = f"strftime(make_timestamp({column}), '{ISO}')"
    return f"{column} AS {name_sql(name)}"


def _rows(duck: Duck, sql: str) -> Iterator[Row]:
    names = [name for name, _ in duck.describe(f"({sql})")]
    for batch in duck.batches(sql, AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in batch)
