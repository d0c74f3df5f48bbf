"""Opens any source as a table, by what it is and by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from desireline.formats.duck import Duck
from desireline.formats.errors import FileTypeUnknown
from desireline.formats.tables.csv_file import open_csv
from desireline.formats.tables.frames import open_frame
from desireline.formats.tables.json_file import open_json
from desireline.formats.tables.parquet_file import open_parquet
from desireline.formats.tables.plain_file import PlainFile, as_utf8, existing, unpacked
from desireline.formats.tables.table import Table
from desireline.formats.tables.xes_file import open_xes

Opener = Callable[[Duck, PlainFile, str | None], Table]

TEXT: Mapping[str, Opener] = {
    ".csv": open_csv,
    ".tsv": open_csv,
    ".tab": open_csv,
    ".txt": open_csv,
    ".json": open_json,
    ".jsonl": open_json,
    ".ndjson": open_json,
}
BINARY: Mapping[str, Opener] = {".parquet": open_parquet, ".pq": open_parquet}
XES = ".xes"


def open_table(
    duck: Duck,
    source: Any,
    encoding: str | None,
    delimiter: str | None,
    tell: Callable[[str, float], None],
) -> Table:
    """The rows of a path, frame or mapping. Raises what is wrong with a file."""
    if not isinstance(source, str | PathLike):
        return open_frame(duck, source)
    path = existing(Path(source))
    suffix = _suffix(path)
    plain = unpacked(path, duck.folder, lambda share: tell("Unpacking", share))
    if suffix == XES:
        file = as_utf8(plain, path.name, duck.folder, encoding) if encoding else None
        return open_xes(
            duck, file or PlainFile(plain, path.name), lambda share: tell("Reading XES", share)
        )
    if suffix in BINARY:
        return BINARY[suffix](duck, PlainFile(_linked(plain, duck), path.name), delimiter)
    file = as_utf8(plain, path.name, duck.folder, encoding)
    file = PlainFile(_linked(file.path, duck), file.name, file.notes)
    return TEXT[suffix](duck, file, delimiter)


def _suffix(path: Path) -> str:
    name = path.name.lower()
    suffix = Path(name.removesuffix(".gz")).suffix
    known = [*TEXT, *BINARY, XES]
    if suffix in known:
        return suffix
    raise FileTypeUnknown(
        f"{path} ends in {suffix or 'nothing'!r}, which is no format of events read here.",
        hint=f"Rename or export it as one of {', '.join(known)}, each also with .gz.",
    )


def _linked(path: Path, duck: Duck) -> Path:
    """The path under a name without signs that DuckDB would take as wildcards."""
    if not any(sign in str(path) for sign in "*?["):
        return path
    link = duck.folder / "linked"
    link.symlink_to(path.resolve())
    return link
