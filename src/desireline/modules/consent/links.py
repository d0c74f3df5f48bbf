"""Links for messages: to confirm a consent, and to withdraw it. What they carry are numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desireline.kit.tokens import TokenUnreadable, opened, secret_of, signed
from desireline.modules.consent.rule import Row

CONFIRM, WITHDRAW = "consent confirm", "consent withdraw"
CONFIRM_PATH, WITHDRAW_PATH = "/consent/confirm/", "/consent/withdraw/"
CONFIRM_DAYS = 7
DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whose consent a link withdraws, and to what."""

    subject: int
    purpose: str
    channel: str


def confirm_token(tx: Connection, asked: Row) -> str:
    """The token that confirms a pending row, for seven days."""
    until = asked.recorded_at + CONFIRM_DAYS * DAY
    return signed(secret_of(tx), CONFIRM, {"row": asked.id}, until)


def asked_by(tx: Connection, token: str, now: int) -> int:
    """The number of the pending row that a token confirms. TokenUnreadable, TokenExpired."""
    return int(opened(secret_of(tx), CONFIRM, token, now)["row"])


def withdraw_token(tx: Connection, leaving: Leaving) -> str:
    """The token that withdraws. It never ends: the message may be read years later."""
    says: dict[str, str | int] = {
        "subject": leaving.subject,
        "purpose": leaving.purpose,
        "channel": leaving.channel,
    }
    return signed(secret_of(tx), WITHDRAW, says)


def leaving_by(tx: Connection, token: str, now: int) -> Leaving:
    """What a token withdraws. TokenUnreadable."""
    says = opened(secret_of(tx), WITHDRAW, token, now)
    if not {"subject", "purpose", "channel"} <= says.keys():
        raise TokenUnreadable("This link says nothing.", hint="Open it from the message itself.")
    return Leaving(int(says["subject"]), str(says["purpose"]), str(says["channel"]))
