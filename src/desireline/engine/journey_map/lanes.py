"""Lanes and their cells: what each kind of lane may hold stands in one table, `LANE_KINDS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

Evidence = Literal["observed", "reported", "declared", "hypothesis", "stale"]
LaneKind = Literal[
    "text", "rich_text", "image", "think", "feel", "see", "say", "do", "quote", "emotion",
    "channel", "pain", "gain", "opportunity", "metric", "owner", "employee", "employee_emotion",
    "backstage", "system", "third_party",
]  # fmt: skip
Score = Annotated[int, Meta(ge=1, le=5)]
"""From 1, little, to 5, much."""


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One square of a lane: its words, where they come from, and from how many.

    The fields after `n` stand only in lanes of a kind that takes them (`LANE_KINDS`); one that a
    cell has not is left out of the document, so that a map of 60 touchpoints and 15 lanes stays
    small.
    """

    text: str = ""
    evidence: Evidence = "declared"
    n: int | None = None
    value: float | UnsetType = UNSET
    """A number: an emotion from -2 to 2, how bad a pain is from 1 to 5, a metric."""
    unit: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    """Address of a picture; `text` says what it shows."""
    channels: tuple[str, ...] | UnsetType = UNSET
    source: str | UnsetType = UNSET
    """Who said it, or where it was said."""
    said_at: str | UnsetType = UNSET
    """When, as ISO 8601."""
    actor: str | UnsetType = UNSET
    """Key of an actor of the map, or the name of somebody who is none."""
    effort: Score | UnsetType = UNSET
    customer_value: Score | UnsetType = UNSET
    business_value: Score | UnsetType = UNSET


class Lane(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row over all touchpoints; `cells` by touchpoint key."""

    key: str
    kind: LaneKind
    name: str
    cells: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaneForm:
    """What a kind of lane is called, whose side it shows, and what its cells hold."""

    name: str
    group: Literal["customer", "experience", "figures", "company"]
    takes: tuple[str, ...] = ()
    """Fields of a cell beside text, evidence and n."""
    lowest: float | None = None
    highest: float | None = None
    """Bounds of `value`."""
    marked_up: bool = False
    """The text is Markdown."""


SCORES = ("effort", "customer_value", "business_value")
LANE_KINDS: Mapping[LaneKind, LaneForm] = {
    "text": LaneForm("Text", "customer"),
    "rich_text": LaneForm("Rich text", "customer", marked_up=True),
    "image": LaneForm("Picture", "customer", ("image",)),
    "think": LaneForm("Think", "customer"),
    "feel": LaneForm("Feel", "customer"),
    "see": LaneForm("See", "customer", ("image",)),
    "say": LaneForm("Say", "customer"),
    "do": LaneForm("Do", "customer"),
    "quote": LaneForm("Quote", "experience", ("source", "said_at", "channels")),
    "emotion": LaneForm("Emotion", "experience", ("value",), -2, 2),
    "channel": LaneForm("Channel", "customer", ("channels",)),
    "pain": LaneForm("Pain", "experience", ("value", "source"), 1, 5),
    "gain": LaneForm("Gain", "experience", ("value", "source"), 1, 5),
    "opportunity": LaneForm("Opportunity", "experience", ("actor", *SCORES)),
    "metric": LaneForm("Metric", "figures", ("value", "unit")),
    "owner": LaneForm("Owner", "company", ("actor",)),
    "employee": LaneForm("Employee process", "company", ("actor",)),
    "employee_emotion": LaneForm("Employee emotion", "company", ("value", "actor"), -2, 2),
    "backstage": LaneForm("Backstage", "company", ("actor",)),
    "system": LaneForm("System", "company", ("actor",)),
    "third_party": LaneForm("Third party", "company", ("actor",)),
}
FREE = frozenset({"text", "evidence", "n"})
"""Fields of a cell that every kind of lane takes."""


def strange_fields(cell: Cell, form: LaneForm) -> list[str]:
    """The fields that the cell has and its kind of lane does not take, in their order."""
    fields = msgspec.structs.fields(cell)
    return [
        f.name
        for f in fields
        if f.name not in FREE and f.name not in form.takes and getattr(cell, f.name) != f.default
    ]


def lane_kinds() -> dict[str, Any]:
    """The table as plain data, as the browser has it."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(LANE_KINDS))
    return plain
