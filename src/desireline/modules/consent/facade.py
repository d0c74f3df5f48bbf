"""What other modules may ask of consents: may this be done, and enter what somebody decided."""

from __future__ import annotations

from desireline.modules.consent.gate import TrackingGate
from desireline.modules.consent.ledger import Decision, enter, may
from desireline.modules.consent.links import Leaving, withdraw_token
from desireline.modules.consent.purposes import MAILING, TRACKING
from desireline.modules.consent.rule import Answer, Row
from desireline.modules.consent.service import ConsentBook

__all__ = [
    "MAILING",
    "TRACKING",
    "Answer",
    "ConsentBook",
    "Decision",
    "Leaving",
    "Row",
    "TrackingGate",
    "enter",
    "may",
    "withdraw_token",
]
