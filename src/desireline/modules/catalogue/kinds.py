"""Kinds of values: what a property is, whatever it says."""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["string", "number", "boolean", "time", "list", "object"]
KINDS: tuple[Kind, ...] = ("string", "number", "boolean", "time", "list", "object")

TIME = "time"
KIND_OF: dict[type | str, Kind] = {
    str: "string",
    TIME: "time",
    bool: "boolean",
    int: "number",
    float: "number",
    list: "list",
    dict: "object",
}
"""By the class of what JSON says."""

_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = re.compile(
    rf"{_DAY}(?:[T ][0-2][0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{{1,9}})?)?"
    r"(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?"
).fullmatch
LEAST_TIME, MOST_TIME = len("2026-03-01"), len("2026-03-01T12:34:56.123456789+01:00")


def is_time(value: str) -> bool:
    """Whether a text is written as ISO 8601 writes days and moments."""
    return LEAST_TIME <= len(value) <= MOST_TIME and value[4] == "-" and _TIME(value) is not None


def kind_of(value: Any) -> Kind | None:
    """The kind of a value of JSON; None of null, which says nothing."""
    if isinstance(value, str) and is_time(value):
        return "time"
    return KIND_OF.get(type(value))
