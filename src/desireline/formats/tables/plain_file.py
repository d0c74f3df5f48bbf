"""A file as plain bytes: unpacked, and text as UTF-8, in a temporary copy where that is needed."""

from __future__ import annotations

import codecs
import gzip
import mmap
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desireline.formats.errors import EncodingWrong, FileBroken, FileEmpty, FileMissing

CHUNK = 1 << 20
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file to read: `path` is where its plain bytes are, `name` what messages call it."""

    path: Path
    name: str
    notes: tuple[str, ...] = ()


def existing(path: Path) -> Path:
    """The path, if a file is there. Raises FileMissing."""
    if path.is_dir():
        raise FileMissing(f"{path} is a folder, not a file.", hint="Name one file in it.")
    if str(path) == "-" or (path.exists() and not path.is_file()):
        raise FileMissing(
            f"{path} is a stream, and events are read from files, more than once.",
            hint="Write it to a file first, and name that.",
        )
    if not path.exists():
        raise FileMissing(
            f"There is no file {path}.", hint=f"Looked from {Path.cwd()}. Check the spelling."
        )
    if path.stat().st_size == 0:
        raise FileEmpty(f"{path} is empty (0 bytes).", hint="Export it again, with its rows.")
    if not os.access(path, os.R_OK):
        raise FileMissing(f"{path} may not be read by you.", hint="Check the rights of the file.")
    return path


def unpacked(path: Path, folder: Path, tell: Tell | None = None) -> Path:
    """The file itself, or what is in it where it is gzip (by its first bytes, not its name).

    Raises FileBroken for a gzip that is cut off or damaged, FileEmpty for one that holds nothing.
    """
    with path.open("rb") as start:
        if start.read(2) != b"\x1f\x8b":
            return path
    plain = folder / "unpacked"
    size = path.stat().st_size
    done = 0
    try:
        with path.open("rb") as packed, gzip.open(packed) as source, plain.open("wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
                done += len(chunk)
                if tell is not None:
                    tell(min(packed.tell() / size, 1.0))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileBroken(
            f"{path} is not a whole gzip file: it is cut off or damaged after {done:,} bytes of"
            f" its content ({error}).",
            hint="Copy or download it again; nothing was read from it.",
        ) from error
    if done == 0:
        raise FileEmpty(f"{path} holds an empty file.", hint="Export it again, with its rows.")
    return plain


def as_utf8(path: Path, name: str, folder: Path, encoding: str | None) -> PlainFile:
    """A text file as UTF-8: itself, or a copy where `encoding` (or its first bytes) says another.

    Raises EncodingWrong with the byte and line where the text cannot be read.
    """
    with path.open("rb") as start:
        first = start.read(4)
    notes: tuple[str, ...] = ()
    if not encoding:
        marked = next((e for mark, e in MARKS.items() if first.startswith(mark)), None)
        if marked is None:
            return PlainFile(path, name)
        encoding = marked
        notes = (f"{name} begins with the mark of {marked}, and was read so.",)
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        raise EncodingWrong(
            f"There is no encoding called {encoding!r}.",
            hint="Usual ones are utf-8, cp1252, latin-1, cp1250, iso-8859-2, utf-16, shift_jis.",
        ) from None
    if codec.name == "utf-8":
        return PlainFile(path, name)
    plain = folder / "utf8"
    with path.open("rb") as source, plain.open("wb") as target:
        decoder = codec.incrementaldecoder("strict")
        before = 0
        while True:
            chunk = source.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                target.write(decoder.decode(chunk, final=not chunk).encode())
            except UnicodeError as error:
                start_at = getattr(error, "start", 0)
                raise _wrong(path, name, encoding, before - held + start_at) from error
            if not chunk:
                break
            before += len(chunk)
    return PlainFile(plain, name, notes)


def check_utf8(path: Path, name: str) -> None:
    """Raises EncodingWrong at the first byte that is not UTF-8, if there is one."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    before = 0
    with path.open("rb") as source:
        while True:
            chunk = source.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise _wrong(path, name, "utf-8", before - held + error.start) from error
            if not chunk:
                return
            before += len(chunk)


def holds(path: Path, sought: bytes) -> bool:
    """Whether these bytes stand anywhere in a file that is not empty (at memory speed)."""
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return whole.find(sought) >= 0


def _wrong(path: Path, name: str, encoding: str, offset: int) -> EncodingWrong:
    with path.open("rb") as source:
        before = source.read(offset)
        byte = source.read(1)
    line = before.count(b"\n") + 1
    value = (before[before.rfind(b"\n") + 1 :][-30:] + byte + _rest_of_line(path, offset)).decode(
        "utf-8", "backslashreplace"
    )
    likely = "cp1252" if encoding.lower().replace("_", "-") in {"utf-8", "utf8"} else "utf-8"
    return EncodingWrong(
        f"{name}, line {line:,}: byte {offset:,} (0x{byte.hex()}) is not {encoding}, in"
        f" '{value.strip()}'.",
        hint=f"Name the file's encoding, for example --encoding {likely} (or cp1250, iso-8859-2,"
        " utf-16).",
    )


def _rest_of_line(path: Path, offset: int) -> bytes:
    """A few bytes of the same line that follow `offset`, for a message."""
    with path.open("rb") as source:
        source.seek(offset + 1)
        return source.read(20).split(b"\n")[0]
