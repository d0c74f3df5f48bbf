"""A file on its way from a request to the disk: counted, hashed, and never held in memory."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser

from desireline.modules.imports.errors import UploadTooLarge, UploadUnreadable, UploadUnwritable

PIECE = 1 << 20
SPARE_BYTES = 100_000_000
"""Room that an upload leaves on the disk for the log itself."""
LONGEST_NAME = 200
"""Bytes."""
UNNAMED = "upload"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is on the disk."""

    path: Path
    name: str
    bytes: int
    sha256: str


class Writing:
    """A file being written. Raises UploadTooLarge, UploadUnwritable."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self.path, self._most = path, most_bytes
        self.bytes = 0
        self._hash = sha256()
        self._held = bytearray()
        self._file = path.open("xb")

    async def add(self, data: bytes) -> None:
        """More of the file; written by a thread, a piece at a time."""
        self.bytes += len(data)
        if self.bytes > self._most:
            raise too_large(self._most)
        self._held += data
        if len(self._held) >= PIECE:
            await asyncio.to_thread(self._write)

    def finish(self) -> str:
        """The hash of what is on the disk now."""
        self._write()
        self._file.close()
        return self._hash.hexdigest()

    def _write(self) -> None:
        piece, self._held = bytes(self._held), bytearray()
        self._hash.update(piece)
        try:
            self._file.write(piece)
            self._file.flush()
        except OSError as error:
            raise unwritable(str(error.strerror)) from error

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()


async def receive(request: Request, folder: Path, number: str, most_bytes: int) -> Upload:
    """The file in the body of a request, in `folder` as `number`.

    The body is the file itself, or a form with the file in it. Raises UploadTooLarge,
    UploadUnreadable, UploadUnwritable; then nothing is left in the folder.
    """
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdigit() else 0
    if size > most_bytes:
        raise too_large(most_bytes)
    folder.mkdir(mode=0o700, exist_ok=True)
    if shutil.disk_usage(folder).free < size + SPARE_BYTES:
        raise unwritable("the disk is nearly full")
    kind, options = _content_type(request.headers.get("content-type", ""))
    with _unfinished(folder / number, most_bytes) as writing:
        if kind == MULTIPART:
            name = await _from_form(request, options.get("boundary", ""), writing)
        else:
            name = request.query_params.get("name", "") or _disposed(request)
            async for data in request.stream():
                await writing.add(data)
        if not writing.bytes:
            raise UploadUnreadable(
                "The request holds no file, or an empty one.",
                hint="Send the file as the body, with ?name=FILE; or as a form with a file in it.",
            )
        digest = await asyncio.to_thread(writing.finish)
        return Upload(writing.path, _base(name), writing.bytes, digest)


@contextmanager
def _unfinished(path: Path, most_bytes: int) -> Iterator[Writing]:
    try:
        writing = Writing(path, most_bytes)
    except OSError as error:
        raise unwritable(str(error.strerror)) from error
    try:
        yield writing
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        writing.close()


class _Form:
    """Notes what the parser finds: of the first part that is a file its name and its bytes."""

    def __init__(self) -> None:
        self.name = ""
        self.found: list[bytes] = []
        self._header = self._value = b""
        self._is_file = self._was_file = False

    def callbacks(self) -> dict[str, Any]:
        """What the parser calls."""
        return {
            "on_header_field": self._on_field,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header_end,
            "on_part_data": self._on_data,
            "on_part_end": self._on_part_end,
        }

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition" and not self._was_file:
            name = _file_name(self._value.decode("utf-8", "replace"))
            self._is_file = self._was_file = name is not None
            self.name = name or self.name
        self._header = self._value = b""

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.found.append(data[start:end])

    def _on_part_end(self) -> None:
        self._is_file = False


async def _from_form(request: Request, boundary: str, writing: Writing) -> str:
    form = _Form()
    try:
        parser = MultipartParser(boundary.encode("latin-1"), form.callbacks())  # type: ignore[arg-type]
        async for data in _pieces(request):
            parser.write(data)
            for found in form.found:
                await writing.add(found)
            form.found.clear()
        parser.finalize()
    except (MultipartParseError, ValueError) as error:
        raise UploadUnreadable(
            f"The form cannot be read: {error}.",
            hint="Send it as multipart/form-data, or the file itself as the body.",
        ) from None
    return form.name


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    async for data in request.stream():
        if data:
            yield data


def _content_type(text: str) -> tuple[str, dict[str, str]]:
    message = Message()
    message["content-type"] = text or "application/octet-stream"
    options = dict(message.get_params(failobj=[], header="content-type"))
    return message.get_content_type(), {name.lower(): value for name, value in options.items()}


def _file_name(disposition: str) -> str | None:
    """The name of a file in a header; None where it tells none."""
    message = Message()
    message["content-disposition"] = disposition
    return message.get_filename()


def _disposed(request: Request) -> str:
    return _file_name(request.headers.get("content-disposition", "")) or ""


def _base(name: str) -> str:
    """The last part of a name, whatever system wrote it; the end of it says what the file is."""
    last = PureWindowsPath(PurePosixPath(name).name).name.replace("\0", "").strip()
    short = last.encode(errors="replace")[-LONGEST_NAME:].decode(errors="ignore").lstrip(".")
    return short or UNNAMED


def too_large(most_bytes: int) -> UploadTooLarge:
    """What to say of a file beyond the limit."""
    return UploadTooLarge(
        f"The file is larger than {most_bytes:,} bytes.",
        hint="Cut it in parts, or set DESIRELINE_LIMIT_UPLOAD_BYTES; the command line takes any"
        " size: desireline import FILE.",
        most=most_bytes,
    )


def unwritable(why: str) -> UploadUnwritable:
    """What to say where the disk refuses."""
    return UploadUnwritable(
        f"The file cannot be kept: {why}.", hint="Make room on the server's disk, and send again."
    )
