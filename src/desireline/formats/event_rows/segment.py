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
from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.segment_files import COLUMNS, SegmentFile, write_segment

ROLES = {"type": "event", "channel": "channel", "actor": "actor"}
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

    `constants` are the columns that are alike for all. Raises DuckFailed.
    """
    relation = _Relation(events.duck, len(stamped.rows))
    for name in ("subject", "id_hi", "id_lo"):
        relation.numbers(name, getattr(stamped, name))
    relation.numbers("at", events.at[stamped.rows])
    relation.numbers("place", np.arange(len(stamped.rows)))
    if events.value is not None:
        relation.numbers("value", events.value[stamped.rows])
    for name, role in ROLES.items():
        coded: Coded | None = getattr(events, role)
        if coded is None:
            constants = {name: "", **constants}
        else:
            relation.names(name, coded.codes[stamped.rows], coded.names)
    parts = [
        relation.parts(f"p{i}", cells.codes[stamped.rows], cells.table, len(cells.hi))
        for i, cells in enumerate(events.properties)
    ]
    relation.record("properties", parts)
    if events.ids is not None:
        ids = events.ids
        part = relation.parts("own", ids.codes[stamped.rows], ids.table, len(ids.hi))
        relation.record("context", [part])
    relation.constants(constants)
    with relation as sql:
        return write_segment(events.duck, sql, path, in_order=relation.in_order)


class _Relation:
    """The columns of a segment: arrays that DuckDB reads, and how each becomes a column."""

    def __init__(self, duck: Duck, rows: int) -> None:
        self.in_order = True
        self._duck, self._rows = duck, rows
        self._arrays: dict[str, NDArray[Any]] = {}
        self._columns: dict[str, str] = {}
        self._joins: list[str] = []

    def numbers(self, name: str, array: NDArray[Any]) -> None:
        """A column of numbers; NaN is none."""
        self._arrays[name] = array
        sql = f"e.{name_sql(name)}"
        self._columns[name] = (
            f"CASE WHEN isfinite({sql}) THEN {sql} END" if name == "value" else sql
        )

    def names(self, name: str, codes: NDArray[Any], names: NDArray[Any]) -> None:
        """A column of texts by code, empty where the code is -1."""
        self._arrays[name] = codes
        texts = np.array(["", *map(str, names.tolist())], object)
        table = f"names_of_{name}"
        self._lay_down(table, {"code": np.arange(len(texts), dtype=np.int32), "text": texts})
        kind = "VARCHAR"
        if len(texts) <= FEW:
            kind = f"kind_of_{name}"
            self._duck.run(f"DROP TYPE IF EXISTS {kind}")
            self._duck.run(f"CREATE TYPE {kind} AS ENUM (SELECT text FROM {table} ORDER BY code)")
        listed = f"(SELECT list(text::{kind} ORDER BY code) FROM {table})"
        self._columns[name] = f"{listed}[e.{name_sql(name)}::INTEGER + 2]"

    def parts(self, name: str, codes: NDArray[Any], table: str, count: int) -> str:
        """How a statement says the parts of JSON objects by code; NULL where the code is -1.

        Only those parts are laid down that these rows have.
        """
        met = np.zeros(count + 1, np.bool_)
        met[codes] = True  # -1 is the last
        met[-1] = False
        here = np.flatnonzero(met)
        own = np.full(count + 1, -1, np.int32)
        own[here] = np.arange(len(here))
        self._arrays[name] = own[codes]
        self._lay_down(f"codes_of_{name}", {"code": here, "own": np.arange(len(here))})
        laid = f"parts_of_{name}"
        self._duck.run(
            f"CREATE OR REPLACE TABLE {laid} AS SELECT own, part"
            f" FROM {table} JOIN codes_of_{name} USING (code)"
        )
        if len(here) <= MOST_LISTED:
            return f"(SELECT list(part ORDER BY own) FROM {laid})[e.{name} + 1]"
        self._joins.append(f"LEFT JOIN {laid} ON {laid}.own = e.{name}")
        self.in_order = False
        return f"{laid}.part"

    def record(self, name: str, parts: list[str]) -> None:
        """A column of JSON objects; NULL where no part is there."""
        if parts:
            joined = f"concat_ws(',', {', '.join(parts)})"
            self._columns[name] = f"nullif('{{' || {joined} || '}}', '{{}}')"

    def constants(self, constants: Mapping[str, str | int]) -> None:
        """Columns that are alike for all; the columns that nobody told are NULL."""
        texts = sorted({v for v in constants.values() if isinstance(v, str)} | {""})
        kind = f"ENUM({', '.join(map(text_sql, texts))})"
        for name, type_ in COLUMNS.items():
            if name in self._columns:
                continue
            value = constants.get(name)
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
