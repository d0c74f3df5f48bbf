"""Tables in memory: pandas and polars frames, Arrow streams, mappings of columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.errors import ColumnsRepeated, FileTypeUnknown
from desireline.formats.tables.table import Table, fields_of


class ArrowStream:
    """Any object that offers an Arrow stream, bare, so that DuckDB reads it without pyarrow."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._source.__arrow_c_stream__(requested_schema)


def open_frame(duck: Duck, source: Any) -> Table:
    """A frame or mapping as a table. Raises FileTypeUnknown, ColumnsRepeated."""
    kind = f"{type(source).__module__.split('.')[0]} {type(source).__name__}"
    kind = kind.removeprefix("builtins ")
    if hasattr(source, "collect") and kind.startswith("polars"):
        source = source.collect()
    names, readable = _readable(source, kind)
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise ColumnsRepeated(
            f"The {kind} has the column {repeated[0]!r} more than once.",
            hint="Give each column a name of its own.",
        )
    try:
        duck.register("frame", readable)
        duck.run("CREATE TABLE given AS SELECT * FROM frame")
        duck.unregister("frame")
        fields = fields_of(duck, "given", names)
    except DuckFailed as failure:
        first = str(failure).split("\n")[0]
        raise FileTypeUnknown(
            f"The {kind} cannot be read as a table of events: {first}",
            hint="Give a pandas or polars DataFrame, or a mapping of columns of equal length.",
        ) from failure
    return Table(duck, kind, fields, "given", keep=False)


def _readable(source: Any, kind: str) -> tuple[list[str], Any]:
    if kind.startswith("pandas") and hasattr(source, "columns"):
        return [str(name) for name in source.columns], source
    if isinstance(source, Mapping):
        columns = {str(name): _array(column) for name, column in source.items()}
        _check_equal_length(columns, kind)
        return list(columns), columns
    if hasattr(source, "__arrow_c_stream__") and not kind.startswith("pandas"):
        return [], ArrowStream(source)
    raise FileTypeUnknown(
        f"This {kind} is not a table of events.",
        hint="Give a path, a pandas or polars DataFrame, an Arrow table, or a mapping of columns.",
    )


def _check_equal_length(columns: Mapping[str, Any], kind: str) -> None:
    lengths = {name: len(column) for name, column in columns.items()}
    for name, length in lengths.items():
        first, most = max(lengths.items(), key=lambda item: item[1])
        if length != most:
            raise FileTypeUnknown(
                f"The {kind} is no table: {name!r} has {length:,} values and {first!r} {most:,}.",
                hint="Give each column one value a row, None where there is none.",
            )


def _array(column: Any) -> Any:
    if isinstance(column, np.ndarray):
        return column
    if isinstance(column, str) or not isinstance(column, Iterable):
        raise FileTypeUnknown(
            f"A mapping of columns has a list or array for each, not {column!r}.",
            hint="Give each column its values, one a row.",
        )
    values = list(column)
    if all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        return np.array(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array
