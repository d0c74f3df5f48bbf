"""Opens any source as a table, by what it is and by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.errors import FileTypeUnknown
from desireline.formats.ocel.opening import is_ocel_json, open_ocel
from desireline.formats.tables.csv_file import open_csv
from desireline.formats.tables.frames import open_frame
from desireline.formats.tables.json_file import open_json
from desireline.formats.tables.parquet_file import open_parquet
from desireline.formats.tables.plain_file import PlainFile, as_utf8, existing, unpacked
from desireline.formats.tables.table import Table
from desireline.formats.tables.xes_file import open_xes

Columns = Callable[[Duck, PlainFile, str | None], Table]
Special = Callable[[Duck, PlainFile, Choices, Callable[[float], None]], Table]

COLUMNS: Mapping[str, Columns] = {"csv": open_csv, "json": open_json, "parquet": open_parquet}
"""Forms of rows and columns; what a column means is told or found."""
SPECIAL: Mapping[str, Special] = {
    "xes": lambda duck, file, _, tell: open_xes(duck, file, tell),
    "ocel": open_ocel,
}
"""Forms that say themselves what their events mean."""
FORMS = (*COLUMNS, *SPECIAL)

ENDS: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xes": "xes",
    ".jsonocel": "ocel",
    ".xmlocel": "ocel",
    ".sqlite": "ocel",
    ".sqlite3": "ocel",
    ".xml": "xml",
}
"""The form by the end of a name; `xml` may be XES or OCEL."""
BINARY = ("parquet", "xes", "ocel", "xml")
"""Forms that are no text, or that say their encoding themselves."""
LOOKED_AT = 1 << 16


def open_table(
    duck: Duck,
    source: Any,
    told: tuple[str | None, str | None],
    tell: Callable[[str, float], None],
    choices: Choices = Choices(),  # noqa: B008 - it is frozen
) -> Table:
    """The rows of a path, frame or mapping; `told` are encoding and delimiter, where they are told.

    Raises what is wrong with a file.
    """
    if not isinstance(source, str | PathLike):
        return open_frame(duck, source)
    encoding, delimiter = told
    path = existing(Path(source))
    form = choices.form or _by_name(path)
    plain = unpacked(path, duck.folder, lambda share: tell("Unpacking", share))
    file = PlainFile(plain, path.name)
    if form not in BINARY or (form in ("xes", "xml") and encoding):
        file = as_utf8(plain, path.name, duck.folder, encoding)
    form = form if choices.form else _refined(form, _start(file.path))
    if form in COLUMNS:
        file = PlainFile(_linked(file.path, duck), file.name, file.notes)
        return COLUMNS[form](duck, file, delimiter)
    return SPECIAL[form](duck, file, choices, lambda share: tell("Reading", share))


def _by_name(path: Path) -> str:
    name = path.name.lower()
    suffix = Path(name.removesuffix(".gz")).suffix
    if suffix in ENDS:
        return ENDS[suffix]
    raise FileTypeUnknown(
        f"{path} ends in {suffix or 'nothing'!r}, which is no format of events read here.",
        hint=f"Rename or export it as one of {', '.join(ENDS)}, each also with .gz.",
    )


def _refined(form: str, start: bytes) -> str:
    """What a file is that its name leaves open."""
    if form == "json" and is_ocel_json(start):
        return "ocel"
    if form == "xml":
        return "xes" if b"xes" in start[:2000].lower() else "ocel"
    return form


def _start(path: Path) -> bytes:
    with path.open("rb") as source:
        return source.read(LOOKED_AT)


def _linked(path: Path, duck: Duck) -> Path:
    """The path under a name without signs that DuckDB would take as wildcards."""
    if not any(sign in str(path) for sign in "*?["):
        return path
    link = duck.folder / "linked"
    link.symlink_to(path.resolve())
    return link
