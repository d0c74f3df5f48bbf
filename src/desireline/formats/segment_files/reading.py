"""Reading segments: all events of a span of positions, those of a few persons, or mere numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from desireline.engine.journeys import I64
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.segment_files.files import COLUMNS, segment_sql, segments_sql


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
    *,
    newest_first: bool = False,
) -> list[dict[str, Any]]:
    """The first events of some subjects by time and position, or the last ones; all columns.

    Each file comes with the position of its place 0. `after` is time and position of the event
    behind which to begin, in that direction. Raises DuckFailed.
    """
    listed = ", ".join(str(int(number)) for number in subjects)
    where = f"subject IN ({listed})" if len(subjects) > 1 else f"subject = {listed}"
    behind, down = ("<", " DESC") if newest_first else (">", "")
    if after is not None:
        at, position = int(after[0]), int(after[1])
        where += f' AND "at" {behind}= {at} AND ("at", place) {behind} ({at}, {position})'
    names = [("position" if name == "place" else name) for name in COLUMNS]
    rows = duck.rows(
        f"SELECT * FROM {segments_sql(files)} WHERE {where}"
        f' ORDER BY "at"{down}, place{down} LIMIT {int(limit)}'
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def read_span(
    duck: Duck,
    files: Sequence[tuple[Path, int]],
    span: tuple[int, int],
    kinds: Collection[str],
    rows: int,
) -> Iterator[list[tuple[Any, ...]]]:
    """The events behind one position up to another, by position, so many at a time.

    Each file comes with the position of its place 0; `kinds` are those that are wanted, none: all.
    A row is the position and then `COLUMNS` without place, as the tail orders them; a text that is
    not there is empty, as in the tail. Erased events are left out. Raises DuckFailed.
    """
    listed = ", ".join(text_sql(kind) for kind in kinds)
    wanted = f" AND kind IN ({listed})" if kinds else ""
    columns = ", ".join(_as_in_tail(name) for name in _BEHIND_POSITION)
    parts = [
        f"SELECT place + {add} AS position, {columns} FROM {segment_sql(path)} WHERE subject > 0"
        f" AND place > {int(span[0]) - add} AND place <= {int(span[1]) - add}{wanted}"
        for path, add in files
    ]
    yield from duck.batches(f"{' UNION ALL '.join(parts)} ORDER BY 1", rows)


_MAY_BE_NULL = ("currency", "identifiers", "properties", "context")
_BEHIND_POSITION = ("id_hi", "id_lo", *(c for c in COLUMNS if c not in ("place", "id_hi", "id_lo")))


def _as_in_tail(name: str) -> str:
    plain = COLUMNS[name] != "VARCHAR" or name in _MAY_BE_NULL
    return name_sql(name) if plain else f"coalesce({name_sql(name)}, '') AS {name_sql(name)}"
