"""The parts of a journey map: stages, touchpoints, lanes and what else the document holds."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from desireline.engine.rules.ast import Rule

TouchpointKind = Literal["communication", "action"]
MapKind = Literal["as_is", "hypothesis", "to_be"]
Evidence = Literal["observed", "reported", "declared", "hypothesis", "stale"]
LaneKind = Literal[
    "think", "feel", "see", "say", "do", "pain", "gain",
    "metric", "employee", "backstage", "quote", "owner",
]  # fmt: skip


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
    alternative_to: str | None = None
    """Key of the touchpoint that this one is an alternative to: they share a place on the way."""
    not_before_seconds: float | None = None
    """Seconds since the touchpoint before, at the earliest."""
    not_after_seconds: float | None = None
    """Seconds since the touchpoint before, at the latest."""
    owner: str | None = None
    """The department that answers for it."""
    moment_of_truth: bool = False
    description: str = ""


class Stage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A large part of the way, with its touchpoints in order."""

    key: str
    name: str
    touchpoints: tuple[Touchpoint, ...]


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One square of a lane: its words, where they come from, and from how many."""

    text: str
    evidence: Evidence = "declared"
    n: int | None = None


class Lane(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row over all touchpoints; `cells` by touchpoint key."""

    key: str
    kind: LaneKind
    name: str
    cells: dict[str, Cell] = field(default_factory=dict)


class Goal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the person wants to reach, and the business outcome as a rule over events."""

    statement: str = ""
    outcome: Rule | None = None


class Persona(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A described type of customer that the map speaks of, bound to a segment by key."""

    key: str
    name: str
    segment: str | None = None


class LeftOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event type that the map leaves out on purpose, and why."""

    event: str
    reason: str = ""


def default_name(key: str) -> str:
    """The name that a key suggests: `cart_viewed` reads "Cart viewed"."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
