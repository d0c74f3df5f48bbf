"""Mappings as text: YAML for people, JSON for programs, and their published schema."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.errors import FileMissing
from desireline.formats.map_yaml.errors import MapFileUnreadable
from desireline.formats.map_yaml.text import dump, parse
from desireline.formats.mapping.document import FORMAT, Mapping, MappingInvalid, checked
from desireline.formats.whole_files import write_whole

SCHEMA_ID = "https://desireline.dev/schemas/mapping.schema.json"
_HINT = "docs/schemas/mapping.schema.json says what a mapping holds."


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a mapping, as published in `docs/schemas`."""
    body = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Mapping)))
    for part in body["$defs"].values():
        if "description" in part:
            part["description"] = " ".join(part["description"].split())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Mapping",
    }
    return {**head, **body}


def mapping_from(data: Any, source: str = "the mapping") -> Mapping:
    """The mapping that plain data describe. Raises MappingInvalid with the place."""
    try:
        return checked(msgspec.convert(data, Mapping))
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `")
        where = place.rstrip("`").removeprefix("$.")
        told = f"{source}, {where}" if where and where != "$" else source
        raise MappingInvalid(f"{told}: {sentence}.", hint=_meant(sentence) or _HINT) from None
    except MappingInvalid as error:
        raise MappingInvalid(f"{source}: {error}", hint=error.hint) from None


def plain(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain data, with its format and without what is not said."""
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(mapping))
    return {"format": FORMAT} | told


def mapping_text(mapping: Mapping) -> str:
    """The mapping as YAML; `read_mapping` reads it back."""
    return dump(plain(mapping))


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file of YAML or JSON. Raises FileMissing, MappingInvalid."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise FileMissing(
            f"{path} cannot be read: {why}.", hint="Give the path of a mapping in YAML or JSON."
        ) from None
    try:
        return mapping_from(parse(text).data, str(path))  # JSON is YAML
    except MapFileUnreadable as error:
        raise MappingInvalid(f"{path}, line {error.line}: {error}", hint=error.hint) from None


def write_mapping(mapping: Mapping, path: Path) -> Path:
    """Writes the mapping as YAML (`.json`: as JSON), whole or not at all; gives the path."""
    text = mapping_text(mapping)
    if path.suffix == ".json":
        text = msgspec.json.format(msgspec.json.encode(plain(mapping)), indent=2).decode() + "\n"
    return write_whole(path, text)


def _meant(sentence: str) -> str:
    unknown = re.search(r"unknown field `(.*)`", sentence)
    fields = Mapping.__struct_fields__ if unknown else ()
    near = get_close_matches(unknown[1] if unknown else "", fields, n=1, cutoff=0.5)
    return f"Do you mean {near[0]!r}? {_HINT}" if near else ""
