"""In which protocol a failed event came, kept so that it can be replayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from desireline.log.envelope import Failed, Verdict
from desireline.modules.collect.protocols import PROTOCOLS
from desireline.modules.collect.protocols.protocol import Protocol
from desireline.modules.collect.tables import failed_form
from desireline.modules.collect.translating import Reading


class FailedForm(NamedTuple):
    """How a failed event is to be read."""

    protocol: Protocol
    form: str
    skew: int


def keep_forms(tx: Connection, verdicts: Sequence[Verdict], reading: Reading) -> None:
    """Notes the protocol of those that failed."""
    rows = [
        {
            "failed_id": verdict.failed_id,
            "protocol": reading.protocol.name,
            "form": reading.form,
            "skew": reading.skew,
        }
        for verdict in verdicts
        if isinstance(verdict, Failed)
    ]
    if rows:
        tx.execute(insert(failed_form), rows)


def form_of(connection: Connection, number: int) -> FailedForm | None:
    """The form of a failed event; None for one of our own form."""
    row = connection.execute(
        select(failed_form.c.protocol, failed_form.c.form, failed_form.c.skew).where(
            failed_form.c.failed_id == number
        )
    ).first()
    protocol = None if row is None else next((p for p in PROTOCOLS if p.name == row[0]), None)
    return None if row is None or protocol is None else FailedForm(protocol, row[1], row[2])
