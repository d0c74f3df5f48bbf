"""What a timeline is made of: events, visits that fold many of them, links of identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from desireline.log.envelope import NO_STEPS
from desireline.log.following import Logged
from desireline.modules.people.departments import department_of

MINUTE = 60_000_000
VISIT_GAP = 30 * MINUTE
"""A visit ends when nothing was looked at for so long; as long as most tools of the web say."""
LOOKED = frozenset(
    (
        *("page_viewed", "page_read", "screen_viewed", "element_clicked", "product_viewed"),
        *("product_clicked", "product_list_viewed", "products_searched", "cart_viewed"),
    )
)
"""Types of events that a visit folds, beside all pages and screens."""
PERSONS = ("", "person", "customer", "user", "visitor")
"""Actors that are the person; without one it is most likely so."""
VISITED = ("web", "app", "")
"""Channels that are visited; events without a channel are most likely of the web."""

Key: TypeAlias = tuple[int, int]
"""Where something stands on a timeline: its time, and the position of its event in the log.

A link of identifiers has no position: it has the number of the link, below zero.
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a person, its JSON read."""

    row: Logged
    properties: Mapping[str, Any]
    context: Mapping[str, Any]

    @classmethod
    def of(cls, row: Logged) -> Happening:
        """The event of a row of the log."""
        return cls(row, _json(row.properties), _json(row.context))

    @property
    def key(self) -> Key:
        """Its place on the timeline."""
        return self.row.at, self.row.position

    @property
    def other(self) -> int | None:
        """Of a merge, and where one is undone: the other subject."""
        told = None if self.is_step else self.properties.get("other")
        return told if isinstance(told, int) else None

    @property
    def department(self) -> str:
        """Marketing, sales or service; empty where it is no step."""
        return department_of(self.row.type, self.row.channel, self.properties)

    @property
    def is_own(self) -> bool:
        """Whether the person did it, not we, and not a machine of ours."""
        return self.row.direction == "inbound" and self.row.actor.lower() in PERSONS

    @property
    def is_step(self) -> bool:
        """Whether something happened, and not only our knowledge of the person changed."""
        return self.row.type not in NO_STEPS

    @property
    def is_naming(self) -> bool:
        """Whether it only tells who somebody is."""
        return self.row.kind in ("identify", "group", "alias")

    @property
    def of_herself(self) -> Mapping[str, Any]:
        """What it tells of who she is, by name."""
        traits = self.context.get("traits")
        inner = traits if isinstance(traits, dict) else {}
        return {**inner, **self.properties} if self.is_naming else inner

    @property
    def is_looking(self) -> bool:
        """Whether a visit folds it: nothing was done but to look."""
        if self.row.channel not in VISITED:
            return False
        return self.row.kind in ("page", "screen") or self.row.type in LOOKED


@dataclass(slots=True)
class Visit:
    """What was looked at on one channel without a long rest: one entry of the timeline."""

    channel: str
    looks: list[Happening] = field(default_factory=list)
    """In the order in which they were met: rising or falling in time."""
    is_open: bool = True
    """Whether more may come."""
    is_elsewhere: bool = False
    """Whether it is an entry of another page, as far as is known."""

    @property
    def key(self) -> Key:
        """The place of its first event."""
        return min(self.looks[0].key, self.looks[-1].key)

    @property
    def last_at(self) -> int:
        """When the last thing was looked at."""
        return max(self.looks[0].row.at, self.looks[-1].row.at)

    def is_near(self, at: int) -> bool:
        """Whether what was looked at then belongs to this visit."""
        nearest = self.looks[-1].row.at
        return abs(at - nearest) <= VISIT_GAP


@dataclass(frozen=True, slots=True)
class Joining:
    """Two identifiers were said to be one person, or no longer."""

    key: Key
    what: str
    """`identifiers_linked`, `link_refused` or `link_withdrawn`."""
    evidence: str
    ends: tuple[int, int]
    """The two subjects."""
    linked_at: int


Entry: TypeAlias = Happening | Visit | Joining


def _json(text: str | None) -> Mapping[str, Any]:
    found = {} if text is None else msgspec.json.decode(text)
    return found if isinstance(found, dict) else {}
