"""The rule by which decisions become a yes or a no. Pure, so that it can be held against laws.

Of the decisions on one identifier the latest counts; of two at the same time the stricter. A person
may be treated so if at least one identifier says yes, and none says no. A yes also answers for the
person's other identifiers that had said no when it was recorded (rows with `via`), as long as they
are hers. So a merge never turns a no into a yes, and an un-merge gives each its own again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from msgspec import Struct

State = Literal["granted", "denied", "withdrawn", "pending"]
NOES = ("denied", "withdrawn")
Because = Literal["granted", "denied", "withdrawn", "pending", "unknown", "not_needed"]


class Row(Struct, frozen=True, kw_only=True):
    """A row of the ledger; see `tables.consent`."""

    id: int
    subject: int
    via: int | None = None
    purpose: str
    channel: str = ""
    state: State
    text_version: str = ""
    language: str = ""
    proof: str = ""
    source: str = ""
    ip: str = ""
    at: int
    recorded_at: int = 0
    by: str = ""

    @property
    def is_no(self) -> bool:
        """It forbids."""
        return self.state in NOES


class Answer(Struct, frozen=True):
    """Whether something may be done, why, and the decision that says so where there is one."""

    allowed: bool
    because: Because
    row: Row | None = None


def answer_of(
    rows: Iterable[Row], subjects: Collection[int], channel: str, at: int, *, needs_consent: bool
) -> Answer:
    """The answer for the person with these subjects, from her decisions on one purpose.

    Decisions after `at` are not known yet. A decision without a channel is about all of them. Asked
    without a channel, a no to any of them counts, and a yes only if it is about all.
    """
    latest: dict[int, Row] = {}
    pending: Row | None = None
    for row in rows:
        if row.at > at or not _covers(row, channel):
            continue
        if row.state == "pending":
            pending = row if pending is None or _age(row) > _age(pending) else pending
        elif row.via is None or row.via in subjects:
            known = latest.get(row.subject)
            if known is None or _age(row) > _age(known):
                latest[row.subject] = row
    return _told(latest.values(), pending, needs_consent=needs_consent)


def _told(decided: Collection[Row], pending: Row | None, *, needs_consent: bool) -> Answer:
    last = max(decided, key=lambda row: (row.is_no, _age(row)), default=None)
    if last is not None:
        return Answer(not last.is_no, last.state, last)
    if not needs_consent:
        return Answer(allowed=True, because="not_needed")
    if pending is not None:
        return Answer(allowed=False, because="pending", row=pending)
    return Answer(allowed=False, because="unknown")


def _covers(row: Row, channel: str) -> bool:
    return row.channel in ("", channel) or (channel == "" and row.is_no)


def _age(row: Row) -> tuple[int, bool, int]:
    """Later is greater; of the same time a no, and of those the one recorded last."""
    return row.at, row.is_no, row.id
