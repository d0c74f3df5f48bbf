"""Events to a file, chunk by chunk, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.building import EventColumns
from desireline.engine.journeys import Column, Ids
from desireline.formats.duck import Duck, DuckFailed, name_sql, text_sql
from desireline.formats.errors import FileMissing, FileTypeUnknown

FORMS: Mapping[str, str] = {
    ".csv": "FORMAT csv, HEADER",
    ".tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
    ".jsonl": "FORMAT json",
    ".ndjson": "FORMAT json",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
}
ISO = "%Y-%m-%dT%H:%M:%S.%fZ"


def write_events(chunks: Iterable[EventColumns], path: Path | str) -> int:
    """How many events were written to `path`, in the order of the chunks.

    The columns are `person`, `event`, `time` (UTC), then `channel`, `actor`, `value` and further
    columns where the first chunk has them. The end of the name says how: .csv, .tsv, .jsonl (each
    also .gz) or .parquet. The file appears when it is whole; till then it has another name. Raises
    FileTypeUnknown, FileMissing.
    """
    target = Path(path)
    form = form_of(target)
    if not target.parent.is_dir():
        raise FileMissing(
            f"There is no folder {target.parent} to write {target.name} to.", hint="Make it first."
        )
    with Duck() as duck:
        count = 0
        for chunk in chunks:
            _lay_down(duck, chunk, new=count == 0)
            count += len(chunk.time)
        if count == 0:
            duck.run("CREATE TABLE laid (person VARCHAR, event VARCHAR, time TIMESTAMPTZ)")
        _copy_out(duck, target, form)
    return count


def form_of(path: Path) -> str:
    """What COPY says to write a file of this name. Raises FileTypeUnknown."""
    name = path.name.lower()
    packed = name.endswith(".gz")
    form = FORMS.get(Path(name.removesuffix(".gz")).suffix)
    if form is None or (packed and "parquet" in form):
        raise FileTypeUnknown(
            f"{path} does not end in a format that events are written in.",
            hint=f"Use one of {', '.join(FORMS)}; all but .parquet also with .gz.",
        )
    return form + (", COMPRESSION gzip" if packed else "")


def _lay_down(duck: Duck, chunk: EventColumns, *, new: bool) -> None:
    """Adds a chunk to the table `laid`, which lives on disk when memory runs short."""
    arrays, expressions = _arrays(chunk)
    duck.register("chunk", arrays)
    taken = ", ".join(f"{sql} AS {name_sql(name)}" for name, sql in expressions.items())
    verb = "CREATE TABLE laid AS" if new else "INSERT INTO laid BY NAME"
    duck.run(f"{verb} SELECT {taken} FROM chunk")
    duck.unregister("chunk")


def _arrays(chunk: EventColumns) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """The columns of a chunk as arrays a0, a1, ..., and how each becomes a column of the file."""
    columns: dict[str, tuple[NDArray[Any], str]] = {
        "person": (_names(chunk.ids, chunk.case), "{}"),
        "event": (np.array(chunk.events, object)[chunk.code], "{}::VARCHAR"),
        "time": (chunk.time, "make_timestamptz({})"),
    }
    for role in ("channel", "actor"):
        codes = getattr(chunk, role)
        if codes is not None:
            names = np.array(getattr(chunk, role + "s"), object)
            columns[role] = (names[codes], "nullif({}::VARCHAR, '')")
    if chunk.value is not None:
        columns["value"] = (chunk.value, "CASE WHEN isfinite({0}) THEN {0} END")
    for name, column in chunk.columns.items():
        columns[name] = _property(column)
    arrays = {f"a{i}": array for i, (array, _) in enumerate(columns.values())}
    expressions = {name: sql.format(f"a{i}") for i, (name, (_, sql)) in enumerate(columns.items())}
    return arrays, expressions


def _names(ids: Ids, case: NDArray[Any]) -> NDArray[Any]:
    if ids.integers is not None:
        return np.take(ids.integers, case)
    return np.take(np.array(list(ids), object), case)


def _property(column: Column) -> tuple[NDArray[Any], str]:
    if column.numbers is not None:
        return column.numbers, "CASE WHEN isfinite({0}) THEN {0} END"
    values = np.array([*column.values, ""], object)
    return values[column.codes], "nullif({}::VARCHAR, '')"


def _copy_out(duck: Duck, target: Path, form: str) -> None:
    rows = "laid"
    if "parquet" not in form:
        rows = f"(SELECT * REPLACE (strftime(time::TIMESTAMP, '{ISO}') AS time) FROM laid)"
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        duck.run(f"COPY {rows} TO {text_sql(str(unfinished))} ({form})")
        unfinished.replace(target)
    except DuckFailed as failure:
        raise FileMissing(
            f"{target} cannot be written: {str(failure).splitlines()[0]}",
            hint="Check the folder's rights and the free space.",
        ) from failure
    finally:
        unfinished.unlink(missing_ok=True)
