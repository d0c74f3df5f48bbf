"""OCEL 2.0 as JSON."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.errors import FileBroken
from desireline.formats.ocel.model import Types
from desireline.formats.ocel.shelf import KeptEvent, KeptObject, Shelf
from desireline.formats.tables.plain_file import check_utf8

HEAD = (b'"objectTypes"', b'"eventTypes"', b'"events"', b'"objects"')
BOM = b"\xef\xbb\xbf"
TOLD_EVERY = 10_000


class _Whole(Types):
    """The members as they stand in the file, which is mapped: each costs 80 bytes of memory."""

    events: list[msgspec.Raw] = msgspec.field(default_factory=list)
    objects: list[msgspec.Raw] = msgspec.field(default_factory=list)


def read_json(path: Path, name: str, shelf: Shelf, tell: Callable[[float], None]) -> None:
    """Lays the log of a file down. What is no event is set aside.

    Raises FileBroken, EncodingWrong.
    """
    check_utf8(path, name)
    whole = _whole(path, name)
    shelf.types = Types(whole.event_types, whole.object_types)
    decode = msgspec.json.Decoder(KeptObject).decode
    for number, text in enumerate(whole.objects, start=1):
        found = _decoded(shelf, f"object {number:,} is none", text, decode)
        if found is not None:
            shelf.add_object(found)
    decode_event = msgspec.json.Decoder(KeptEvent).decode
    for number, text in enumerate(whole.events, start=1):
        event = _decoded(shelf, "it is no event", text, decode_event, number)
        if event is not None:
            shelf.add_event(number, event)
        if number % TOLD_EVERY == 0:
            tell(number / len(whole.events))


def _whole(path: Path, name: str) -> _Whole:
    """The members of a file; its bytes stay mapped as long as any of them is there."""
    with path.open("rb") as file:
        size = path.stat().st_size
        held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    begin = len(BOM) if held[: len(BOM)] == BOM else 0
    try:
        return msgspec.json.decode(memoryview(held)[begin:], type=_Whole)
    except (msgspec.DecodeError, RecursionError) as error:
        raise FileBroken(
            f"{name} ({size - begin:,} bytes) is not whole OCEL 2.0 JSON: {error}.",
            hint="It has the members eventTypes, objectTypes, events and objects; export it again.",
        ) from error


def _decoded(shelf: Shelf, what: str, text: msgspec.Raw, decode: Any, place: int = 0) -> Any:
    try:
        return decode(text)
    except msgspec.DecodeError as error:
        if place:
            shelf.rejected.add(place, bytes(text).decode(errors="replace"), f"{what} ({error})")
        else:
            shelf.notes.append(f"{what[0].upper()}{what[1:]} ({error}), and was left out.")
        return None
