"""Parquet, with the types it carries."""

from __future__ import annotations

from desireline.formats.duck import Duck, DuckFailed, text_sql
from desireline.formats.errors import FileBroken
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table, fields_of


def open_parquet(duck: Duck, file: PlainFile, delimiter: str | None) -> Table:
    """A Parquet file as a table, read in place. Raises FileBroken.

    DuckDB renames columns that differ only in case (`Activity` becomes `Activity_1` beside
    `activity`), so the names are read from the schema.
    """
    del delimiter
    origin = f"read_parquet({text_sql(str(file.path))})"
    schema = f"SELECT name, num_children FROM parquet_schema({text_sql(str(file.path))})"
    try:
        names = _top_names(duck.rows(schema))
        fields = fields_of(duck, origin, names)
    except DuckFailed as failure:
        raise broken_parquet(file.name, failure) from failure
    return Table(
        duck,
        file.name,
        fields,
        origin,
        keep=False,
        row_sql="file_row_number",
        notes=list(file.notes),
    )


def broken_parquet(name: str, failure: DuckFailed) -> FileBroken:
    """What to say where DuckDB cannot read a Parquet file."""
    first = str(failure).split("\n")[0]
    return FileBroken(
        f"{name} is not a whole Parquet file: it is cut off or damaged ({first}).",
        hint="Copy or export it again; nothing was read from it.",
    )


def _top_names(schema: list[tuple[str, int | None]]) -> list[str]:
    """The names of the first level of a schema, which comes depth first, the root in front."""
    names: list[str] = []
    inside: list[int] = []
    for name, children in schema[1:]:
        if not inside:
            names.append(name)
        else:
            inside[-1] -= 1
        if children:
            inside.append(children)
        while inside and inside[-1] == 0:
            inside.pop()
    return names
