"""From one map file to the next as a JSON Patch (RFC 6902): what a stream sends between wholes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Change = dict[str, Any]


def changes(before: Any, after: Any, at: str = "") -> Iterator[Change]:
    """The operations that make `after` of `before`, in an order in which they can be applied.

    Lists are compared place by place: figures keep the order of the map, and so do most others.
    A list of plain values is sent whole: a path to one of them takes more room than ten of them.
    """
    if type(before) is not type(after):
        yield {"op": "replace", "path": at, "value": after}
    elif isinstance(after, dict):
        yield from _of_mapping(before, after, at)
    elif isinstance(after, list):
        yield from _of_list(before, after, at)
    elif before != after:
        yield {"op": "replace", "path": at, "value": after}


def _of_mapping(before: dict[str, Any], after: dict[str, Any], at: str) -> Iterator[Change]:
    for name in before.keys() - after.keys():
        yield {"op": "remove", "path": f"{at}/{_escaped(name)}"}
    for name, value in after.items():
        place = f"{at}/{_escaped(name)}"
        if name in before:
            yield from changes(before[name], value, place)
        else:
            yield {"op": "add", "path": place, "value": value}


def _of_list(before: list[Any], after: list[Any], at: str) -> Iterator[Change]:
    if before != after and not any(isinstance(value, dict | list) for value in after):
        yield {"op": "replace", "path": at, "value": after}
        return
    for place, (old, new) in enumerate(zip(before, after, strict=False)):
        yield from changes(old, new, f"{at}/{place}")
    for place in range(len(before) - 1, len(after) - 1, -1):
        yield {"op": "remove", "path": f"{at}/{place}"}
    for value in after[len(before) :]:
        yield {"op": "add", "path": f"{at}/-", "value": value}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
