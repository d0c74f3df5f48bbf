"""Short ways to write rules in Python: `event("cart") & channel("web")`, `~event("bot")`."""

from __future__ import annotations

from collections.abc import Iterable

from desireline.engine.rules.ast import (
    Actor,
    Channel,
    Comparison,
    Count,
    Direction,
    Event,
    Given,
    Order,
    Property,
    Rule,
    Sequence,
    Step,
    Trait,
    Value,
    Way,
)


def event(*names: str) -> Event:
    """A rule: the event's type is one of `names`."""
    return Event(names)


def channel(*names: str) -> Channel:
    """A rule: the event came through one of these channels."""
    return Channel(names)


def actor(*names: str) -> Actor:
    """A rule: one of these actors acted."""
    return Actor(names)


def direction(*names: Way) -> Direction:
    """A rule: the event was inbound, outbound or internal, one of these."""
    return Direction(names)


def prop(name: str, op: Comparison, value: Given | list[str] | list[float] = None) -> Property:
    """A rule: the property `name` of the event compares so with `value`."""
    return Property(name, op, tuple(value) if isinstance(value, list) else value)


def trait(name: str, op: Comparison, value: Given | list[str] | list[float] = None) -> Trait:
    """A rule: the trait `name` of the journey compares so with `value`."""
    return Trait(name, op, tuple(value) if isinstance(value, list) else value)


def value(op: Order, amount: float) -> Value:
    """A rule: the event's value compares so with `amount`."""
    return Value(op, amount)


def sequence(*steps: Rule | Step, within_seconds: float | None = None) -> Sequence:
    """A rule: the steps in this order; `then` makes a step that has a limit."""
    made = (s if isinstance(s, Step) else Step(s) for s in steps)
    return Sequence(tuple(made), within_seconds)


def then(rule: Rule, *, within_seconds: float | None = None, without: Rule | None = None) -> Step:
    """A step of a sequence: at most so long after the step before, nothing of `without` between."""
    return Step(rule, within_seconds, without)


def count(
    rule: Rule,
    *,
    at_least: int = 1,
    at_most: int | None = None,
    within_seconds: float | None = None,
) -> Count:
    """A rule: `rule` holds for the `at_least`th to `at_most`th time."""
    return Count(rule, at_least, at_most, within_seconds)


def events(names: Iterable[str]) -> Event:
    """A rule: the event's type is one of `names`, from any iterable."""
    return Event(tuple(names))
