"""What a rule speaks of: its event types, channels, actors, properties and traits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desireline.engine.journeys import Journeys
from desireline.engine.rules.ast import (
    WAYS,
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
    Trait,
)
from desireline.engine.rules.errors import close_to
from desireline.engine.rules.tree import One, PatternTree, Repeat

Kind: TypeAlias = Literal["event", "channel", "actor", "direction", "property", "trait"]
DIRECTION = "event.direction"
"""The column of directions, which only those hold whom a rule asks for them; a file's own column is
called `direction`."""
SOURCE = "event.source"
"""The property of events of the log which says by which source, or write key, they came."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name in a rule that the log does not have, and names of the log that are close to it."""

    kind: Kind
    name: str
    close: tuple[str, ...] = ()


def inner(rule: Rule) -> tuple[Rule, ...]:
    """The rules directly inside `rule`, in the order in which they are written."""
    match rule:
        case AllOf(rules) | AnyOf(rules):
            return rules
        case Not(part) | Count(part):
            return (part,)
        case Sequence(steps):
            both = ((step.rule, step.without) for step in steps)
            return tuple(part for pair in both for part in pair if part is not None)
        case _:
            return ()


def names_in(rule: Rule) -> Iterator[tuple[Kind, str]]:
    """Every name that the rule and the rules inside it speak of, with what it names."""
    match rule:
        case Event(names):
            yield from (("event", name) for name in names)
        case Channel(names):
            yield from (("channel", name) for name in names if name)
        case Actor(names):
            yield from (("actor", name) for name in names if name)
        case Direction(names):
            yield from (("direction", name) for name in names)
        case Property(name):
            yield "property", name
        case Trait(name):
            yield "trait", name
        case Pattern(tree):
            yield from (("event", name) for name in tree_names(tree))
        case _:
            for part in inner(rule):
                yield from names_in(part)


def tree_names(tree: PatternTree) -> Iterator[str]:
    """Every event type that a pattern's tree names, as often as it is written."""
    if isinstance(tree, One):
        yield from tree.names
    elif isinstance(tree, Repeat):
        yield from tree_names(tree.part)
    else:
        for part in tree.parts:
            yield from tree_names(part)


def columns_of(rule: Rule) -> frozenset[str]:
    """The columns that must be read so that the rule can be answered: properties, directions."""
    named = tuple(names_in(rule))
    directed = {DIRECTION} if any(kind == "direction" for kind, _ in named) else set()
    return frozenset({name for kind, name in named if kind == "property"} | directed)


def traits_of(rule: Rule) -> frozenset[str]:
    """The traits of journeys that must be read so that the rule can be answered."""
    return frozenset(name for kind, name in names_in(rule) if kind == "trait")


def known_names(journeys: Journeys) -> dict[Kind, tuple[str, ...]]:
    """What a rule may speak of in these journeys."""
    return {
        "event": journeys.events,
        "channel": journeys.channels,
        "actor": journeys.actors,
        "direction": WAYS,
        "property": tuple(journeys.columns),
        "trait": tuple(journeys.traits),
    }


def unknown_names(rule: Rule, journeys: Journeys) -> tuple[UnknownName, ...]:
    """What the rule speaks of and the log does not have: each such part matches nothing.

    A rule may be written before its first event arrives, so this is for a face to warn of.
    """
    return unknown_among(rule, known_names(journeys))


def unknown_among(rule: Rule, known: Mapping[Kind, tuple[str, ...]]) -> tuple[UnknownName, ...]:
    """The same, where the names of the log are known without its journeys."""
    asked = dict.fromkeys(names_in(rule))
    return tuple(
        UnknownName(kind, name, close_to(name, known[kind]))
        for kind, name in asked
        if name not in known[kind]
    )
