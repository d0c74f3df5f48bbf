"""From rows of a file to a segment of the log.

The rows come sorted, and sorting them again would double the work. But DuckDB loses the order of
rows in a join, so texts are looked up by their codes in lists, which are as fast up to some ten
thousand texts. Texts of few values are written as an ENUM, which becomes the same Parquet: 2 M rows
of six such columns take 0.3 s of one core, and 1.1 s as texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.segment_files import COLUMNS, SegmentFile, write_segment

NULLABLE = ("currency", "identifiers", "properties", "context")
FEW = 256
"""Texts of an ENUM: each group of rows has all of them."""
MOST_LISTED = 65_536
"""A list of 100,000 texts is as fast as a join and a sort; one of 300,000 takes 1.4 times as long,
one of 3 million 10 times."""


@dataclass(frozen=True, slots=True, eq=False)
class Stamped:
    """Rows of a file that are ready for the log: which they are, whose, and their ids."""

    rows: I64
    """Places in the arrays of EventRows, in the order in which the events shall stand."""
    subject: I64
    id_hi: I64
    id_lo: I64

    def by_subject(self) -> Self:
        """The same in the order of subjects, each subject's events as they were."""
        if np.all(self.subject[1:] >= self.subject[:-1]):
            return self
        order = np.argsort(self.subject, kind="stable")
        arrays = (self.rows, self.subject, self.id_hi, self.id_lo)
        return type(self)(*(array[order] for array in arrays))


def write_rows(
    events: EventRows, stamped: Stamped, path: Path, constants: Mapping[str, str | int]
) -> SegmentFile:
    """The finished segment of rows in the order of subject and time.

    `constants` are the columns that the file does not tell and that are alike for all. Raises
    DuckFailed.
    """
    rows = stamped.rows
    relation = _Relation(events.duck)
    for name in ("subject", "id_hi", "id_lo"):
        relation.numbers(name, getattr(stamped, name))
    relation.numbers("place", np.arange(len(rows)))
    for name in ("at", "value", "received_at"):
        array = getattr(events, name)
        if array is not None:
            relation.numbers(name, array[rows])
    for name, coded in events.texts.items():
        relation.names(name, coded.codes[rows], coded.names)
    for name, cells in events.objects.items():
        relation.whole(name, relation.parts(name, cells.codes[rows], cells.table, len(cells.hi)))
    parts = [
        relation.parts(f"p{i}", cells.codes[rows], cells.table, len(cells.hi))
        for i, cells in enumerate(events.properties)
    ]
    if parts:
        relation.record("properties", parts)
    if events.ids is not None and not events.is_export:
        ids = events.ids
        relation.record("context", [relation.parts("o", ids.codes[rows], ids.table, len(ids.hi))])
    relation.constants(constants)
    with relation as sql:
        return write_segment(events.duck, sql, path, in_order=relation.in_order)


class _Relation:
    """The columns of a segment: arrays that DuckDB reads, and how each becomes a column."""

    def __init__(self, duck: Duck) -> None:
        self.in_order = True
        self._duck = duck
        self._arrays: dict[str, NDArray[Any]] = {}
        self._columns: dict[str, str] = {}
        self._joins: list[str] = []

    def numbers(self, name: str, array: NDArray[Any]) -> None:
        """A column of numbers; NaN is none."""
        self._arrays[name] = array
        column = f"e.{name_sql(name)}"
        finite = f"CASE WHEN isfinite({column}) THEN {column} END"
        self._columns[name] = finite if array.dtype.kind == "f" else column

    def names(self, name: str, codes: NDArray[Any], names: NDArray[Any]) -> None:
        """A column of texts by code; where it is -1, empty, or NULL if the log has it so."""
        here, own = _met(codes, len(names))
        absent = None if name in NULLABLE else ""
        texts = np.array([absent, *map(str, names[here].tolist())], object)
        table = f"names_of_{name}"
        self._lay_down(table, {"own": np.arange(len(texts)), "part": texts})
        kind = "VARCHAR"
        if len(texts) <= FEW:
            kind = f"kind_of_{name}"
            self._duck.run(f"DROP TYPE IF EXISTS {kind}")
            told = f"SELECT part FROM {table} WHERE part IS NOT NULL ORDER BY own"
            self._duck.run(f"CREATE TYPE {kind} AS ENUM ({told})")
        self._columns[name] = self._looked_up(name, own + 1, table, kind)

    def parts(self, name: str, codes: NDArray[Any], table: str, count: int) -> str:
        """How a statement says the parts of JSON objects by code; NULL where the code is -1.

        Only those parts are laid down that these rows have.
        """
        here, own = _met(codes, count)
        self._lay_down("met", {"code": here, "own": np.arange(len(here))})
        laid = f"parts_of_{name}"
        self._duck.run(
            f"CREATE OR REPLACE TABLE {laid} AS SELECT own, part FROM {table} JOIN met USING (code)"
        )
        return self._looked_up(f"code_{name}", own, laid, "VARCHAR")

    def _looked_up(self, name: str, own: NDArray[Any], table: str, kind: str) -> str:
        self._arrays[name] = own
        rows = self._duck.row(f"SELECT count(*) FROM {table}")[0]
        if rows <= MOST_LISTED:
            listed = f"(SELECT list(part::{kind} ORDER BY own) FROM {table})"
            return f"{listed}[e.{name_sql(name)} + 1]"
        self._joins.append(f"LEFT JOIN {table} ON {table}.own = e.{name_sql(name)}")
        self.in_order = False
        return f"{table}.part"

    def whole(self, name: str, part: str) -> None:
        """A column of JSON objects, each whole."""
        self._columns[name] = part

    def record(self, name: str, parts: list[str]) -> None:
        """A column of JSON objects made of parts; NULL where no part is there."""
        joined = f"concat_ws(',', {', '.join(parts)})"
        self._columns[name] = f"nullif('{{' || {joined} || '}}', '{{}}')"

    def constants(self, constants: Mapping[str, str | int]) -> None:
        """Columns that are alike for all; the columns that nobody told are NULL."""
        texts = sorted({v for v in constants.values() if isinstance(v, str)} | {""})
        kind = f"ENUM({', '.join(map(text_sql, texts))})"
        for name, type_ in COLUMNS.items():
            if name in self._columns:
                continue
            value = constants.get(name, None if name in NULLABLE or type_ != "VARCHAR" else "")
            if isinstance(value, str):
                self._columns[name] = f"{text_sql(value)}::{kind}"
            elif value is not None:
                self._columns[name] = f"{value}::BIGINT"
            else:
                self._columns[name] = f"NULL::{kind if type_ == 'VARCHAR' else type_}"

    def __enter__(self) -> str:
        self._duck.register("stamped", self._arrays)
        columns = ", ".join(f"{self._columns[n]} AS {name_sql(n)}" for n in COLUMNS)
        return f"(SELECT {columns} FROM stamped AS e {' '.join(self._joins)})"

    def __exit__(self, *_: object) -> None:
        self._duck.unregister("stamped")

    def _lay_down(self, table: str, columns: dict[str, NDArray[Any]]) -> None:
        self._duck.register("laying", columns)
        self._duck.run(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM laying")
        self._duck.unregister("laying")


def _met(codes: NDArray[Any], count: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The codes that occur, in order, and for each entry the place of its code there, or -1."""
    met = np.zeros(count + 1, np.bool_)
    met[codes] = True  # -1 is the last
    met[-1] = False
    here = np.flatnonzero(met)
    own = np.full(count + 1, -1, np.int64)
    own[here] = np.arange(len(here))
    return here, own[codes]
