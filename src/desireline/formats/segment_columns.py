"""Columns of segments and of event rows as arrays: text as codes, properties out of their JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64
from desireline.engine.rules.names import DIRECTION, SOURCE
from desireline.formats.columns.numbers import read_property
from desireline.formats.columns.text import Coded, read_codes
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.segment_files import segment_sql
from desireline.formats.tables.table import Field, Table

FEW_NAMES = 256
"""Up to here a name is looked up in a list, which DuckDB does once for each entry of a page's
dictionary: 20 M types take 0.4 s, not 1.3 s as with an ENUM."""
CONTEXT = "context."
"""A name that begins so is looked for in the context of events, not among their properties."""
MACHINE = f"{CONTEXT}machine"
"""What nobody sends: by what an event is no human being's: the name of the bot that says it is one,
`prefetch`, or the cloud whose server it came from. Absent where nothing marks it."""
SLICE_EVENTS = 1 << 23
"""Events read at a time: what DuckDB holds beside the arrays it hands over is as large again."""

Arrays = dict[str, NDArray[Any]]


def segment_relation(
    path: Path, *, above_place: int | None = None, subjects: Sequence[int] = ()
) -> str:
    """What stands after FROM for the events of a segment, only the later or only those of some.

    Events of erased subjects, which keep their places, are left out.
    """
    where = ["subject > 0"]
    if above_place is not None:
        where.append(f"place > {int(above_place)}")
    if subjects:
        where.append(f"subject IN ({', '.join(str(int(s)) for s in subjects)})")
    return f"(SELECT * FROM {segment_sql(path)} WHERE {' AND '.join(where)})"


def slices(relation: str, first: int, last: int, rows: int) -> Iterator[str]:
    """The relation in slices by subject (`first` to `last`) of about `SLICE_EVENTS` of `rows`."""
    count = -(-rows // SLICE_EVENTS)
    width = -(-(last - first + 1) // max(count, 1))
    for k in range(count):
        low, high = first + k * width, first + (k + 1) * width
        yield f"(SELECT * FROM {relation} WHERE subject >= {low} AND subject < {high})"


def names_in(duck: Duck, relations: Sequence[str], column: str) -> list[str]:
    """The distinct texts of a column over several relations, most frequent first, then by text."""
    if not relations:
        return []
    every = " UNION ALL ".join(
        f"SELECT {_text_sql(column)} AS name, count(*) AS n FROM {relation} GROUP BY 1"
        for relation in relations
    )
    counted = f"SELECT name FROM ({every}) GROUP BY 1 ORDER BY sum(n) DESC, name"
    return [name for (name,) in duck.rows(counted)]


def read_events(duck: Duck, relation: str, names: Mapping[str, Sequence[str]]) -> Arrays:
    """`subject`, `at`, `place`, `value` (NaN where absent) and for each of `names` its code.

    A code is the place of the text in `names`; one that is not there has the last code + 1.
    """
    codes = ", ".join(f"{_code_sql(c, known)} AS {name_sql(c)}" for c, known in names.items())
    return duck.arrays(
        f"SELECT subject, \"at\", place, coalesce({_VALUE}, 'nan'::DOUBLE)::FLOAT AS value,"
        f" {codes} FROM {relation}"
    )


_MOST = "3.4028234e38::DOUBLE"
_VALUE = (
    f"CASE WHEN NOT isfinite(value) THEN NULL WHEN value > {_MOST} THEN {_MOST}"
    f" WHEN value < -{_MOST} THEN -{_MOST} ELSE value END"
)
"""A value as far as journeys hold it, which is in 32 bits: a file may tell of 1e300."""


def _code_sql(column: str, names: Sequence[str]) -> str:
    wide = (
        "UTINYINT" if len(names) < 1 << 8 else "USMALLINT" if len(names) < 1 << 16 else "UINTEGER"
    )
    texts = ", ".join(text_sql(name) for name in names)
    if not names:
        return f"0::{wide}"
    if len(names) > FEW_NAMES:
        found = f"enum_code(try_cast({_text_sql(column)} AS ENUM({texts})))"
        return f"coalesce({found}, {len(names)})::{wide}"
    found = f"nullif(list_position([{texts}], {_text_sql(column)}), 0)"
    return f"coalesce({found} - 1, {len(names)})::{wide}"


def _text_sql(column: str) -> str:
    """A text that is not there is an empty one, as in the tail."""
    return f"coalesce({name_sql(column)}, '')"


def read_property_codes(duck: Duck, relation: str, name: str) -> Coded:
    """A property of the events of a relation that has the column `held_in` (JSON objects or null).

    `code` is -1 where it is absent or blank. A name with dots also reaches into objects.
    """
    field = Field(name, "entry", "VARCHAR")
    told = f"(SELECT {_property_sql(name)} AS entry FROM {relation})"
    table = Table(duck, name, (field,), told, relation=told)
    return read_codes(table, field)


def machine_sql(context: str) -> str:
    """`MACHINE` out of a column of JSON objects; NULL where nothing marks the event."""
    return _machine_sql(context, _text_at)


Find: TypeAlias = Callable[[str, str], str]
"""SQL of the text in a column of JSON at a pointer (RFC 6901)."""


def _text_at(column: str, pointer: str) -> str:
    return f"json_extract_string({column}, {text_sql(pointer)})"


def _machine_sql(context: str, find: Find) -> str:
    prefetch = f"CASE WHEN {find(context, '/prefetch')} = 'true' THEN 'prefetch' END"
    return f"coalesce({find(context, '/bot')}, {prefetch}, {find(context, '/datacenter')})"


OWN_COLUMNS = {DIRECTION: "direction", SOURCE: "source"}
"""Properties that are columns of the log, by name."""


def held_in(name: str) -> str:
    """The column that holds a property: `properties`, `context`, or one for itself."""
    if name in OWN_COLUMNS:
        return OWN_COLUMNS[name]
    return "context" if name.startswith(CONTEXT) else "properties"


def _property_sql(name: str, find: Find = _text_at) -> str:
    if name == MACHINE:
        return _machine_sql("context", find)
    if name in OWN_COLUMNS:
        return f"nullif({OWN_COLUMNS[name]}, '')"
    column, name = held_in(name), name.removeprefix(CONTEXT)
    nested = "/" + "/".join(_escaped(part) for part in name.split("."))
    pointers = dict.fromkeys(["/" + _escaped(name), nested])
    return f"coalesce({', '.join(find(column, pointer) for pointer in pointers)})"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")  # RFC 6901


def numbers_of(duck: Duck, texts: Sequence[str]) -> F64 | None:
    """The texts as numbers where all of them are numbers, as a column of a file is read."""
    if not texts:
        return None
    with _laid_down(duck, {"entry": texts}) as relation:
        field = Field("entry", "entry", "VARCHAR")
        table = Table(duck, "", (field,), relation, relation=relation)
        return read_property(table, field).numbers


def texts_of_properties(
    duck: Duck, columns: Mapping[str, Sequence[str | None]], names: Sequence[str]
) -> dict[str, list[str | None]]:
    """What `read_property_codes` reads, as texts, of `columns` at hand: those of `held_in`.

    All at once, as each text of JSON is then looked through once: ten properties of 10,000 events
    take 25 ms, and one after the other 130.
    """
    if not names:
        return {}
    held = {held_in(name) for name in names}
    found = _Found()
    wanted = ", ".join(f"{_property_sql(name, found)} AS p{i}" for i, name in enumerate(names))
    with _laid_down(duck, {column: columns[column] for column in held}) as relation:
        texts = duck.arrays(f"SELECT {wanted} FROM (SELECT *{found.sql} FROM {relation})")
    return {name: texts[f"p{i}"].tolist() for i, name in enumerate(names)}


class _Found:
    """Gathers what is looked for in each column of JSON: DuckDB looks for a list in one go."""

    def __init__(self) -> None:
        self._pointers: dict[str, dict[str, int]] = {}

    def __call__(self, column: str, pointer: str) -> str:
        """Where what a pointer finds will stand."""
        known = self._pointers.setdefault(column, {})
        return f"found_{column}[{known.setdefault(pointer, len(known) + 1)}]"

    @property
    def sql(self) -> str:
        """Further columns with what was found."""
        lists = {c: ", ".join(map(text_sql, known)) for c, known in self._pointers.items()}
        return "".join(
            f", json_extract_string({column}, [{pointers}]) AS found_{column}"
            for column, pointers in lists.items()
        )


@contextmanager
def _laid_down(duck: Duck, columns: Mapping[str, Sequence[str | None]]) -> Iterator[str]:
    """A table of texts, for as long as it is asked."""
    duck.register(
        "texts_at_hand", {name: np.array(texts, object) for name, texts in columns.items()}
    )
    duck.run("CREATE OR REPLACE TABLE laid_down AS SELECT * FROM texts_at_hand")
    duck.unregister("texts_at_hand")
    try:
        yield "laid_down"
    finally:
        duck.run("DROP TABLE laid_down")
