"""Facts about consents: those that this module writes to the log, and those that it finds there."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.ids import uuid7
from desireline.log.envelope import Event
from desireline.log.following import Batch, Logged, Reaction
from desireline.log.naming.identifiers import Name
from desireline.modules.consent.errors import PurposeUnknown
from desireline.modules.consent.ledger import Decision, enter
from desireline.modules.consent.purposes import TRACKING, fits_channel, spelled_channel
from desireline.modules.consent.rule import Row, State

SOURCE = "consent"
"""The source of events that stand in the ledger already."""
TYPES: dict[State, str] = {
    "granted": "consent_granted",
    "denied": "consent_denied",
    "withdrawn": "consent_withdrawn",
    "pending": "consent_requested",
}
STATES: dict[str, State] = {
    "consent_given": "granted",
    "consent_granted": "granted",
    "consent_denied": "denied",
    "consent_withdrawn": "withdrawn",
}
"""The types of events that are decisions; `consent_given` is what the browser tracker sends."""
TRUSTED = ("api", "import")
"""Doors that need the permission to add events, or the folder. A write key stands in pages for
everyone to see, so whoever brings one may say no to everything, and yes to tracking alone."""
MOST_CHARACTERS = 200


def event_of(row: Row, name: Name, clock: Clock) -> Event:
    """The fact that tells of a new decision."""
    told = {"purpose": row.purpose, "channel": row.channel, "proof": row.proof}
    words = {"text_version": row.text_version, "language": row.language}
    return Event(
        id=str(uuid7(clock)),
        type=TYPES[row.state],
        at=row.at,
        received_at=row.recorded_at,
        channel=row.channel,
        identifiers=dict([name]),
        properties={name: value for name, value in (told | words).items() if value},
        source=SOURCE,
    )


def decision_in(event: Logged) -> Decision | None:
    """The decision that an event tells of; None where it tells of none, or may not."""
    state = STATES.get(event.type)
    if state is None or event.source == SOURCE:
        return None
    said: dict[str, Any] = msgspec.json.decode(event.properties or "{}")
    purpose = _text(said, "purpose") or TRACKING
    if state == "granted" and purpose != TRACKING and event.source not in TRUSTED:
        return None
    channel = _channel(_text(said, "channel") or (event.channel if purpose == TRACKING else ""))
    if channel is None and state == "granted":
        return None
    return Decision(
        purpose=purpose,
        state=state,
        at=event.at,
        channel=channel or "",  # a no to what cannot be understood is a no to all
        text_version=_text(said, "text_version"),
        language=_text(said, "language"),
        proof=_text(said, "proof") or "event",
        source=event.source,
        by="log",
    )


def enter_found(tx: Connection, batch: Batch) -> None:
    """Enters the decisions that clients have sent as events, in the order in which they came."""
    for event in batch.events:
        decided = decision_in(event)
        if decided is not None:
            try:
                enter(tx, event.subject, decided, event.received_at)
            except PurposeUnknown:
                continue  # the event stays in the log as it is; docs/consent.md says what counts


LEDGER = Reaction("consent", enter_found, kinds=("track",))


def _channel(said: str) -> str | None:
    """The channel as the ledger writes it; None where it cannot."""
    plain = spelled_channel(said)
    return plain if fits_channel(plain) else None


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value[:MOST_CHARACTERS] if isinstance(value, str) else ""
