"""Maps in files: YAML that lives well in git, or the JSON that the program writes."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from desireline.engine.journey_map import JourneyMap, MapInvalid, from_dict
from desireline.formats import map_json
from desireline.formats.map_yaml.errors import MapFileUnreadable
from desireline.formats.map_yaml.shape import expand, shorten
from desireline.formats.map_yaml.text import dump, parse
from desireline.formats.whole_files import write_whole


def dumps(journey_map: JourneyMap) -> str:
    """The map as YAML: one fact a line, stable order, defaults left out. `loads` reads it back."""
    return dump(shorten(journey_map))


def loads(text: str, source: str = "the map") -> JourneyMap:
    """The map that a YAML text describes, in short or full forms.

    Raises `MapFileUnreadable` with `source`, line and column for text that is no map.
    """
    try:
        parsed = parse(text)
    except MapFileUnreadable as error:
        raise _placed(source, str(error), error.hint, (error.line, error.column)) from None
    try:
        return from_dict(expand(parsed.data))
    except MapInvalid as error:
        raise _placed(source, str(error), error.hint, parsed.mark(error.place)) from None


def read_map(path: str | os.PathLike[str]) -> JourneyMap:
    """The map in a file: YAML, or for `.json` a document or the `map.json` beside a page."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MapFileUnreadable(
            f"{path} cannot be read: {error.strerror}.", hint="Give the path of a map file."
        ) from None
    except UnicodeDecodeError as error:
        raise MapFileUnreadable(
            f"{path} is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}.",
            hint="Save the file as UTF-8.",
        ) from None
    return _from_json(text, path) if path.suffix == ".json" else loads(text, str(path))


def write_map(journey_map: JourneyMap, path: str | os.PathLike[str]) -> Path:
    """Writes the map as YAML (`.json`: as JSON), whole or not at all; gives the path."""
    path = Path(path)
    if path.suffix == ".json":
        text = msgspec.json.format(msgspec.json.encode(journey_map), indent=2).decode() + "\n"
    else:
        text = dumps(journey_map)
    return write_whole(path, text)


def _from_json(text: str, path: Path) -> JourneyMap:
    try:
        return map_json.loads(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MapFileUnreadable(
            f"{path} is not JSON: {error}.", hint="Is it cut off, or YAML with the wrong ending?"
        ) from None
    except MapInvalid as error:
        raise MapFileUnreadable(f"{path}: {error}", hint=error.hint) from None


def _placed(source: str, sentence: str, hint: str, mark: tuple[int, int]) -> MapFileUnreadable:
    line, column = mark
    return MapFileUnreadable(
        f"{source}, line {line}, column {column}: {sentence}", hint=hint, line=line, column=column
    )
