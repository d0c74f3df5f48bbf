"""Rules from and to plain data, and the JSON Schema that says what they look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from desireline.engine.rules.ast import Rule
from desireline.engine.rules.errors import RuleUnreadable, did_you_mean

TYPES = (
    "event", "property", "channel", "actor", "direction", "value", "time_of_day", "all", "any",
    "not", "sequence", "count", "trait", "pattern",
)  # fmt: skip
TREE_TYPES = ("one", "then", "either", "repeat")
SCHEMA_ID = "https://desireline.dev/schemas/rule.schema.json"


def from_dict(data: object) -> Rule:
    """The rule that plain data (as JSON gives it) describes.

    Raises RuleUnreadable, which names the JSON path and the value that is wrong.
    """
    try:
        rule: Rule = msgspec.convert(data, Rule)
    except msgspec.ValidationError as error:
        raise _unreadable(data, str(error)) from None
    except RecursionError:
        raise RuleUnreadable(
            "The rule is nested too deeply to be read.", hint="Write it with fewer levels."
        ) from None
    return rule


def to_dict(rule: Rule) -> dict[str, Any]:
    """The rule as plain data; what equals its default is left out. `from_dict` reads it back."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(rule))
    return plain


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a rule."""
    body: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(msgspec.json.schema(Rule))
    )  # lists, not tuples
    for part in body["$defs"].values():
        if "description" in part:
            part["description"] = re.sub(r"\s*\n\s*", " ", part["description"]).strip()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Rule",
        "description": "Which events are a touchpoint, a step, an outcome.",
    }
    return {**head, **body}


def _unreadable(data: object, message: str) -> RuleUnreadable:
    problem, _, path = message.partition(" - at `")
    path = path.rstrip("`") or "$"
    shown = repr(_at(data, path))
    shown = shown if len(shown) <= 80 else shown[:77] + "..."
    return RuleUnreadable(
        f"The rule cannot be read at {path}: {problem[:1].lower()}{problem[1:]}; it holds {shown}.",
        hint=_hint(data, path, problem),
    )


def _hint(data: object, path: str, problem: str) -> str:
    value = _at(data, path)
    if path.endswith(".type") and isinstance(value, str):
        known = TREE_TYPES if ".tree" in path or ".part" in path else TYPES
        return f"{did_you_mean(value, known)} The types are {', '.join(known)}.".strip()
    if "required field `type`" in problem:
        return f"Say which rule it is with `type`, one of {', '.join(TYPES)}."
    if isinstance(value, str) and "`array`" in problem:
        return f"Write it as a list: [{value!r}]."
    return "The schema in docs/schemas/rule.schema.json says what each rule holds."


def _at(data: object, path: str) -> object:
    """What stands at a JSON path such as `$.rules[0].in`; the nearest above it where it ends."""
    for key, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", path):
        if key and isinstance(data, Mapping) and key in data:
            data = data[key]
        elif index and isinstance(data, list | tuple) and int(index) < len(data):
            data = data[int(index)]
        else:
            break
    return data
