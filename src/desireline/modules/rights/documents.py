"""What is held about a person as one JSON document, or as a zip of CSV files; both as a stream."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from desireline.formats.log_files import APOSTROPHE, FORMULA
from desireline.modules.rights.access import Part

FORMAT = "desireline.access/1"
PIECE = 1 << 16
_FORMULA = re.compile(FORMULA)
_CONTROL = re.compile(r"^[\t\r\n]")
_encode = msgspec.json.Encoder().encode


def as_json(head: Mapping[str, Any], parts: Iterable[Part]) -> Iterator[bytes]:
    """The document in pieces: `head`, and under `parts` a list of rows for each part by name."""
    begun = _encode({"format": FORMAT, **head})
    yield begun[:-1] + b',"parts":{'
    for i, part in enumerate(parts):
        yield (b"," if i else b"") + _encode(part.name) + b":["
        for j, row in enumerate(part.rows()):
            yield (b",\n" if j else b"\n") + _encode(row)
        yield b"]"
    yield b"}}\n"


def as_csv(head: Mapping[str, Any], parts: Iterable[Part]) -> Iterator[bytes]:
    """A zip in pieces: `about.json` with the head, and a CSV file for each part.

    Cells that a spreadsheet would compute begin with an apostrophe.
    """
    into = _Pieces()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("about.json", _encode({"format": FORMAT, **head}))
        for part in parts:
            with packed.open(f"{part.name}.csv", "w", force_zip64=True) as file:
                text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
                writer = csv.writer(text)
                writer.writerow(part.columns)
                for row in part.rows():
                    writer.writerow([defused(row.get(name)) for name in part.columns])
                    if into.size > PIECE:
                        yield into.taken()
                text.detach()
    yield into.taken()


def defused(cell: Any) -> Any:
    """A cell that no spreadsheet computes: objects as JSON, what looks like a formula quoted."""
    if isinstance(cell, dict | list):
        cell = _encode(cell).decode()
    if isinstance(cell, str) and (_FORMULA.match(cell) or _CONTROL.match(cell)):
        return APOSTROPHE + cell
    return cell


class _Pieces(io.RawIOBase):
    """A file that is written once from front to back, and taken away piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        whole = b"".join(self._held)
        self._held.clear()
        self.size = 0
        return whole
