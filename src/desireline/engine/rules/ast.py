"""Rules: typed predicates over events, such as "this event is that touchpoint".

A rule holds *at events*. Most rules look at one event (`Event`, `Property`, `Channel`, `Actor`,
`Direction`, `Value`, `TimeOfDay`); some look back over the journey and hold at the event that
completes what they ask for (`Sequence`, `Count`, `Pattern`); `Trait` holds at every event of its
journeys. Events that a filter has masked out never match and are passed over by rules that look
back.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from desireline.engine.rules.tree import PatternTree

Comparison: TypeAlias = Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "contains", "exists"]
Order: TypeAlias = Literal["eq", "ne", "lt", "le", "gt", "ge"]
Way: TypeAlias = Literal["inbound", "outbound", "internal"]
WAYS: tuple[Way, ...] = ("inbound", "outbound", "internal")
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Single: TypeAlias = str | int | float | bool
Given: TypeAlias = Single | tuple[Single, ...] | None
Clock: TypeAlias = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Seconds: TypeAlias = Annotated[float, Meta(ge=0, le=1e11)]
Names: TypeAlias = Annotated[tuple[str, ...], Meta(min_length=1)]


class Node(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
):
    """What every rule can do: `a & b`, `a | b`, `~a`."""

    def __and__(self, other: Rule) -> AllOf:
        return AllOf((*_parts(self, AllOf), *_parts(other, AllOf)))

    def __or__(self, other: Rule) -> AnyOf:
        return AnyOf((*_parts(self, AnyOf), *_parts(other, AnyOf)))

    def __invert__(self) -> Not:
        return Not(self)  # type: ignore[arg-type]  # every Node that is made is a Rule


class Event(Node, frozen=True, tag="event", rename={"names": "in"}):
    """The event's type is one of these names."""

    names: Names


class Property(Node, frozen=True, tag="property"):
    """A property of the event compares so with a value.

    `in` takes a list; `contains` looks for text within text, whatever the case; `exists` takes no
    value. An event without the property matches no comparison, not even `ne`: say `not` for that.
    Text that reads as a number compares as a number with a number, else as text.
    """

    name: str
    op: Comparison
    value: Given = None

    def __post_init__(self) -> None:
        check_value(self.op, self.value)


class Trait(Node, frozen=True, tag="trait"):
    """A trait of the journey compares so with a value; holds at every event of the journey."""

    name: str
    op: Comparison
    value: Given = None

    def __post_init__(self) -> None:
        check_value(self.op, self.value)


class Channel(Node, frozen=True, tag="channel", rename={"names": "in"}):
    """The event came through one of these channels; the empty name is the unknown channel."""

    names: Names


class Actor(Node, frozen=True, tag="actor", rename={"names": "in"}):
    """One of these actors acted; the empty name is the unknown actor."""

    names: Names


class Direction(Node, frozen=True, tag="direction", rename={"names": "in"}):
    """The event came from the customer (`inbound`), went to her (`outbound`), or neither.

    Where nobody says a direction, it is inbound, as the log takes it.
    """

    names: Annotated[tuple[Way, ...], Meta(min_length=1)]


class Value(Node, frozen=True, tag="value"):
    """The event's value (money, a score) compares so; an event without a value never matches."""

    op: Order
    value: float


class TimeOfDay(Node, frozen=True, tag="time_of_day", rename={"start": "from", "stop": "to"}):
    """The clock stands at `from` or later and before `to`, on one of `weekdays` (none: all).

    The clock is UTC plus `utc_offset_minutes`. Where `from` is later than `to`, the span goes over
    midnight, and the weekday is that of the event, not that of the evening before.
    """

    start: Clock = "00:00"
    stop: Clock = "24:00"
    weekdays: tuple[Weekday, ...] = ()
    utc_offset_minutes: Annotated[int, Meta(ge=-1440, le=1440)] = 0


class AllOf(Node, frozen=True, tag="all"):
    """Every one of the rules holds at the event; without rules, at every event."""

    rules: tuple[Rule, ...]


class AnyOf(Node, frozen=True, tag="any"):
    """At least one of the rules holds at the event; without rules, at none."""

    rules: tuple[Rule, ...]


class Not(Node, frozen=True, tag="not"):
    """The rule does not hold at the event."""

    rule: Rule


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step of a sequence.

    At most `within_seconds` after the step before, with no event strictly between the two at which
    `without` holds. On the first step both say nothing and are refused.
    """

    rule: Rule
    within_seconds: Seconds | None = None
    without: Rule | None = None


class Sequence(Node, frozen=True, tag="sequence"):
    """The steps in this order, each at a later event of the journey, others allowed in between.

    Holds at each event that completes the last step. `within_seconds` is from the first step to the
    last. Equal times stand in sequence order, so they count as later.
    """

    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=16)]
    within_seconds: Seconds | None = None

    def __post_init__(self) -> None:
        first = self.steps[0]
        if first.within_seconds is not None or first.without is not None:
            raise ValueError("the first step has no step before it: leave out within and without")


class Count(Node, frozen=True, tag="count"):
    """The rule holds at this event for the `at_least`th to the `at_most`th time in the journey.

    So `at_least` 3 holds at the third and at every later match; with `at_most` 3 as well, at the
    third alone. With `within_seconds`, only matches that long before this event, or less, count.
    """

    rule: Rule
    at_least: Annotated[int, Meta(ge=1)] = 1
    at_most: Annotated[int, Meta(ge=1)] | None = None
    within_seconds: Seconds | None = None

    def __post_init__(self) -> None:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError("`at_most` is less than `at_least`")


class Pattern(Node, frozen=True, tag="pattern"):
    """The journey walks the tree: see docs/patterns.md. Holds at each event that completes a walk.

    A walk is a run of events directly after one another, at least one, from first to last at most
    `within_seconds`. `from_start`: it begins with the journey. `to_end`: it ends with the journey.
    """

    tree: PatternTree
    within_seconds: Seconds | None = None
    from_start: bool = False
    to_end: bool = False


Rule: TypeAlias = (
    Event
    | Property
    | Channel
    | Actor
    | Direction
    | Value
    | TimeOfDay
    | AllOf
    | AnyOf
    | Not
    | Sequence
    | Count
    | Trait
    | Pattern
)


def check_value(op: str, value: Given) -> None:
    """Nothing, if `value` is of the form that `op` takes. Raises ValueError with a sentence."""
    if op == "exists":
        fits, form = value is None, "no value"
    elif op == "in":
        fits, form = isinstance(value, tuple) and len(value) > 0, "a list of values"
    elif op == "contains":
        fits, form = isinstance(value, str), "a text"
    else:
        fits, form = value is not None and not isinstance(value, tuple), "one value"
    if not fits:
        raise ValueError(f"`{op}` takes {form} in `value`")


def _parts(rule: Node, kind: type[AllOf | AnyOf]) -> tuple[Rule, ...]:
    return rule.rules if isinstance(rule, kind) else (rule,)  # type: ignore[return-value]
