"""OCEL 2.0 as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.errors import FileBroken
from desireline.formats.ocel.model import OcelEvent, OcelLog, OcelObject, Types
from desireline.formats.tables.plain_file import check_utf8

HEAD = (b'"objectTypes"', b'"eventTypes"', b'"events"', b'"objects"')


class _Whole(Types):
    events: list[msgspec.Raw] = msgspec.field(default_factory=list)
    objects: list[msgspec.Raw] = msgspec.field(default_factory=list)


def read_json(path: Path, name: str) -> OcelLog:
    """The log of a file. What is no event is set aside. Raises FileBroken, EncodingWrong."""
    check_utf8(path, name)
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        whole = msgspec.json.decode(raw, type=_Whole)
    except (msgspec.DecodeError, RecursionError) as error:
        raise FileBroken(
            f"{name} ({len(raw):,} bytes) is not whole OCEL 2.0 JSON: {error}.",
            hint="It has the members eventTypes, objectTypes, events and objects; export it again.",
        ) from error
    log = OcelLog(types=Types(whole.event_types, whole.object_types))
    decode = msgspec.json.Decoder(OcelObject).decode
    for number, text in enumerate(whole.objects, start=1):
        found = _decoded(log, f"object {number:,} is none", text, decode)
        if found is not None:
            log.objects[found.id] = found
    decode_event = msgspec.json.Decoder(OcelEvent).decode
    for number, text in enumerate(whole.events, start=1):
        event = _decoded(log, "it is no event", text, decode_event, number)
        if event is not None:
            log.events.append(event)
            log.places.append(number)
    return log


def _decoded(log: OcelLog, what: str, text: msgspec.Raw, decode: Any, place: int = 0) -> Any:
    try:
        return decode(text)
    except msgspec.DecodeError as error:
        if place:
            log.rejected.add(place, bytes(text).decode(errors="replace"), f"{what} ({error})")
        else:
            log.notes.append(f"{what[0].upper()}{what[1:]} ({error}), and was left out.")
        return None
