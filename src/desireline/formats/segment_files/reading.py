"""Reading segments: columns of all events as arrays, or all columns of a few events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64
from desireline.engine.kernels.building import number_keys
from desireline.formats.columns.text import Coded
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.segment_files.files import COLUMNS, segment_sql, segments_sql

NUMBERS = tuple(name for name, kind in COLUMNS.items() if kind != "VARCHAR")
FEW = ("type", "kind", "channel", "direction", "actor", "currency", "source")
"""Columns of few distinct texts, of which few combinations occur."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Columns of some events: numbers as they are (a missing `value` is NaN), texts as codes."""

    rows: int
    numbers: Mapping[str, NDArray[Any]]
    texts: Mapping[str, Coded]
    """Codes into names; -1 where there is no text."""


def read_columns(duck: Duck, path: Path, names: Sequence[str], least_place: int = 0) -> Columns:
    """The columns of a segment's events from a place on, in the order of the file.

    Erased events are left out. `properties.campaign` is that property of each event, as text.
    No text becomes a Python object but once: the texts of FEW are hashed together, and one loop
    numbers the hashes. Raises DuckFailed.
    """
    numbers = [name for name in names if name in NUMBERS]
    few = [name for name in names if name in FEW]
    many = [name for name in names if name not in numbers and name not in few]
    source = f"{segment_sql(path)} WHERE subject > 0"
    if least_place > 0:
        source += f" AND place >= {least_place}"
    groups = [[_text_sql(name) for name in few]] * bool(few) + [[_text_sql(n)] for n in many]
    salts = [_named(duck, source, group) for group in groups]
    wanted = [_number_sql(name) for name in numbers]
    wanted += [f"{known.key} AS k{i}" for i, known in enumerate(salts)]
    found = duck.arrays(f"SELECT {', '.join(wanted or ['place'])} FROM {source}")
    coded = [column for i, known in enumerate(salts) for column in known.coded(found[f"k{i}"])]
    return Columns(
        len(next(iter(found.values()))),
        {name: found[name] for name in numbers},
        dict(zip([*few, *many], coded, strict=True)),
    )


def read_numbers(duck: Duck, path: Path, names: Sequence[str]) -> dict[str, I64]:
    """Columns of whole numbers of every row of a segment, erased ones included."""
    listed = ", ".join(name_sql(name) for name in names)
    return duck.arrays(f"SELECT {listed} FROM {segment_sql(path)}")


def ids_twice(
    duck: Duck, paths: Sequence[Path], further: tuple[I64, I64], most: int
) -> list[tuple[int, int]]:
    """Ids (both halves) that are in several rows of segments and of `further`; at most so many."""
    duck.register("given", {"id_hi": further[0], "id_lo": further[1]})
    duck.run("CREATE OR REPLACE TABLE further AS SELECT * FROM given")  # which threads may read
    duck.unregister("given")
    sources = ["further", *(segment_sql(path) for path in paths)]
    together = " UNION ALL ".join(f"SELECT id_hi, id_lo FROM {source}" for source in sources)
    found = duck.rows(
        f"SELECT id_hi, id_lo FROM ({together}) GROUP BY ALL HAVING count(*) > 1"
        f" ORDER BY ALL LIMIT {most}"
    )
    return [(high, low) for high, low in found]


def read_first(
    duck: Duck,
    files: Sequence[tuple[Path, int]],
    subjects: Sequence[int],
    limit: int,
    after: tuple[int, int] | None = None,
) -> list[dict[str, Any]]:
    """The first events of some subjects by time and position, all columns.

    Each file comes with the position of its place 0. `after` is time and position of the event
    behind which to begin. Raises DuckFailed.
    """
    listed = ", ".join(str(int(number)) for number in subjects)
    where = f"subject IN ({listed})" if len(subjects) > 1 else f"subject = {listed}"
    if after is not None:
        at, position = int(after[0]), int(after[1])
        where += f' AND "at" >= {at} AND ("at", place) > ({at}, {position})'
    names = [("position" if name == "place" else name) for name in COLUMNS]
    rows = duck.rows(
        f'SELECT * FROM {segments_sql(files)} WHERE {where} ORDER BY "at", place LIMIT {int(limit)}'
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """The combinations of some text columns that occur, each with its hash."""

    key: str
    hashes: NDArray[np.uint64]
    names: list[NDArray[Any]]

    def coded(self, keys: NDArray[np.uint64]) -> list[Coded]:
        """Each column as codes, from the hash of each row."""
        numbers, first = number_keys(keys)
        order = np.argsort(self.hashes)
        combination = order[np.searchsorted(self.hashes[order], keys[first])]
        return [_coded(names[combination], numbers) for names in self.names]


def _coded(of_combination: NDArray[Any], numbers: NDArray[np.int32]) -> Coded:
    known: dict[str, int] = {}
    codes = [known.setdefault(name, len(known)) if name else -1 for name in of_combination]
    names = np.array(list(known), object)
    return Coded(np.array(codes, np.int32)[numbers], names)


def _named(duck: Duck, source: str, texts: Sequence[str]) -> _Named:
    """No two combinations may have one hash; where DuckDB's own fails, MD5 is asked."""
    listed = ", ".join(texts)
    joined = ", ".join(f"coalesce({text}, '')" for text in texts)
    for key in (f"hash({listed})", f"md5_number_lower(concat_ws(chr(0), {joined}))"):
        called = ", ".join(f"{text} AS t{i}" for i, text in enumerate(texts))
        found = duck.arrays(
            f"SELECT {called}, any_value({key}) AS k FROM {source} GROUP BY {listed}"
        )
        if len(np.unique(found["k"])) == len(found["k"]):
            break
    return _Named(key, found["k"], [found[f"t{i}"] for i in range(len(texts))])


def _number_sql(name: str) -> str:
    return "coalesce(value, 'nan'::DOUBLE) AS value" if name == "value" else name_sql(name)


def _text_sql(name: str) -> str:
    if name in COLUMNS:
        return name_sql(name)
    column, _, key = name.partition(".")
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")  # RFC 6901
    return f"json_extract_string({name_sql(column)}, {text_sql(pointer)})"
