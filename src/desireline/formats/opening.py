"""Opens any source as a table, by what it is and by the end of its name."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapped
from os import PathLike
from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.duck import Duck
from desireline.formats.envelopes.access_log import (
    is_access_line,
    is_access_record,
    open_access_log,
)
from desireline.formats.envelopes.choices import Choices, Keys
from desireline.formats.envelopes.mail import is_mail, open_mail
from desireline.formats.envelopes.posthog import from_columns, is_posthog, open_posthog
from desireline.formats.envelopes.segment_calls import is_segment, open_segment
from desireline.formats.envelopes.vcard import open_vcard
from desireline.formats.errors import ChoiceUnfit, FileTypeUnknown
from desireline.formats.mapping.document import Mapping
from desireline.formats.ocel.opening import SQLITE, is_ocel_json, open_ocel
from desireline.formats.tables.csv_file import open_csv
from desireline.formats.tables.frames import open_frame
from desireline.formats.tables.json_file import open_json
from desireline.formats.tables.parquet_file import open_parquet
from desireline.formats.tables.plain_file import PlainFile, as_utf8, existing, unpacked
from desireline.formats.tables.table import Table
from desireline.formats.tables.xes_file import open_xes

Columns = Callable[[Duck, PlainFile, str | None], Table]
Special = Callable[[Duck, PlainFile, Choices, Callable[[float], None]], Table]

COLUMNS: Mapped[str, Columns] = {"csv": open_csv, "json": open_json, "parquet": open_parquet}
"""Forms of rows and columns; what a column means is told or found."""
SPECIAL: Mapped[str, Special] = {
    "xes": lambda duck, file, _, tell: open_xes(duck, file, tell),
    "ocel": open_ocel,
    "access-log": open_access_log,
    "mail": open_mail,
    "vcard": open_vcard,
    "segment": open_segment,
    "posthog": open_posthog,
}
"""Forms that say themselves what their events mean."""
FORMS = (*COLUMNS, *SPECIAL)

ENDS: Mapped[str, str] = {
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
    ".log": "access-log",
    ".mbox": "mail",
    ".eml": "mail",
    ".vcf": "vcard",
    ".vcard": "vcard",
}
"""The form by the end of a name; `xml` may be XES or OCEL."""
BINARY = ("parquet", "xes", "ocel", "xml", "access-log", "mail")
"""Forms that are no text, or that say their encoding themselves."""
POSTHOG_IN = {"csv": "csv", "parquet": "parquet"}
LOOKED_AT = 1 << 16
WITH_ROLES = (*COLUMNS, "xes")
"""Forms whose columns may be named."""
OPTIONS = {"object_type": ("--object-type", "ocel"), "own": ("--own", "mail")}
"""Choices that one form knows, and what they are called on the command line."""


def open_table(
    duck: Duck,
    source: Any,
    mapping: Mapping,
    keys: Keys,
    tell: Callable[[str, float], None],
    most: int | None = None,
) -> Table:
    """The rows of a path, a frame, or a mapping of columns; `most` of them where it is told.

    Raises what is wrong with a file, or with what is said of it.
    """
    if not isinstance(source, str | PathLike):
        return open_frame(duck, source)
    told, encoding, choices = mapping.form, mapping.encoding, Choices.of(mapping, keys, most)
    path = existing(Path(source))
    form = told or _by_name(path)
    plain = unpacked(path, duck.folder, lambda share: tell("Unpacking", share))
    form = form or _by_content(path, _start(plain))
    file = PlainFile(plain, path.name)
    if form not in BINARY or (form in ("xes", "xml") and encoding):
        file = as_utf8(plain, path.name, duck.folder, encoding)
    if not told:
        form = _refined(form, _start(file.path), plain=mapping.names_columns)
    check_choices(mapping, form, path.name)
    if told == "posthog" and form == "posthog":
        form = POSTHOG_IN.get(_by_name(path) or "", form)
    if form in COLUMNS:
        file = PlainFile(_linked(file.path, duck), file.name, file.notes)
        table = COLUMNS[form](duck, file, mapping.delimiter)
        may_be = told == "posthog" or not (told or mapping.names_columns)
        if may_be and is_posthog(f.name for f in table.fields):
            form, table = "posthog", from_columns(table, choices)
    else:
        table = SPECIAL[form](duck, file, choices, lambda share: tell("Reading", share))
    table.form = form
    return table


def check_choices(mapping: Mapping, form: str, name: str) -> None:
    """Raises ChoiceUnfit where a mapping says of a file what has no meaning for its form."""
    if mapping.names_columns and form not in WITH_ROLES:
        raise ChoiceUnfit(
            f"{name} is read as {form}, which says itself whose each event is, what happened and"
            " when: columns cannot be named for it.",
            hint="Leave out --case, --event, --time and the like; or say with --read-as what else"
            " the file is.",
        )
    for field, (option, of_form) in OPTIONS.items():
        if getattr(mapping, field) and form != of_form:
            raise ChoiceUnfit(
                f"{name} is read as {form}, and {option} is for {of_form} alone.",
                hint=f"Leave out {option}; or say with --read-as what else the file is.",
            )


def _by_name(path: Path) -> str | None:
    name = path.name.lower()
    return ENDS.get(Path(name.removesuffix(".gz")).suffix)


def _by_content(path: Path, start: bytes) -> str:
    """What a file is whose name does not tell. Raises FileTypeUnknown."""
    bare = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    looks: tuple[tuple[str, bool], ...] = (
        ("parquet", start.startswith(b"PAR1")),
        ("ocel", start.startswith(SQLITE) or is_ocel_json(start)),
        ("vcard", bare[:11].upper() == b"BEGIN:VCARD"),
        ("xml", bare[:5].lower() == b"<?xml" or bare.startswith(b"<log")),
        ("access-log", is_access_line(start)),
        ("mail", is_mail(start)),
    )
    found = next((form for form, fits in looks if fits), None)
    if found is not None:
        return found
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    raise FileTypeUnknown(
        f"{path} ends in {suffix or 'nothing'!r}, which is no format of events read here.",
        hint=f"Rename or export it as one of {', '.join(ENDS)}, each also with .gz.",
    )


def _refined(form: str, start: bytes, *, plain: bool) -> str:
    """What a file is that its name leaves open."""
    if form == "xml":
        return "xes" if b"xes" in start[:2000].lower() else "ocel"
    if form != "json":
        return form
    if is_ocel_json(start):
        return "ocel"
    record = {} if plain else _first_record(start)
    if is_segment(record):
        return "segment"
    if is_posthog(record):
        return "posthog"
    return "access-log" if is_access_record(record) else form


def _first_record(start: bytes) -> dict[str, Any]:
    """The first record of JSON lines; nothing where it is none, or longer than what is there."""
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


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
