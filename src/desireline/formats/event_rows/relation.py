"""The columns of a segment as one relation of DuckDB, in the order of its rows.

The rows come sorted, and sorting them again would double the work. But DuckDB loses the order of
rows in a join, so texts are looked up by their codes in lists, which are as fast up to some ten
thousand texts. Texts of few values are written as an ENUM, which becomes the same Parquet: 2 M rows
of six such columns take 0.3 s of one core, and 1.1 s as texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.event_rows.combining import MOST_COMBINED, Combined, Dense, combined, dense
from desireline.formats.segment_files import COLUMNS

NULLABLE = ("currency", "identifiers", "properties", "context")
FEW = 256
"""Texts of an ENUM: each group of rows has all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Codes of rows into a table of DuckDB that has `code` and `part`; -1 is nothing."""

    codes: NDArray[Any]
    table: str
    count: int


class Relation:
    """The columns of a segment: arrays that DuckDB reads, and how each becomes a column."""

    def __init__(self, duck: Duck) -> None:
        self.in_order = True
        """Whether the rows come out as they went in."""
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
        here = dense(codes, len(names))
        absent = None if name in NULLABLE else ""
        texts = np.array([absent, *map(str, names[here.met].tolist())], object)
        table = f"names_of_{name}"
        self._lay_down(table, {"own": np.arange(len(texts)), "part": texts})
        kind = "VARCHAR"
        if len(texts) <= FEW:
            kind = f"kind_of_{name}"
            self._duck.run(f"DROP TYPE IF EXISTS {kind}")
            told = f"SELECT part FROM {table} WHERE part IS NOT NULL ORDER BY own"
            self._duck.run(f"CREATE TYPE {kind} AS ENUM ({told})")
        self._columns[name] = self._looked_up(name, here.own + 1, table, kind)

    def objects(self, name: str, laid: Laid) -> None:
        """A column of JSON objects, each whole; NULL where the code is -1."""
        table = f"objects_of_{name}"
        here = self._parts(table, laid)
        self._columns[name] = self._looked_up(name, here.own, table, "VARCHAR")

    def record(self, name: str, parts: Sequence[Laid]) -> None:
        """A column of JSON objects made of parts; NULL where no part is there.

        Columns of few values are put together once for each combination that occurs: 2 M rows of 8
        properties take 1 s instead of 4.
        """
        laid = {f"part_{name}_{i}": part for i, part in enumerate(parts)}
        columns = [self._parts(table, part) for table, part in laid.items()]
        groups = combined(columns)
        said = [self._group(f"{name}_{i}", group, list(laid)) for i, group in enumerate(groups)]
        joined = f"concat_ws(',', {', '.join(said)})" if len(said) > 1 else said[0]
        self._columns[name] = f"'{{' || nullif({joined}, '') || '}}'"

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

    def _parts(self, table: str, laid: Laid) -> Dense:
        """Lays those parts down that these rows have, by their own codes."""
        here = dense(laid.codes, laid.count)
        self._lay_down("met", {"code": here.met, "own": np.arange(len(here.met))})
        self._duck.run(
            f"CREATE OR REPLACE TABLE {table} AS SELECT own, part"
            f" FROM {laid.table} JOIN met USING (code)"
        )
        return here

    def _group(self, name: str, group: Combined, tables: Sequence[str]) -> str:
        """How a statement says the parts of a group of columns, with commas between."""
        if len(group.members) == 1:
            ((column, _),) = group.members
            return self._looked_up(name, group.own - 1, tables[column], "VARCHAR")
        members = {f"m{column}": own for column, own in group.members}
        self._lay_down("combinations", {"own": np.arange(group.count), **members})
        joins = " ".join(
            f"LEFT JOIN {tables[c]} ON {tables[c]}.own = m{c}" for c, _ in group.members
        )
        parts = ", ".join(f"{tables[c]}.part" for c, _ in group.members)
        table = f"group_{name}"
        self._duck.run(
            f"CREATE OR REPLACE TABLE {table} AS SELECT combinations.own,"
            f" nullif(concat_ws(',', {parts}), '') AS part FROM combinations {joins}"
        )
        return self._looked_up(name, group.own, table, "VARCHAR")

    def _looked_up(self, name: str, own: NDArray[Any], table: str, kind: str) -> str:
        self._arrays[name] = own
        rows = self._duck.row(f"SELECT count(*) FROM {table}")[0]
        if rows <= MOST_COMBINED:
            listed = f"(SELECT list(part::{kind} ORDER BY own) FROM {table})"
            return f"{listed}[e.{name_sql(name)} + 1]"
        self._joins.append(f"LEFT JOIN {table} ON {table}.own = e.{name_sql(name)}")
        self.in_order = False
        return f"{table}.part"

    def _lay_down(self, table: str, columns: dict[str, NDArray[Any]]) -> None:
        self._duck.register("laying", columns)
        self._duck.run(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM laying")
        self._duck.unregister("laying")
