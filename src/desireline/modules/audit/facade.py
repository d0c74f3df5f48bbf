"""What others may ask of the audit log: write down what somebody did, and check it all."""

from __future__ import annotations

from sqlalchemy import Connection

from desireline.kit.clock import Clock, SystemClock
from desireline.log.appending.holding import hold
from desireline.modules.audit.entries import Details, Entry, Head, next_entry
from desireline.modules.audit.repository import add_entry, get_head
from desireline.modules.audit.service import AuditBook
from desireline.modules.audit.verifying import is_at_its_head, verify

__all__ = [
    "COMMAND_LINE",
    "SERVER",
    "AuditBook",
    "Details",
    "Entry",
    "Head",
    "get_head",
    "is_at_its_head",
    "record",
    "verify",
]

COMMAND_LINE = "command line"
"""Who did what a command of this machine has done."""
SERVER = "server"
"""Who did what the server does by itself."""

_SYSTEM = SystemClock()


def record(
    tx: Connection,
    who: str,
    what: str,
    about: str = "",
    details: Details | None = None,
    clock: Clock = _SYSTEM,
) -> Entry:
    """The entry that says who did what, written with the change itself or not at all.

        with db.transaction() as tx:
            tx.execute(update(...))
            record(tx, caller.name, "map_published", "map:shop", {"version": 3}, clock)

    `what` is a fact in the past tense; `about` is a kind and a key (`person:17`, the number of a
    subject); `details` are names with whole numbers, truth values and keys, or lists of them. The
    audit log outlives erasures, so it takes nothing that says more of a person than a number.

    Holds everybody who records or appends until the transaction ends: call it late, and commit
    soon. Raises AuditEntryUnfit.
    """
    hold(tx)  # a lock of its own could be waited for in a circle, by who writes and then records
    entry = next_entry(get_head(tx), clock.now(), who, what, (about, details or {}))
    add_entry(tx, entry)
    return entry
