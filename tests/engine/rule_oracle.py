"""Rules the slow way: one event at a time, from the words of their docstrings."""

from __future__ import annotations

import datetime as dt
import math
import operator
from dataclasses import dataclass

import numpy as np
from tests.engine.factories import kept_events

from desireline.engine.journeys import Bools, Column, Journeys
from desireline.engine.rules import (
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
    matches,
)


def naive_matches(journeys: Journeys, rule: Rule) -> Bools:
    """`matches`; for a pattern the real one, which has its own oracle in test_patterns.py."""
    if isinstance(rule, Pattern):
        return matches(journeys, rule)
    out = np.zeros(len(journeys.code), np.bool_)
    for j, kept in enumerate(kept_events(journeys)):
        for i in kept:
            match rule:
                case AllOf(rules):
                    out[i] = all(naive_matches(journeys, r)[i] for r in rules)
                case AnyOf(rules):
                    out[i] = any(naive_matches(journeys, r)[i] for r in rules)
                case Not(part):
                    out[i] = not naive_matches(journeys, part)[i]
                case Count():
                    out[i] = counted(journeys, rule, kept, i)
                case Sequence():
                    out[i] = Walks.of(journeys, rule, kept).end_with((i,))
                case _:
                    out[i] = holds_at(journeys, rule, j, i)
    return out


def in_time(journeys: Journeys, first: int, last: int, within: float | None) -> bool:
    took = int(journeys.time[last]) - int(journeys.time[first])
    return within is None or took <= round(within * 1e6)


def counted(journeys: Journeys, rule: Count, kept: list[int], i: int) -> bool:
    inside = naive_matches(journeys, rule.rule)
    before = [k for k in kept if k <= i and inside[k]]
    n = sum(in_time(journeys, k, i, rule.within_seconds) for k in before)
    return bool(inside[i]) and rule.at_least <= n <= (rule.at_most or n)


@dataclass
class Walks:
    """Every way through the steps of a sequence, tried one by one."""

    journeys: Journeys
    rule: Sequence
    kept: list[int]
    steps: list[Bools]
    without: list[Bools | None]

    @classmethod
    def of(cls, journeys: Journeys, rule: Sequence, kept: list[int]) -> Walks:
        steps = [naive_matches(journeys, s.rule) for s in rule.steps]
        without = [
            None if s.without is None else naive_matches(journeys, s.without) for s in rule.steps
        ]
        return cls(journeys, rule, kept, steps, without)

    def end_with(self, walk: tuple[int, ...]) -> bool:
        """Whether some walk through all steps ends with the events `walk`."""
        s = len(self.steps) - len(walk)
        if not self.steps[s][walk[0]]:
            return False
        if s == 0:
            return in_time(self.journeys, walk[0], walk[-1], self.rule.within_seconds)
        return any(
            self.may_follow(s, k, walk[0]) and self.end_with((k, *walk))
            for k in self.kept
            if k < walk[0]
        )

    def may_follow(self, s: int, before: int, now: int) -> bool:
        without = self.without[s]
        between = [k for k in self.kept if before < k < now]
        clear = without is None or not any(without[k] for k in between)
        return clear and in_time(self.journeys, before, now, self.rule.steps[s].within_seconds)


def holds_at(journeys: Journeys, rule: Rule, j: int, i: int) -> bool:
    """Whether a rule about a single event holds at event i of journey j."""
    match rule:
        case Event(names):
            held = journeys.events[int(journeys.code[i])] in names
        case Channel(names):
            held = journeys.channels[int(journeys.channel[i])] in names
        case Actor(names):
            held = "" in names
        case Direction(names):
            held = (entry(journeys.columns.get("event.direction"), i) or "inbound") in names
        case Value(op, amount):
            known = journeys.value is not None
            held = known and compares(float(journeys.value[i]), op, amount)
        case Property(name, op, wanted):
            held = compares(entry(journeys.columns.get(name), i), op, wanted)
        case Trait(name, op, wanted):
            held = compares(entry(journeys.traits.get(name), j), op, wanted)
        case TimeOfDay():
            held = on_clock(int(journeys.time[i]), rule)
    return held


def on_clock(time: int, rule: TimeOfDay) -> bool:
    at = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=time)
    clock = f"{at:%H:%M}"
    if rule.start <= rule.stop:
        fits = rule.start <= clock < rule.stop
    else:
        fits = clock >= rule.start or clock < rule.stop
    return fits and (not rule.weekdays or f"{at:%a}".lower() in rule.weekdays)


def entry(column: Column | None, i: int) -> str | float | None:
    if column is None:
        return None
    if column.numbers is not None:
        number = float(column.numbers[i])
        return None if math.isnan(number) else number
    return column.values[column.codes[i]] if column.codes[i] >= 0 else None


def compares(held: object, op: str, wanted: object) -> bool:
    if held is None or (isinstance(held, float) and math.isnan(held)):
        return False
    if op == "exists":
        return True
    if op == "contains":
        return wanted in (f"{held:g}" if isinstance(held, float) else held)
    if op == "in":
        return any(compares(held, "eq", w) for w in wanted)
    return ordered(held, op, wanted)


def ordered(held: object, op: str, wanted: object) -> bool:
    if isinstance(held, str) and isinstance(wanted, bool):
        truth = {"true": True, "1": True, "false": False, "0": False}
        return held in truth and getattr(operator, op)(truth[held], wanted)
    if isinstance(held, str) != isinstance(wanted, str):
        try:
            held, wanted = float(held), float(wanted)
        except ValueError:
            return op == "ne"
    return getattr(operator, op)(held, wanted)
