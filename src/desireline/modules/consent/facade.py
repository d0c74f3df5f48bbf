"""What other modules may ask of consents: may this be done, and enter what somebody decided."""

from __future__ import annotations

from desireline.modules.consent.events import STATES
from desireline.modules.consent.gate import REFUSED as TRACKING_REFUSED
from desireline.modules.consent.gate import TrackingGate
from desireline.modules.consent.history import TrackingHistory, without_refused
from desireline.modules.consent.ledger import Decision, enter, may
from desireline.modules.consent.links import Leaving, withdraw_token
from desireline.modules.consent.purposes import MAILING, TRACKING, Purpose
from desireline.modules.consent.repository import ConsentText
from desireline.modules.consent.rule import Answer, Row, State
from desireline.modules.consent.service import ConsentBook

__all__ = [
    "DECISIONS",
    "MAILING",
    "TRACKING",
    "TRACKING_REFUSED",
    "Answer",
    "ConsentBook",
    "ConsentText",
    "Decision",
    "Leaving",
    "Purpose",
    "Row",
    "State",
    "TrackingGate",
    "TrackingHistory",
    "enter",
    "may",
    "withdraw_token",
    "without_refused",
]

DECISIONS = frozenset(STATES)
"""Types of events by which persons say what they agree to; no gate keeps them out."""
