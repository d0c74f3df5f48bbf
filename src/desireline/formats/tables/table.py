"""Table: the rows of any source, as one relation that DuckDB reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from desireline.engine.journeys import SetAside
from desireline.formats.duck import Duck, Tell, name_sql

INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
NUMBERS = (*INTEGERS, "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE")

ROW = "rowid"
"""The number of a row of a table that was staged."""
SHOWN_VALUES = 3
LONGEST_SHOWN = 60
VARIABLE = re.compile(r" ?\(.*\)|'[^']*'")
MOST_EXAMPLES = 20
"""Rows set aside that are told of."""
MOST_KEPT = 10_000_000
"""Characters of rows set aside that are kept whole."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the source, how a statement says it, and DuckDB's type."""

    name: str
    sql: str
    type: str

    @property
    def is_integer(self) -> bool:
        """Whether it holds whole numbers that fit in 64 bits."""
        return self.type in INTEGERS

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.type in NUMBERS or self.type.startswith("DECIMAL")

    @property
    def is_text(self) -> bool:
        """Whether it holds text, which may still mean a number or a time."""
        return self.type in {"VARCHAR", "JSON"} or self.type.startswith("ENUM")

    @property
    def blank_sql(self) -> str:
        """A condition that holds where the column says nothing.

        It looks at the first sign, since trimming 5 million texts takes 2.6 s of a processor.
        """
        if self.is_text:
            text = f"{self.sql}::VARCHAR"
            bare = f"CASE WHEN ascii({text}) > 32 THEN false ELSE trim({text}, ' \t\r\n') = '' END"
            return f"({self.sql} IS NULL OR {bare})"
        return f"({self.sql} IS NULL)"


@dataclass
class Rejected:
    """Rows that were set aside while the file was taken apart, before any column was read."""

    count: int = 0
    examples: list[SetAside] = field(default_factory=list)
    """The first of them, as a message shows them."""
    rows: list[SetAside] = field(default_factory=list)
    """The first of them, whole, as many as there is room for."""
    room: int = MOST_KEPT
    """Characters."""
    reasons: Counter[str] = field(default_factory=Counter)
    """How many for each reason; what stands in brackets or quotes is left out of it."""

    def add(self, place: int, text: str, reason: str) -> None:
        """One more."""
        self.count += 1
        self.reasons[VARIABLE.sub("", reason).strip()] += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(SetAside(place, "", shown(text), reason))
        if len(text) <= self.room:
            self.rows.append(SetAside(place, "", text, reason))
            self.room -= len(text)


@dataclass
class Table:
    """The rows of a source. `stage` lays the wanted columns down; then `relation` has them."""

    duck: Duck
    source: str
    """What the reader calls it: the name of the file."""
    fields: tuple[Field, ...]
    origin: str
    """What stands after FROM to read the source itself."""
    keep: bool = True
    """Whether staging copies the columns (else they are read from the source again and again)."""
    row_sql: str = ROW
    """The number of a row, from 0, in the order of the source."""
    unit: str = "row"
    """What a place is counted in: "line" or "row"."""
    place: Callable[[Sequence[int]], list[int]] = lambda rows: [row + 1 for row in rows]
    """Where rows stand, for people: line numbers, or row numbers from 1."""
    notes: list[str] = field(default_factory=list)
    rejected: Rejected = field(default_factory=Rejected)
    relation: str = "staged"
    form: str = ""
    """What the file is: csv, parquet, mail ..."""

    def stage(self, fields: Sequence[Field], tell: Tell | None = None) -> None:
        """Makes `relation` hold `fields`. Raises DuckFailed, or what is wrong with the file."""
        if not self.keep:
            self.relation = self.origin
            return
        wanted = ", ".join(dict.fromkeys(f"{f.sql} AS {f.sql}" for f in fields)) or "1 AS nothing"
        statement = f"CREATE OR REPLACE TABLE staged AS SELECT {wanted} FROM {self.origin}"
        self.duck.watched(lambda: self.duck.run(statement), tell)

    def part(self, column: Field, condition: str) -> tuple[Table, Field]:
        """The rows of which a condition holds, with one column, copied; they keep their numbers."""
        part = copy(self)
        part.relation = self.duck.lay_down(
            f"SELECT {self.row_sql} AS r, {column.sql} AS c FROM {self.relation} WHERE {condition}"
        )
        part.row_sql = "r"
        return part, replace(column, sql="c")

    def first(self, most: int) -> Table:
        """The same with its first rows alone."""
        few = copy(self)
        few.origin, few.keep, few.row_sql = f"(SELECT * FROM {self.origin} LIMIT {most})", True, ROW
        return few

    def samples(self) -> dict[str, list[str]]:
        """The first values of each column, for a message."""
        columns = ", ".join(f"{f.sql}::VARCHAR" for f in self.fields)
        statement = f"SELECT {columns} FROM {self.origin} LIMIT {SHOWN_VALUES}"
        rows = self.duck.rows(statement)
        return {f.name: [shown(r[i]) for r in rows] for i, f in enumerate(self.fields)}

    def count(self) -> int:
        """How many rows were staged."""
        return int(self.duck.row(f"SELECT count(*) FROM {self.relation}")[0])


def shown(value: object) -> str:
    """A value as a message shows it: short, and empty where there is none."""
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def fields_of(duck: Duck, relation: str, names: Sequence[str] = ()) -> tuple[Field, ...]:
    """The columns of a relation; `names` are their true names where DuckDB had to change them."""
    described = duck.describe(relation)
    true = names if len(names) == len(described) else [name for name, _ in described]
    return tuple(
        Field(str(given), name_sql(name), kind)
        for given, (name, kind) in zip(true, described, strict=True)
    )
