"""From plain data to a JourneyMap, with errors that name the place and the value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from desireline.engine.journey_map.document import FORMAT, JourneyMap
from desireline.engine.journey_map.errors import (
    MapFormatUnknown,
    MapUnreadable,
    Place,
    place_text,
)
from desireline.engine.journey_map.lanes import Cell
from desireline.engine.journey_map.schema import allowed

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<key>key in )?\$(?P<path>.*)`)?$", re.DOTALL)
_PART = re.compile(r"\.(?P<field>[^.\[]+)|\[(?P<index>\d+|\.\.\.)\]")
_FIELD = re.compile(r"(?:unknown|missing required) field `(?P<field>[^`]*)`")
_WORDS = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false",
    "array": "a list", "object": "a mapping", "null": "nothing",
}  # fmt: skip
_VALUE_SHOWN = 60


def from_dict(data: object) -> JourneyMap:
    """The map that plain data (from JSON or YAML) describes.

    Raises `MapFormatUnknown` for another format, `MapUnreadable` where a part is missing, unknown
    or of the wrong type, and the other `MapInvalid` where the parts do not fit together.
    """
    if not isinstance(data, Mapping):
        raise MapUnreadable(
            f"A map is a mapping of fields, but this is {_shown(data)}.",
            hint=f"Begin with 'format: {FORMAT}'.",
        )
    _check_format(data.get("format", FORMAT))
    data = _with_moments(data)
    try:
        return msgspec.convert(data, JourneyMap)
    except msgspec.ValidationError as error:
        raise _unreadable(str(error), data) from None
    except RecursionError:
        raise MapUnreadable(
            "The map is nested too deep to be read.", hint="Rules within rules need few levels."
        ) from None


def _with_moments(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Moments of truth that only say `true`, as hands and older programs write them, as parts."""
    stages = data.get("stages")
    if not isinstance(stages, list):
        return data
    return {**data, "stages": [_moments_of_stage(stage) for stage in stages]}


def _moments_of_stage(stage: Any) -> Any:
    if not isinstance(stage, dict) or not isinstance(stage.get("touchpoints"), list):
        return stage
    return stage | {
        "touchpoints": [
            t | {"moment_of_truth": {} if t["moment_of_truth"] else None}
            if isinstance(t, dict) and isinstance(t.get("moment_of_truth"), bool)
            else t
            for t in stage["touchpoints"]
        ]
    }


def _check_format(found: object) -> None:
    if found == FORMAT:
        return
    number = re.fullmatch(r"desireline\.map/(\d+)", found) if isinstance(found, str) else None
    newer = number is not None and int(number[1]) > int(FORMAT.rpartition("/")[2])
    raise MapFormatUnknown(
        f"format is {_shown(found)}; this program reads {FORMAT!r}.",
        place=("format",),
        hint="The map was written by a newer Desireline: update this one."
        if newer
        else f"Write 'format: {FORMAT}', or leave the line out.",
    )


def _unreadable(message: str, data: Mapping[str, Any]) -> MapUnreadable:
    parts = _AT.match(message)
    what, path = (parts["what"], parts["path"] or "") if parts else (message, "")
    place, value = _walk(path, data)
    field = _FIELD.search(what)
    if field and "unknown" in what:
        holder = place_text(place)
        return MapUnreadable(
            f"{holder} has a field {field['field']!r}, which is not known there.",
            place=(*place, field["field"]),
            hint="See docs/maps.md for the fields, or look for a slip of spelling.",
        )
    if field:
        return MapUnreadable(
            f"{place_text(place)} has no {field['field']!r}.",
            place=place,
            hint=f"Add a line '{field['field']}: ...' there.",
        )
    return MapUnreadable(
        f"{place_text(place)} is {_shown(value)}: {_in_words(what)}.",
        place=place,
        hint=_hint(place, value, what),
    )


def _hint(place: Place, value: object, what: str) -> str:
    words = allowed(place)
    if words:
        return "Write one of: " + ", ".join(words) + "."
    if isinstance(value, int | float) and ("`str`" in what or "`object`" in what):
        return "A name that looks like a number stands in quotes."
    return "See docs/maps.md for what may stand there."


def _walk(path: str, data: Any) -> tuple[Place, Any]:
    place: list[str | int] = []
    for part in _PART.finditer(path):
        step: str | int = part["field"] or part["index"]
        if part["index"] == "...":
            step = _unfit_key(data)
        elif part["index"]:
            step = int(part["index"])
        place.append(step)
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(place), data


def _unfit_key(cells: Any) -> str:
    """Which entry of a mapping is unfit: msgspec names list entries, but not those of mappings."""
    for key, value in cells.items():
        try:
            msgspec.convert({key: value}, dict[str, Cell])
        except msgspec.ValidationError:
            return str(key)
    return "..."


def _in_words(what: str) -> str:
    def word(found: re.Match[str]) -> str:
        return " or ".join(_WORDS.get(w.strip(), w.strip()) for w in found[1].split("|"))

    text = re.sub(r"`([^`]*)`", word, what)
    return text[:1].lower() + text[1:]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _VALUE_SHOWN else text[: _VALUE_SHOWN - 3] + "..."
