"""The short forms in which a caller may give rules, maps, names and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, get_args

from desireline.engine.discovery import Discovery
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.rules import Rule, unknown_names
from desireline.engine.rules import from_dict as rule_from_dict
from desireline.engine.rules import parse as rule_from_pattern
from desireline.engine.rules.builders import event
from desireline.engine.rules.errors import did_you_mean
from desireline.library.errors import NameUnknown, NotAMap, NotARule, OptionUnknown

RuleLike = Rule | str | Mapping[str, Any]
"""A rule; or the name of an event type, a path pattern (`cart -> order within 3d`), or its JSON."""

MapLike = JourneyMap | Discovery
"""A map; or what `discover` gives, for the draft in it."""

Made = TypeVar("Made")

MOST_NAMED = 12
"""Names that a hint lists."""


def as_rule(wanted: RuleLike, journeys: Journeys) -> Rule:
    """The rule that is meant, for these journeys. Raises as `Journeys.rule` says."""
    if isinstance(wanted, Mapping):
        return rule_from_dict(dict(wanted))
    if not isinstance(wanted, str):
        if type(wanted) in get_args(Rule):
            return wanted
        raise NotARule(
            f"{wanted!r} is no rule.",
            hint="Give the name of an event type, a pattern (`cart -> order within 3d`), a"
            " rule, or its JSON.",
        )
    rule = event(wanted) if wanted in journeys.code_of else rule_from_pattern(wanted)
    for unknown in unknown_names(rule, journeys):
        raise unknown_name(unknown.kind, unknown.name, journeys.events, journeys)
    return rule


def unknown_name(kind: str, name: str, known: Sequence[str], journeys: Journeys) -> NameUnknown:
    """The error that journeys have no such name, with what may be meant."""
    return NameUnknown(
        f"No {kind} is called {name!r} in {journeys.provenance.source or 'these journeys'}.",
        hint=did_you_mean(name, known) or _there_are(known),
    )


def as_map(drawn: MapLike) -> JourneyMap:
    """The map that is meant. Raises NotAMap."""
    if isinstance(drawn, Discovery):
        return drawn.journey_map
    if not isinstance(drawn, JourneyMap):
        raise NotAMap(
            f"A {type(drawn).__name__} is no journey map.",
            hint="read_map('map.yaml') reads one, and discover() drafts one.",
        )
    return drawn


def asked(make: Callable[..., Made], query: type[Made], options: Mapping[str, Any]) -> Made:
    """A query with these options. Raises OptionUnknown, and what the query raises."""
    known = [f.name for f in fields(query) if f.name not in ("steps", "anchor", "begins", "back")]  # type: ignore[arg-type]
    for name in options:
        if name not in known:
            raise OptionUnknown(
                f"There is no option {name!r}.",
                hint=f"{did_you_mean(name, known)} There are: {', '.join(known)}.".strip(),
            )
    return make(**options)


def several(names: str | Sequence[str]) -> tuple[str, ...]:
    """Names as they are, or the one name that was given alone."""
    return (names,) if isinstance(names, str) else tuple(names)


def _there_are(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return f"There are: {', '.join(names[:MOST_NAMED])}{more}."
