"""Clocks of clients: what they said when they sent is compared with when it came."""

from __future__ import annotations

from msgspec import UNSET

from desireline.log.moments import microseconds, shown
from desireline.log.rejecting import Unfit
from desireline.log.wire import SentEvent

TRAVEL = 5_000_000
"""Microseconds that a request may be under way: below, the difference says nothing of the clock."""


def skew(sent_at: str | float | None, now: int) -> int:
    """Microseconds by which the sender's clock is slow; 0 where nothing is said, or it is right."""
    if sent_at is None or sent_at == "":
        return 0
    try:
        found = now - microseconds(sent_at)
    except (Unfit, OverflowError):
        return 0
    return found if abs(found) > TRAVEL else 0


def correct(sent: SentEvent, microseconds_slow: int) -> None:
    """Moves the event to when it happened; what the sender said stays as `context.at_by_sender`.

    Raises Unfit where its time is none.
    """
    said = sent.at if sent.at or sent.at == 0 else sent.timestamp
    if said is None or said is UNSET:
        return
    sent.at = shown(microseconds(said) + microseconds_slow)
    sent.timestamp = UNSET
    sent.context = {**(sent.context or {}), "at_by_sender": said}
