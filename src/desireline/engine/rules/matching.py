"""Where a rule holds: one bool for each event of the arrays of some journeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64, MICROSECONDS, Bools, Codes, Journeys
from desireline.engine.kernels.rules import count_reached, sequence_ends, standing_clock
from desireline.engine.rules.ast import (
    WEEKDAYS,
    Actor,
    AllOf,
    AnyOf,
    Channel,
    Count,
    Direction,
    Event,
    Not,
    Pattern,
    Property,
    Rule,
    Sequence,
    TimeOfDay,
    Trait,
    Value,
)
from desireline.engine.rules.comparing import ORDERS, compared
from desireline.engine.rules.names import DIRECTION, inner
from desireline.engine.rules.walking import walk_ends

ALWAYS = np.iinfo(np.int64).max
FEW = 8
DAY = 86_400 * MICROSECONDS


def matches(journeys: Journeys, rule: Rule) -> Bools:
    """Where `rule` holds, one bool for each event of the arrays of `journeys`.

    False outside the journeys that a shard covers and at events that a filter excludes.
    """
    scope = Scope(journeys)
    out = np.zeros(len(journeys.code), np.bool_)
    out[scope.part] = scope.seen(rule)
    return out


def holds_for_journey(journeys: Journeys, rule: Rule) -> Bools:
    """For which journeys the rule holds, one bool a journey: at any event of the journey.

    `not` asks for journeys in which the rule holds at no event. `all` and `any` that contain a rule
    about the journey (sequence, count, pattern, trait) combine the answers for the journey, else
    they speak of one and the same event. A journey that a filter excludes is False.
    """
    kept = journeys.keep_journey
    held = _held(journeys, rule)
    return held if kept is None else held & kept


def _held(journeys: Journeys, rule: Rule) -> Bools:
    match rule:
        case Not(part):
            return ~_held(journeys, part)
        case AllOf(rules) if _of_journey(rule):
            return reduce(np.logical_and, (_held(journeys, r) for r in rules))
        case AnyOf(rules) if _of_journey(rule):
            return reduce(np.logical_or, (_held(journeys, r) for r in rules))
        case _:
            found = np.flatnonzero(matches(journeys, rule))
            held: Bools = np.zeros(len(journeys), np.bool_)
            held[np.searchsorted(journeys.offset, found, "right") - 1] = True
            return held


def _of_journey(rule: Rule) -> bool:
    looks_back = isinstance(rule, Sequence | Count | Pattern | Trait)
    return looks_back or any(_of_journey(r) for r in inner(rule))


def event_table(rule: Rule, events: tuple[str, ...]) -> Bools | None:
    """One bool for each event type, if the rule looks at nothing else; else None."""
    match rule:
        case Event(names):
            wanted = frozenset(names)
            return np.array([name in wanted for name in events], np.bool_)
        case Not(part):
            table = event_table(part, events)
            return None if table is None else ~table
        case AllOf(rules) | AnyOf(rules):
            tables = [event_table(r, events) for r in rules]
            known = [t for t in tables if t is not None]
            if len(known) < len(tables):
                return None
            every = isinstance(rule, AllOf)
            start = np.full(len(events), every, np.bool_)
            return reduce(np.logical_and if every else np.logical_or, known, start)
        case _:
            return None


def microseconds(seconds: float | None) -> int:
    """A limit in microseconds; without one, longer than any journey."""
    return ALWAYS if seconds is None else round(seconds * MICROSECONDS)


def clock_of(journeys: Journeys) -> I64:
    """The time of each event; where `order` columns let time run back, it stands still instead."""
    if journeys.ordered_by_time:
        return journeys.time
    clock = journeys.time.copy()
    standing_clock(journeys.offset, journeys.time, clock)
    return clock


@dataclass(frozen=True)
class Scope:
    """The events that some journeys cover; every answer has one bool for each of them."""

    journeys: Journeys

    @cached_property
    def part(self) -> slice:
        """Where the covered events stand in the arrays."""
        return slice(int(self.journeys.offset[0]), int(self.journeys.offset[-1]))

    @cached_property
    def visible(self) -> Bools | None:
        """The events that a filter leaves; None where there is no filter."""
        mask = self.journeys.mask
        if mask is None:
            return None
        return mask.event[self.part] & self.spread(mask.journey)

    def spread(self, of_journeys: Bools) -> Bools:
        """An answer for each journey, at each of its events."""
        return np.repeat(of_journeys, np.diff(self.journeys.offset))

    def seen(self, rule: Rule) -> Bools:
        """Where the rule holds, at events that a filter leaves."""
        held = self.held(rule)
        return held if self.visible is None else held & self.visible

    def held(self, rule: Rule) -> Bools:
        """Where the rule holds; of no meaning at events that a filter excludes."""
        table = event_table(rule, self.journeys.events)
        if table is not None:
            return _looked_up(table, self.journeys.code[self.part])
        return HELD[type(rule)](self, rule)

    def all_of(self, rule: AllOf) -> Bools:
        """Where all the rules hold."""
        return reduce(np.logical_and, (self.held(r) for r in rule.rules))

    def any_of(self, rule: AnyOf) -> Bools:
        """Where at least one of the rules holds."""
        return reduce(np.logical_or, (self.held(r) for r in rule.rules))

    def property(self, rule: Property) -> Bools:
        """Where the property compares so; nowhere, if it was not read."""
        column = self.journeys.columns.get(rule.name)
        return self.none() if column is None else compared(column, rule, self.part)

    def trait(self, rule: Trait) -> Bools:
        """At every event of the journeys whose trait compares so; nowhere, if it was not read."""
        column = self.journeys.traits.get(rule.name)
        return self.none() if column is None else self.spread(compared(column, rule, slice(None)))

    def value(self, rule: Value) -> Bools:
        """Where the value compares so, in the float32 in which values are held."""
        if self.journeys.value is None:
            return self.none()
        value = self.journeys.value[self.part]
        fits: Any = ORDERS[rule.op](value, np.float32(rule.value))
        return np.asarray(fits & ~np.isnan(value), np.bool_)

    def none(self) -> Bools:
        """False at every event."""
        return np.zeros(self.part.stop - self.part.start, np.bool_)

    def named(
        self, codes: NDArray[np.uint8] | None, known: tuple[str, ...], names: tuple[str, ...]
    ) -> Bools:
        """Where a channel or actor is one of `names`; a log without them has all unknown."""
        if codes is None:
            return np.full(self.part.stop - self.part.start, "" in names, np.bool_)
        return np.array([name in names for name in known], np.bool_).take(codes[self.part])

    def direction(self, rule: Direction) -> Bools:
        """Where the direction is one of these; where nobody says one, it is inbound."""
        columns, is_usual = self.journeys.columns, "inbound" in rule.names
        column = columns.get(DIRECTION) or columns.get("direction")
        if column is None:
            return np.full(self.part.stop - self.part.start, is_usual, np.bool_)
        held = compared(column, Property(DIRECTION, "in", rule.names), self.part)
        said = compared(column, Property(DIRECTION, "exists"), self.part)
        return held | ~said if is_usual else held

    def sequence(self, rule: Sequence) -> Bools:
        """At each event that completes the steps."""
        steps = rule.steps
        n = self.part.stop - self.part.start
        step, without = np.zeros((2, n, len(steps)), np.bool_)
        for s, one in enumerate(steps):
            step[:, s] = self.seen(one.rule)
            if one.without is not None:
                without[:, s] = self.seen(one.without)
        within = np.array([microseconds(s.within_seconds) for s in steps], np.int64)
        window = microseconds(rule.within_seconds)
        out = np.zeros(len(self.journeys.code), np.bool_)
        clock = clock_of(self.journeys)
        sequence_ends(self.journeys.offset, clock, step, without, within, window, out)
        return out[self.part]

    def count(self, rule: Count) -> Bools:
        """At each match that is among those asked for."""
        out = np.zeros(len(self.journeys.code), np.bool_)
        count_reached(
            self.journeys.offset,
            clock_of(self.journeys),
            self.seen(rule.rule),
            rule.at_least,
            ALWAYS if rule.at_most is None else rule.at_most,
            microseconds(rule.within_seconds),
            out,
        )
        return out[self.part]


def _looked_up(table: Bools, codes: Codes) -> Bools:
    """`table[codes]`; few types are compared one by one (5 M events: 2 ms each, not 30 ms)."""
    wanted = np.flatnonzero(table)
    if len(wanted) > FEW:
        return table.take(codes)
    out: Bools = np.zeros(len(codes), np.bool_)
    for code in wanted:
        out |= codes == code
    return out


def _on_clock(time: I64, rule: TimeOfDay) -> Bools:
    local = time + rule.utc_offset_minutes * 60 * MICROSECONDS
    day, clock = np.divmod(local, DAY)
    start, stop = _of_day(rule.start), _of_day(rule.stop)
    after, before = clock >= start, clock < stop
    fits: Bools = after & before if start <= stop else after | before
    if rule.weekdays:
        wanted = np.array([name in rule.weekdays for name in WEEKDAYS], np.bool_)
        fits &= wanted[(day + 3) % 7]  # 1970-01-01 was a Thursday
    return fits


def _of_day(clock: str) -> int:
    hours, minutes = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60 * MICROSECONDS


HELD: dict[type, Callable[[Scope, Any], Bools]] = {
    AllOf: Scope.all_of,
    AnyOf: Scope.any_of,
    Not: lambda scope, rule: ~scope.held(rule.rule),
    Channel: lambda s, rule: s.named(s.journeys.channel, s.journeys.channels, rule.names),
    Actor: lambda s, rule: s.named(s.journeys.actor, s.journeys.actors, rule.names),
    Direction: Scope.direction,
    Property: Scope.property,
    Trait: Scope.trait,
    Value: Scope.value,
    TimeOfDay: lambda s, rule: _on_clock(s.journeys.time[s.part], rule),
    Sequence: Scope.sequence,
    Count: Scope.count,
    Pattern: lambda s, rule: walk_ends(s.journeys, clock_of(s.journeys), rule, s.visible),
}
"""How each kind of rule is answered; one that looks at the event type alone never comes here."""
