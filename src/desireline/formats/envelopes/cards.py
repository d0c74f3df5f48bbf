"""A file of vCards taken apart: blocks of bytes, logical lines, and what each line names."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

Line: TypeAlias = tuple[str, str, str]
"""Name in small letters, parameters in capitals, value: `item1.EMAIL;TYPE=home:ann@example.com`."""

PIECE = 1 << 22
_BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?BEGIN:VCARD", re.IGNORECASE | re.MULTILINE)
_END = re.compile(rb"^END:VCARD", re.IGNORECASE | re.MULTILINE)
_FOLDED = re.compile(rb"\r?\n[ \t]")
_QUOTED = b"QUOTED-PRINTABLE"


def cards(path: Path, tell: Callable[[float], None]) -> Iterator[tuple[int, list[Line], bool]]:
    """Each card: the line where it begins, its lines, and whether it has an end."""
    for place, block in _blocks(path, tell):
        end = _END.search(block)
        yield place, _lines(block if end is None else block[: end.start()]), end is not None


def _blocks(path: Path, tell: Callable[[float], None]) -> Iterator[tuple[int, bytes]]:
    """From one beginning to the next. Loops over lines would take three times as long."""
    size, done, place, held = max(path.stat().st_size, 1), 0, 1, b""
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            done += len(piece)
            tell(min(done / size, 1.0))
            held += piece
            begins = [found.start() for found in _BEGIN.finditer(held)]
            if not begins:
                continue
            place += held.count(b"\n", 0, begins[0])
            for begin, following in pairwise(begins):
                block = held[begin:following]
                yield place, block
                place += block.count(b"\n")
            held = held[begins[-1] :]
    if _BEGIN.match(held):
        yield place, held


def _lines(block: bytes) -> list[Line]:
    """The lines of a card, without its beginning; what begins with a space goes on (RFC 6350)."""
    if _QUOTED in block or _QUOTED in block.upper():
        block = _joined(block)
    if b"\n " in block or b"\n\t" in block:
        block = _FOLDED.sub(b"", block)
    texts = block.decode("utf-8", "backslashreplace").replace("\r\n", "\n").split("\n")
    return [_line(text) for text in texts[1:] if text]


def _joined(block: bytes) -> bytes:
    """With the soft ends of quoted-printable lines gone: `=` at the end of one goes on."""
    whole, going_on = bytearray(), False
    for line in block.split(b"\n"):
        going_on = going_on or _QUOTED in line.upper()
        bare = line.rstrip(b"\r")
        if going_on and bare.endswith(b"="):
            whole += bare[:-1]
        else:
            whole += bare + b"\n"
            going_on = False
    return bytes(whole)


def _line(text: str) -> Line:
    head, _, value = text.partition(":")
    if ";" not in head:
        return (head if "." not in head else head.rpartition(".")[2]).lower(), "", value.strip()
    if head.count('"') % 2:  # a colon within a quoted parameter
        more, _, value = value.partition(":")
        head += ":" + more
    name, _, params = head.partition(";")
    upper = params.upper()
    if "QUOTED-PRINTABLE" in upper:
        value = _unquoted(value, upper)
    return name.rpartition(".")[2].lower(), upper, value.strip()


def _unquoted(value: str, params: str) -> str:
    said = re.search(r"CHARSET=([\w-]+)", params)
    raw = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        return raw.decode(said[1] if said else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("latin-1")
