"""The lock of the log, for whoever will write events and takes other locks before."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desireline.log.tables import log_state


def hold(tx: Connection) -> None:
    """Nobody else appends before this transaction ends.

    Transactions that all begin with this lock never wait for one another in a circle.
    """
    tx.execute(select(log_state.c.one).with_for_update()).all()
