"""What happened to persons, told on the timelines of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from desireline.kit.clock import Clock
from desireline.kit.ids import uuid7
from desireline.log.envelope import Event
from desireline.log.naming.identifiers import Name

Fact = Literal["persons_merged", "persons_unmerged"]
SOURCE = "links"


def facts(
    what: Fact, names: Mapping[int, Name], evidence: str, by: str, clock: Clock
) -> list[Event]:
    """One event for each of two subjects, which tells of the other by number alone.

    Nothing else of the other is in it, so that erasing one leaves nothing of them with the other;
    the reason stands in the link, which goes with either.
    """
    now = clock.now()
    return [
        Event(
            id=str(uuid7(clock)),
            type=what,
            at=now,
            received_at=now,
            direction="internal",
            actor="employee",
            identifiers=dict([names[one]]),
            properties={"subject": one, "other": other, "evidence": evidence, "by": by},
            source=SOURCE,
        )
        for one, other in zip(names, reversed(list(names)), strict=True)
    ]
