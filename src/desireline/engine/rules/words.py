"""A rule in words that a shop owner understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from desireline.engine.rules.ast import (
    Actor,
    AllOf,
    AnyOf,
    Channel,
    Count,
    Direction,
    Event,
    Given,
    Not,
    Pattern,
    Property,
    Rule,
    Sequence,
    Step,
    TimeOfDay,
    Trait,
    Value,
)
from desireline.engine.rules.printing import duration, to_text

COMPARED = {
    "eq": "is",
    "ne": "is not",
    "lt": "is below",
    "le": "is at most",
    "gt": "is above",
    "ge": "is at least",
    "in": "is one of",
    "contains": "contains",
}
UNITS = ((7 * 86400, "week"), (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def in_words(rule: Rule) -> str:
    """A fragment of an English sentence: "cart or order, through web, whose value is above 50"."""
    return WORDS[type(rule)](rule)


def _all(rule: AllOf) -> str:
    return ", ".join(_bracketed(r) for r in rule.rules) or "any event"


def _any(rule: AnyOf) -> str:
    return " or ".join(_bracketed(r) for r in rule.rules) or "no event"


def _sequence(rule: Sequence) -> str:
    within = rule.within_seconds
    limit = "" if within is None else f", all within {long_duration(within)}"
    return ", then ".join(_step(s) for s in rule.steps) + limit


def _named(names: Iterable[str], unknown: str) -> str:
    return _listed((name or unknown for name in names), "or")


def _bracketed(rule: Rule) -> str:
    words = in_words(rule)
    parts = rule.rules if isinstance(rule, AllOf | AnyOf) else ()
    return f"({words})" if len(parts) > 1 or isinstance(rule, Sequence | Count) else words


def _step(step: Step) -> str:
    within = "" if step.within_seconds is None else f"within {long_duration(step.within_seconds)} "
    without = "" if step.without is None else f" without {_bracketed(step.without)} in between"
    return f"{within}{_bracketed(step.rule)}{without}"


def _counted(count: Count) -> str:
    low, high = count.at_least, count.at_most
    if high is None:
        times = f"for the {ordinal(low)} time or later"
    elif high == low:
        times = f"for the {ordinal(low)} time"
    else:
        times = f"for the {ordinal(low)} to {ordinal(high)} time"
    limit = "" if count.within_seconds is None else f" within {long_duration(count.within_seconds)}"
    return f"{_bracketed(count.rule)} {times}{limit}"


def _clock(rule: TimeOfDay) -> str:
    days = f" on {_listed((d.capitalize() for d in rule.weekdays), 'or')}" if rule.weekdays else ""
    minutes = rule.utc_offset_minutes
    sign = "-" if minutes < 0 else "+"
    hours = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else ""
    return f"between {rule.start} and {rule.stop}{days} (UTC{hours})"


def _compared(op: str, held: Given) -> str:
    if op == "exists":
        return "is known"
    shown = _listed(map(_shown, held), "or") if isinstance(held, tuple) else _shown(held)
    return f"{COMPARED[op]} {shown}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _listed(names: Iterable[str], word: str) -> str:
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def ordinal(n: int) -> str:
    """The number as it stands in a row: 1st, 2nd, 3rd, 11th."""
    small = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if n % 100 in {11, 12, 13} else small.get(n % 10, "th")
    return f"{n}{ending}"


def long_duration(seconds: float) -> str:
    """The duration in its largest whole unit: "3 days", "90 minutes", "1.5 seconds"."""
    for size, unit in UNITS:
        if seconds >= size and seconds % size == 0:
            n = int(seconds // size)
            return f"{n} {unit}{'' if n == 1 else 's'}"
    return f"{duration(seconds).removesuffix('s')} seconds"


TO_WHOM = {
    "inbound": "from the customer",
    "outbound": "to the customer",
    "internal": "inside the company",
}
WORDS: dict[type, Callable[[Any], str]] = {
    Event: lambda rule: _listed(rule.names, "or"),
    Channel: lambda rule: f"through {_named(rule.names, 'an unknown channel')}",
    Actor: lambda rule: f"by {_named(rule.names, 'an unknown actor')}",
    Direction: lambda rule: _listed((TO_WHOM[name] for name in rule.names), "or"),
    Property: lambda rule: f"whose {rule.name} {_compared(rule.op, rule.value)}",
    Trait: lambda rule: f"of a journey whose {rule.name} {_compared(rule.op, rule.value)}",
    Value: lambda rule: f"whose value {_compared(rule.op, rule.value)}",
    TimeOfDay: _clock,
    AllOf: _all,
    AnyOf: _any,
    Not: lambda rule: f"not {_bracketed(rule.rule)}",
    Sequence: _sequence,
    Count: _counted,
    Pattern: lambda rule: f"the walk {to_text(rule)}",
}
"""How each kind of rule is told."""
