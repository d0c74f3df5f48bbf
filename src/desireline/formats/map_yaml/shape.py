"""The short forms that people write by hand, and the full form that the document has.

| part | short | full |
|---|---|---|
| rule | `order_completed` | event type |
| rule | `[a, b]` | one of several event types |
| rule | `pattern: cart -> order within 3d` | pattern of that text |
| cell | `It is too dear` | declared, without n |
| left out | `heartbeat` | without a reason |
| goal | `A cat that drinks` | statement, no outcome |
| case_by | `person`; `column: order_id`; `gap_seconds: 1800` | the kind with its field |
| moment of truth | `true` | nominated, without importances |
| name | left out | the key, in words |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from desireline.engine import rules
from desireline.engine.journey_map import FORMAT, JourneyMap, MapInvalid, default_name

Plain = dict[str, Any]
RULES = ("rule", "failed_when")
"""Fields of touchpoints and personas that hold a rule."""


class PatternInvalid(MapInvalid):
    """A rule whose pattern cannot be read; the sentence points at the character."""


def shorten(journey_map: JourneyMap) -> Plain:
    """The map as plain data in short form, defaults left out, in the order of the document."""
    plain: Plain = {"format": FORMAT} | _without_defaults(journey_map)
    plain["stages"] = [_short_stage(stage) for stage in plain.get("stages", [])]
    plain["lanes"] = [_short_lane(lane) for lane in plain.get("lanes", [])]
    plain["personas"] = [_short_persona(persona) for persona in plain.get("personas", [])]
    plain["actors"] = [_short_name(actor) for actor in plain.get("actors", [])]
    plain["left_out"] = [_short_left_out(left) for left in plain.get("left_out", [])]
    if "goal" in plain:
        plain["goal"] = _short_goal(plain["goal"])
    if "case_by" in plain:
        plain["case_by"] = {k: v for k, v in plain["case_by"].items() if k != "kind"}
    return {key: value for key, value in _short_name(plain).items() if value not in ([], {})}


def expand(data: Any) -> Any:
    """The full form of plain data in short form. What has neither form is left to the reader."""
    if not isinstance(data, Mapping):
        return data
    plain = _long_name(data)
    _change(plain, "goal", _long_goal)
    _change(plain, "case_by", _long_case_by)
    _change(plain, "stages", _each(_long_stage))
    _change(plain, "lanes", _each(_long_lane))
    _change(plain, "personas", _each(_long_ruled))
    _change(plain, "actors", _each(_long_name))
    _change(plain, "left_out", _each(_long_left_out))
    return plain


def short_rule(rule: Plain) -> Any:
    """A rule of event types alone as one name or a list of names; others keep their fields."""
    kind, rest = rule["type"], {k: v for k, v in rule.items() if k != "type"}
    if kind == "event" and set(rest) == {"in"}:
        names = rest["in"]
        return names[0] if len(names) == 1 else names
    if kind == "pattern":
        return _short_pattern(rule)
    return rule


def _short_pattern(rule: Plain) -> Plain:
    pattern = rules.from_dict(rule)
    assert isinstance(pattern, rules.Pattern)  # noqa: S101 - its type says so
    text = rules.to_text(pattern)
    return {"pattern": text} if _reads_as(text, pattern) else rule


def long_rule(rule: Any) -> Any:
    """The rule that a short form stands for; full rules as they are."""
    if isinstance(rule, str):
        return {"type": "event", "in": [rule]}
    if isinstance(rule, list):
        return {"type": "event", "in": rule}
    if isinstance(rule, dict) and set(rule) == {"pattern"}:
        try:
            return rules.to_dict(rules.parse(str(rule["pattern"])))
        except rules.PatternUnreadable as error:
            raise PatternInvalid(str(error), place=("pattern",), hint=error.hint) from None
    return rule


def _reads_as(text: str, pattern: rules.Rule) -> bool:
    """Whether the text is that pattern: a tree made by hand may be written in another way."""
    try:
        return rules.parse(text) == pattern
    except rules.PatternUnreadable:
        return False


def _without_defaults(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _short_struct(value)
    if isinstance(value, tuple | list):
        return [_without_defaults(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_defaults(item) for key, item in value.items()}
    return value


def _short_struct(value: msgspec.Struct) -> Plain:
    config = value.__struct_config__
    found: Plain = {} if config.tag is None else {str(config.tag_field): config.tag}
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        if not _is_default(held, field):
            found[field.encode_name] = _without_defaults(held)
    return found


def _is_default(held: Any, field: msgspec.structs.FieldInfo) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(held == field.default_factory())
    return bool(held == field.default and type(held) is type(field.default))


def _short_stage(stage: Plain) -> Plain:
    touchpoints = [_short_touchpoint(t) for t in stage.get("touchpoints", [])]
    return _short_name(stage) | ({"touchpoints": touchpoints} if touchpoints else {})


def _short_touchpoint(touchpoint: Plain) -> Plain:
    if touchpoint.get("moment_of_truth") == {}:
        touchpoint = touchpoint | {"moment_of_truth": True}
    return _short_name(_with_rules(touchpoint, short_rule))


def _short_persona(persona: Plain) -> Plain:
    return _short_name(_with_rules(persona, short_rule))


def _short_lane(lane: Plain) -> Plain:
    cells = {
        key: cell["text"] if set(cell) == {"text"} else cell
        for key, cell in lane.get("cells", {}).items()
    }
    if lane["kind"] == lane["key"]:
        lane = {key: value for key, value in lane.items() if key != "kind"}
    return _short_name(lane) | ({"cells": cells} if cells else {})


def _short_left_out(left: Plain) -> Any:
    return left if "reason" in left else left["event"]


def _short_goal(goal: Plain) -> Any:
    if "outcome" in goal:
        return goal | {"outcome": short_rule(goal["outcome"])}
    return goal["statement"]


def _short_name(part: Plain) -> Plain:
    if part["name"] != default_name(part["key"]):
        return part
    return {key: value for key, value in part.items() if key != "name"}


def _with_rules(part: Plain, change: Callable[[Any], Any]) -> Plain:
    return part | {field: change(part[field]) for field in RULES if field in part}


def _change(plain: Plain, key: str, change: Callable[[Any], Any]) -> None:
    if key in plain:
        plain[key] = _at(key, change, plain[key])


def _each(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(items: Any) -> Any:
        if not isinstance(items, list):
            return items
        return [_at(i, change, item) for i, item in enumerate(items)]

    return changed


def _at(step: str | int, change: Callable[[Any], Any], part: Any) -> Any:
    """The changed part; an error learns on its way out where it happened."""
    try:
        return change(part)
    except MapInvalid as error:
        error.place = (step, *error.place)
        raise


def _long_stage(stage: Any) -> Any:
    plain = _long_name(stage)
    if isinstance(plain, dict):
        _change(plain, "touchpoints", _each(_long_ruled))
    return plain


def _long_ruled(part: Any) -> Any:
    """A touchpoint or a persona."""
    plain = _long_name(part)
    if isinstance(plain, dict):
        for field in RULES:
            _change(plain, field, long_rule)
    return plain


def _long_lane(lane: Any) -> Any:
    plain = _long_name(lane)
    if isinstance(plain, dict):
        plain.setdefault("kind", plain.get("key"))
        if isinstance(plain.get("cells"), Mapping):
            plain["cells"] = {
                key: {"text": cell} if isinstance(cell, str) else cell
                for key, cell in plain["cells"].items()
            }
    return plain


def _long_left_out(left: Any) -> Any:
    return {"event": left} if isinstance(left, str) else left


def _long_goal(goal: Any) -> Any:
    if isinstance(goal, str):
        return {"statement": goal}
    if isinstance(goal, Mapping):
        goal = dict(goal)
        _change(goal, "outcome", long_rule)
    return goal


def _long_case_by(case_by: Any) -> Any:
    if isinstance(case_by, str):
        return {"kind": case_by}
    if isinstance(case_by, Mapping) and "kind" not in case_by:
        kind = (
            "column" if "column" in case_by else "session" if "gap_seconds" in case_by else "person"
        )
        return {"kind": kind, **case_by}
    return case_by


def _long_name(part: Any) -> Any:
    if isinstance(part, Mapping) and isinstance(part.get("key"), str):
        key = part["key"]
        return {"key": key, "name": default_name(key)} | dict(part)
    return dict(part) if isinstance(part, Mapping) else part
