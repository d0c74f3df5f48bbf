"""What a person wrote or said in her own events, without what tells who she is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.modules.people.happenings import Happening
from desireline.modules.people.masking import Mask

SPOKEN = frozenset(
    (
        *("text", "message", "comment", "body", "note", "answer", "feedback", "review", "reason"),
        *("question", "about", "content", "transcript", "subject", "description", "said", "words"),
    )
)
"""Properties that hold what somebody says, however short; others do from four words on."""
UNSPOKEN = frozenset(
    (
        *("product", "product_name", "products", "title", "name", "category", "campaign", "url"),
        *("path", "page", "referrer", "query", "topic", "address", "user_agent"),
    )
)
"""Properties that hold what something is called, however long."""
LEAST_WORDS = 4
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Quote:
    """Some words of a person, masked, and where they stand in the log."""

    position: int
    at: int
    type: str
    channel: str
    property: str
    text: str


def quotes_in(events: Sequence[Happening], mask: Mask) -> list[Quote]:
    """In the order of the events; what sellers and machines wrote is none of hers."""
    return [
        Quote(
            position=one.row.position,
            at=one.row.at,
            type=one.row.type,
            channel=one.row.channel,
            property=name,
            text=mask.free(text)[:MOST_CHARACTERS],
        )
        for one in events
        if one.is_own and not one.is_looking
        for name, text in spoken(one.properties)
    ]


def spoken(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The properties that hold words, by name."""
    for name, value in properties.items():
        if isinstance(value, str) and value.strip() and name.lower() not in UNSPOKEN:
            words = len(value.split())
            if words >= LEAST_WORDS or (name.lower() in SPOKEN and not value.startswith("/")):
                yield name, value.strip()
