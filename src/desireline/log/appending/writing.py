"""Events that the program itself writes: with the change they tell of, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.log.appending.committing import Batch, lay_down
from desireline.log.appending.dedup import IdSets
from desireline.log.appending.memory import Memory
from desireline.log.decoding import draft_of
from desireline.log.envelope import Duplicate, Event, Failed, Stored
from desireline.log.rejecting import Unfit


def write(
    tx: Connection, events: Sequence[Event], ids: IdSets, clock: Clock
) -> list[Stored | Duplicate]:
    """The verdicts on events that a module writes in its own transaction.

        with db.transaction() as tx:
            tx.execute(update(deal)...)
            write(tx, [deal_won], ids, clock)

    The row and the event become durable in one commit, or neither does. An event whose id the log
    has is a duplicate and adds nothing, so a job that runs twice may give it the same id. From
    here to the commit no other event is appended: write last, and commit soon. Raises Unfit for
    an event that breaks the rules of docs/events.md, or tells of an erased person's time before.
    """
    drafts = [draft_of(event, clock) for event in events]
    batch = Batch(drafts, [event.source for event in events], [""] * len(drafts))
    laid = lay_down(tx, batch, Memory(ids, lasting=False), clock.now())
    for one in laid.verdicts:
        if isinstance(one, Failed):
            raise Unfit(one.code, one.reason, hint=one.hint)
    return cast("list[Stored | Duplicate]", laid.verdicts)
