"""Decisions are entered, and asked for: the one place that says what may be done with a person."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from desireline.engine.analyses.times import iso
from desireline.kit.networks import cut
from desireline.log.identity.people import subjects_of
from desireline.modules.consent import repository
from desireline.modules.consent.errors import ConsentTimeUnfit
from desireline.modules.consent.purposes import check_channel, purpose_of
from desireline.modules.consent.rule import Answer, Row, State, answer_of

DAY = 86_400_000_000


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decided, and how we know."""

    purpose: str
    state: State
    at: int
    """When, in microseconds since 1970 UTC."""
    channel: str = ""
    text_version: str = ""
    language: str = ""
    proof: str = ""
    """How: form, double_opt_in, one_click, page, phone, import, api, tracker."""
    source: str = ""
    """Where: the address of a form, the name of a source or a file."""
    ip: str = ""
    """Cut before it is kept."""
    by: str = ""


def may(tx: Connection, person: int, purpose: str, channel: str, at: int) -> Answer:
    """Whether a person may be treated so at a time, and why; every sender and tracker asks this.

        if not may(tx, subject, "mailing", "email", clock.now()).allowed:
            return

    `person` is the number of any of the person's subjects; `channel` is empty for all channels at
    once; the rule stands in `rule.py`. It is read from the database each time, so a withdrawal is
    true as soon as its transaction is. Raises PurposeUnknown.
    """
    needed = purpose_of(tx, purpose).needs_consent
    subjects = subjects_of(tx, person)
    rows = repository.list_rows(tx, subjects, purpose)
    return answer_of(rows, frozenset(subjects), channel, at, needs_consent=needed)


def enter(tx: Connection, subject: int, decided: Decision, now: int) -> Row:
    """The new row of the ledger: this identifier's decision.

    A yes is also entered for the person's other identifiers that have ever said no to the purpose,
    so that it answers for them. Raises PurposeUnknown, PurposeUnfit, ConsentTimeUnfit.
    """
    purpose_of(tx, decided.purpose)
    check_channel(decided.channel)
    if decided.at > now + DAY:
        raise ConsentTimeUnfit(
            f"The decision is of {iso(decided.at)}, more than a day after now ({iso(now)}).",
            hint="Enter it when it has been made.",
        )
    repository.bump(tx)
    row = Row(
        id=0,
        subject=subject,
        purpose=decided.purpose,
        channel=decided.channel,
        state=decided.state,
        text_version=decided.text_version,
        language=decided.language,
        proof=decided.proof,
        source=decided.source,
        ip=cut(decided.ip) if decided.ip else "",
        at=decided.at,
        recorded_at=now,
        by=decided.by,
    )
    others = _answered_for(tx, row) if decided.state == "granted" else []
    also = [msgspec.structs.replace(row, subject=other, via=subject) for other in others]
    first, *_ = repository.add_rows(tx, [row, *also])
    return msgspec.structs.replace(row, id=first)


def _answered_for(tx: Connection, row: Row) -> list[int]:
    others = [s for s in subjects_of(tx, row.subject) if s != row.subject]
    return repository.list_refusing_of(tx, others, row.purpose)
