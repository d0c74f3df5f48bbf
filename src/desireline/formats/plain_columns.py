"""Files of rows that are no events: each column as text, as it stands."""

from __future__ import annotations

from pathlib import Path

from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.envelopes.choices import Keys
from desireline.formats.errors import FileBroken
from desireline.formats.mapping import Mapping
from desireline.formats.opening import open_table

Texts = list[str | None]


def read_columns(path: Path) -> dict[str, Texts]:
    """The columns of a CSV, JSON lines or Parquet file, by name. Raises what is wrong with it."""
    with Duck() as duck:
        table = open_table(duck, path, Mapping(), Keys(), lambda _what, _share: None)
        try:
            table.stage(table.fields)
            wanted = ", ".join(f"{f.sql}::VARCHAR AS c{i}" for i, f in enumerate(table.fields))
            arrays = duck.arrays(f"SELECT {wanted} FROM {table.relation} ORDER BY {table.row_sql}")
        except DuckFailed as failure:
            raise FileBroken(
                f"{path.name} cannot be read: {failure}.", hint="Export it again."
            ) from failure
        return {f.name: arrays[f"c{i}"].tolist() for i, f in enumerate(table.fields)}
