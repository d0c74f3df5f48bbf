"""What consents are for: the purposes that every workspace has, and those of its own."""

from __future__ import annotations

import re

from msgspec import Struct
from sqlalchemy import Connection, insert, select

from desireline.modules.consent.errors import PurposeTaken, PurposeUnfit, PurposeUnknown
from desireline.modules.consent.tables import consent_purpose

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CHANNEL = re.compile(r"(?:[a-z0-9][a-z0-9_-]{0,63})?")


class Purpose(Struct, frozen=True):
    """Something that a person's data are used for."""

    name: str
    says: str
    needs_consent: bool = True
    """Without a decision it is not allowed. False: it is, until the person objects."""


TRACKING = "tracking"
MAILING = "mailing"
DEFAULTS = (
    Purpose(TRACKING, "What a person does on pages, in apps and in messages is recorded."),
    Purpose(MAILING, "Advertising is sent, by channel: email, sms, phone, post."),
    Purpose("profiling", "Interests and scores are computed from what a person did."),
    Purpose(
        "transactional",
        "Messages that an order or a contract needs: confirmations, invoices, deliveries.",
        needs_consent=False,
    ),
)


def list_purposes(connection: Connection) -> list[Purpose]:
    """All of them, those of every workspace first."""
    c = consent_purpose.c
    own = connection.execute(select(c.name, c.says, c.needs_consent).order_by(c.name))
    return [*DEFAULTS, *(Purpose(*row) for row in own)]


def purpose_of(connection: Connection, name: str) -> Purpose:
    """The purpose of this name. Raises PurposeUnknown."""
    known = next((one for one in DEFAULTS if one.name == name), None)
    if known is not None:
        return known
    found = next((one for one in list_purposes(connection) if one.name == name), None)
    if found is None:
        raise PurposeUnknown(
            f"There is no purpose {name[:80]!r}.",
            hint="GET /v1/consents/purposes lists them; POST there makes one of your own.",
        )
    return found


def add_purpose(tx: Connection, new: Purpose, at: int) -> None:
    """One more purpose. Raises PurposeUnfit, PurposeTaken."""
    if not _NAME.fullmatch(new.name):
        raise PurposeUnfit(
            f"A purpose cannot be called {new.name[:80]!r}.",
            hint="Use small letters, digits and _, at most 64: partner_offers.",
        )
    if any(one.name == new.name for one in list_purposes(tx)):
        raise PurposeTaken(
            f"There is a purpose {new.name!r} already.",
            hint="Decisions were made about it as it is: give another one another name.",
        )
    tx.execute(
        insert(consent_purpose).values(
            name=new.name, says=new.says, needs_consent=new.needs_consent, made_at=at
        )
    )


def spelled_channel(said: str) -> str:
    """A channel of an event as the ledger writes it: Mobile App is mobile_app."""
    return said.strip().lower().replace(" ", "_")


def fits_channel(channel: str) -> bool:
    """Whether a channel can be called so; the empty one is all of them."""
    return _CHANNEL.fullmatch(channel) is not None


def check_channel(channel: str) -> None:
    """Raises PurposeUnfit where a channel has no form that is kept."""
    if not fits_channel(channel):
        raise PurposeUnfit(
            f"A channel cannot be called {channel[:80]!r}.",
            hint="Use small letters, digits, _ and -: email; or leave it out for all channels.",
        )
