"""The parts of a journey map: stages, touchpoints and what else the document holds beside lanes."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from desireline.engine.journey_map.lanes import Score
from desireline.engine.rules.ast import AnyOf, Rule

TouchpointKind = Literal["communication", "action"]
MapKind = Literal["as_is", "hypothesis", "to_be"]
Scope = Literal["life_cycle", "task"]
ActorKind = Literal["person", "employee", "department", "system", "partner", "public_office"]
NO_EVENT: Final = AnyOf(())
"""The rule of a touchpoint that nobody has bound to events yet."""


class MomentOfTruth(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a touchpoint decides: how much to whom, and how far that is confirmed."""

    to_customer: Score | None = None
    to_company: Score | None = None
    status: Literal["nominated", "confirmed", "refuted", "undecided"] = "nominated"
    reason: str = ""


class DepartmentGoal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a department wants of a touchpoint, and whose goals that stands against."""

    department: str
    statement: str
    metric: str | None = None
    direction: Literal["up", "down"] | None = None
    """Which way the metric should go."""
    against: tuple[str, ...] = ()
    """Departments whose goals this one hinders."""


class Touchpoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The smallest designed step: which events it is (`rule`), by whom, to whom, when."""

    key: str
    name: str
    kind: TouchpointKind = "action"
    rule: Rule
    channel: str | None = None
    initiator: str | None = None
    recipient: str | None = None
    optional: bool = False
    repeatable: bool = False
    milestone: bool = False
    """Whether progress is told by it: the funnel goes from milestone to milestone."""
    alternative_to: str | None = None
    """Key of the touchpoint that this one is an alternative to: they share a place on the way."""
    not_before_seconds: float | None = None
    """Seconds since the touchpoint before, at the earliest."""
    not_after_seconds: float | None = None
    """Seconds since the touchpoint before, at the latest."""
    failed_when: Rule | None = None
    """Which of its events say that it failed: a payment that was declined."""
    owner: str | None = None
    """The department that answers for it."""
    goals: tuple[DepartmentGoal, ...] = ()
    moment_of_truth: MomentOfTruth | None = None
    description: str = ""


class Stage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A large part of the way, with its touchpoints in order."""

    key: str
    name: str
    touchpoints: tuple[Touchpoint, ...] = ()
    any_order: bool = False
    """Whether its touchpoints may come in any order; else they come as they stand here."""


class Goal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the person wants to reach, and the business outcome as a rule over events."""

    statement: str = ""
    outcome: Rule | None = None


class Persona(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A described type of customer that the map speaks of, bound to a segment by key or by rule."""

    key: str
    name: str
    segment: str | None = None
    rule: Rule | None = None
    """Which persons are meant: those for whose journey it holds."""


class Actor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who acts on the map beside the customer; touchpoints and cells name them by key."""

    key: str
    name: str
    kind: ActorKind = "department"
    description: str = ""


class Parent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The map that this one shows a part of in detail, and which part."""

    map: str
    touchpoint: str | None = None
    """Key of a touchpoint or stage of that map."""


class Note(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sticky note: words on the canvas that may grow into a touchpoint."""

    key: str
    text: str
    x: float = 0.0
    y: float = 0.0
    colour: Literal["yellow", "green", "blue", "pink"] = "yellow"


class LeftOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event type that the map leaves out on purpose, and why."""

    event: str
    reason: str = ""


def default_name(key: str) -> str:
    """The name that a key suggests: `cart_viewed` reads "Cart viewed"."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
