"""Journey maps as JSON: the document, or the map file beside a page, of which the map is taken."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from desireline.engine.journey_map import JourneyMap, MapInvalid, from_dict

_BYTE = re.compile(r"\(byte (\d+)\)")
_STEP = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s{}\[\]:,"]+|[{}\[\]:,]')
Place = tuple[str | int, ...]


def loads(text: str) -> JourneyMap:
    """The map in a JSON text. Raises msgspec.DecodeError, and MapInvalid with its `mark`."""
    data: Any = msgspec.json.decode(text)
    inside: Place = ()
    if isinstance(data, dict) and str(data.get("format", "")).startswith("desireline.map-file/"):
        data, inside = data.get("map"), ("map",)
    try:
        return from_dict(data)
    except MapInvalid as error:
        error.mark = mark_at(text, (*inside, *error.place))
        raise


def mark_of(error: str, text: str) -> tuple[int, int]:
    """Line and column, from 1, of what a decoder could not read; without a place, the end."""
    found = _BYTE.search(error)
    before = text.encode()[: int(found[1])].decode(errors="ignore") if found else text
    return _mark(before, len(before))


def mark_at(text: str, place: Place) -> tuple[int, int]:
    """Line and column, from 1, of the innermost part of the place that a sound JSON text has."""
    best, found = 0, 0
    for at, here in _parts(text):
        if len(here) > best and place[: len(here)] == here:
            best, found = len(here), at
    return _mark(text, found)


def _parts(text: str) -> list[tuple[int, Place]]:
    """Each value with the place it has in the document, in the order of the text."""
    found: list[tuple[int, Place]] = []
    path: list[str | int] = []
    awaits_key = False
    for token in _STEP.finditer(text):
        said = token[0]
        if said in "{[":
            found.append((token.start(), tuple(path)))
            path.append(0 if said == "[" else "")
            awaits_key = said == "{"
        elif said in "}]":
            path.pop()
            awaits_key = False
        elif said == ",":
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
            else:
                awaits_key = True
        elif said != ":" and awaits_key:
            path[-1], awaits_key = str(msgspec.json.decode(said)), False
            found.append((token.start(), tuple(path)))
        elif said != ":":
            found.append((token.start(), tuple(path)))
    return found


def _mark(text: str, at: int) -> tuple[int, int]:
    """Line and column of a place in a text."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
