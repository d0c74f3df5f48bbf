"""From rows of a file to a segment of the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64
from desireline.formats.duck import Duck, name_sql, text_sql
from desireline.formats.event_rows.rows import EventRows
from desireline.formats.segment_files import COLUMNS, SegmentFile, segment_sql, write_segment

PLAIN = ("subject", "at", "place", "id_hi", "id_lo")
NAMED = {"type": "event", "channel": "channel", "actor": "actor"}


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
    events: EventRows, stamped: Stamped, path: Path, constants: dict[str, str]
) -> SegmentFile:
    """The finished segment of the chosen rows; `constants` are SQL of the columns alike for all.

    Raises DuckFailed.
    """
    duck = events.duck
    arrays: dict[str, NDArray[Any]] = {
        "subject": stamped.subject,
        "at": events.at[stamped.rows],
        "place": np.arange(len(stamped.rows)),
        "id_hi": stamped.id_hi,
        "id_lo": stamped.id_lo,
    }
    taken = {name: f"e.{name}" for name in PLAIN}
    taken |= {name: "NULL" for name in COLUMNS if name not in PLAIN} | constants
    joins = []
    for name, role in NAMED.items():
        coded = getattr(events, role)
        if coded is None:
            taken[name] = "''"
            continue
        arrays[name] = coded.codes[stamped.rows]
        _lay_names(events, role, coded.names)
        joins.append(f"LEFT JOIN {role}_names AS {role} ON {role}.code = e.{name}")
        taken[name] = f"coalesce({role}.name, '')"
    if events.value is not None:
        arrays["value"] = events.value[stamped.rows]
        taken["value"] = "CASE WHEN isfinite(e.value) THEN e.value END"
    for i, cells in enumerate(events.properties):
        arrays[f"p{i}"] = cells.codes[stamped.rows]
        joins.append(f"LEFT JOIN {cells.table} AS c{i} ON c{i}.code = e.p{i}")
    if events.properties:
        parts = ", ".join(f"c{i}.part" for i in range(len(events.properties)))
        taken["properties"] = f"nullif('{{' || concat_ws(',', {parts}) || '}}', '{{}}')"
    if events.ids is not None:
        arrays["own"] = events.ids.codes[stamped.rows]
        joins.append(f"LEFT JOIN {events.ids.table} AS o ON o.code = e.own")
        taken["context"] = "'{' || o.part || '}'"
    columns = ", ".join(
        f"({taken[name]})::{kind} AS {name_sql(name)}" for name, kind in COLUMNS.items()
    )
    duck.register("stamped", arrays)
    try:
        relation = f"(SELECT {columns} FROM stamped AS e {' '.join(joins)})"
        return write_segment(duck, relation, path, renumber=True)
    finally:
        duck.unregister("stamped")


def _lay_names(events: EventRows, role: str, names: NDArray[Any]) -> None:
    """A small table of the names of a role, made once."""
    duck, table = events.duck, f"{role}_names"
    if duck.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]):
        return
    texts_of = np.array([str(name) for name in names.tolist()], object)
    duck.register("naming", {"code": np.arange(len(names), dtype=np.int32), "name": texts_of})
    duck.run(f"CREATE TABLE {table} AS SELECT code, name::VARCHAR AS name FROM naming")
    duck.unregister("naming")


def read_ids(duck: Duck, path: Path) -> tuple[I64, I64]:
    """`id_hi` and `id_lo` of a segment's events."""
    found = duck.arrays(f"SELECT id_hi, id_lo FROM {segment_sql(path)}")
    return found["id_hi"], found["id_lo"]


def constant(text: str) -> str:
    """A text as a constant column."""
    return text_sql(text)
