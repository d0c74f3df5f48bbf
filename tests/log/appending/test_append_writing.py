"""Module-written events: a module changes its own rows and writes its event, both or neither.

The module here sells: a table of its own, and a service that wins a deal.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, insert, select, update
from tests.log.factories import NOW, appending, assert_consistent, numbered, tail, told

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.kit.ids import uuid7
from desireline.log.appending.appender import Appender
from desireline.log.appending.dedup import IdSets, no_segments
from desireline.log.appending.writing import write
from desireline.log.envelope import Duplicate, Event, Stored
from desireline.log.rejecting import Unfit

ROOT = Path(__file__).parents[3]

deal = Table(
    "test_deal",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("state", Text, nullable=False),
)


class DealLost(Exception):
    """What is lost cannot be won."""


def open_deal(db: Database, number: int, customer: str, state: str = "open") -> None:
    deal.create(db.engine, checkfirst=True)
    with db.transaction() as tx:
        tx.execute(insert(deal).values(id=number, customer=customer, state=state))


def win_deal(tx: Connection, number: int, appender: Appender) -> list[Stored | Duplicate]:
    """The service: changes the row and writes the fact, in the caller's transaction."""
    row = tx.execute(select(deal).where(deal.c.id == number)).one()
    tx.execute(update(deal).where(deal.c.id == number).values(state="won"))
    verdicts = appender.write(tx, [deal_won(row.customer)])
    if row.state == "lost":
        raise DealLost
    return verdicts


def deal_won(customer: str, **fields: object) -> Event:
    plain = {
        "id": str(uuid7(SetClock(NOW))),
        "type": "deal_won",
        "at": NOW,
        "received_at": NOW,
        "direction": "internal",
        "actor": "employee",
        "identifiers": {"user_id": customer},
        "value": 1200.0,
        "currency": "EUR",
        "properties": {"pipeline": "new business"},
        "source": "sell",
    }
    return Event(**{**plain, **fields})  # type: ignore[arg-type]


def states(db: Database) -> list[str]:
    with db.reading() as look:
        return list(look.execute(select(deal.c.state).order_by(deal.c.id)).scalars())


class TestWrite:
    def test_stores_row_and_event_together(self, log: Database) -> None:
        open_deal(log, 1, "ann")
        with appending(log) as appender:
            with log.transaction() as tx:
                (verdict,) = win_deal(tx, 1, appender)
                assert isinstance(verdict, Stored)
            assert states(log) == ["won"]
            (row,) = tail(log)
            assert row["type"] == "deal_won"
            assert row["source"] == "sell"
            assert row["value"] == 1200.0
            assert row["properties"] == '{"pipeline":"new business"}'
            assert verdict.position == row["position"] == 1
        assert_consistent(log)

    def test_stores_neither_if_the_service_fails(self, log: Database) -> None:
        open_deal(log, 1, "ann", "lost")
        with appending(log) as appender:
            with pytest.raises(DealLost), log.transaction() as tx:
                win_deal(tx, 1, appender)
            assert states(log) == ["lost"]
            assert tail(log) == []
            assert told(appender.append(numbered([1], user_id="ann"), "api")) == ["stored"]
        assert_consistent(log)

    def test_stores_neither_if_the_event_is_unfit(self, log: Database) -> None:
        open_deal(log, 1, "")
        with appending(log) as appender, pytest.raises(Unfit), log.transaction() as tx:
            win_deal(tx, 1, appender)
        assert states(log) == ["open"]
        assert tail(log) == []

    @pytest.mark.parametrize("moment", ["before the event", "after the event"])
    def test_stores_neither_if_the_process_dies_in_between(
        self, log: Database, database_url: str, moment: str
    ) -> None:
        open_deal(log, 1, "ann")
        program = (
            "import os\n"
            "from tests.databases import ready\n"
            "from tests.log.factories import appending\n"
            "from tests.log.appending.test_append_writing import deal, deal_won, update\n"
            f"db = ready({database_url!r})\n"
            "with appending(db) as appender, db.transaction() as tx:\n"
            "    tx.execute(update(deal).values(state='won'))\n"
            f"    if {moment == 'before the event'}: os._exit(9)\n"
            "    appender.write(tx, [deal_won('ann')])\n"
            "    os._exit(9)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
        assert done.returncode == 9
        assert states(log) == ["open"]
        assert tail(log) == []
        assert_consistent(log)

    def test_takes_its_place_among_events_from_outside(self, log: Database) -> None:
        open_deal(log, 1, "ann")
        with appending(log) as appender:
            appender.append(numbered(range(3)), "api")
            with log.transaction() as tx:
                win_deal(tx, 1, appender)
                waiting = appender.submit(lambda: numbered(range(3, 6)), "api")
            assert told(waiting.result()) == ["stored"] * 3
        types = [row["type"] for row in tail(log)]
        assert types == ["product_viewed"] * 3 + ["deal_won"] + ["product_viewed"] * 3
        assert_consistent(log)

    def test_what_a_transaction_wrote_and_undid_is_not_known(self, log: Database) -> None:
        ids = IdSets(no_segments)
        with appending(log, ids) as appender:
            appender.append(numbered(range(2)), "api")
            one = deal_won("ann")
            for _ in range(2):
                with suppress(ZeroDivisionError), log.transaction() as tx:
                    assert told(appender.write(tx, [one])) == ["stored"]
                    assert told(appender.write(tx, [one])) == ["duplicate"]
                    raise ZeroDivisionError
            assert told(appender.append(numbered(range(4)), "api")) == [
                "duplicate",
                "duplicate",
                "stored",
                "stored",
            ]
            with log.transaction() as tx:
                assert told(appender.write(tx, [one])) == ["stored"]
            with log.transaction() as tx:
                assert told(appender.write(tx, [one])) == ["duplicate"]

    def test_counts_an_id_once(self, log: Database) -> None:
        """A job that runs twice gives its event the same id."""
        once = deal_won("ann", id="deal 1 won")
        ids, clock = IdSets(no_segments), SetClock(NOW)
        for expected in ("stored", "duplicate"):
            with log.transaction() as tx:
                assert told(write(tx, [once], ids, clock)) == [expected]
        with log.transaction() as tx:
            assert told(write(tx, [once, deal_won("bob"), once], ids, clock)) == [
                "duplicate", "stored", "duplicate",
            ]  # fmt: skip
        assert_consistent(log)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"type": ""},
            {"identifiers": {}},
            {"value": float("nan")},
            {"properties": {"p": float("inf")}},
            {"properties": {"p": 2**64}},
            {"properties": {"p": "\0"}},
            {"properties": {"p": "\ud800"}},
            {"properties": {"p": {1, 2}}},
            {"properties": {"p": "x" * 40_000}},
            {"at": NOW * 2},
            {"currency": "euro"},
            {"kind": "click"},
        ],
        ids=str,
    )
    def test_holds_modules_to_the_same_rules(self, log: Database, wrong: dict[str, object]) -> None:
        with log.transaction() as tx, pytest.raises(Unfit):
            write(tx, [deal_won("ann", **wrong)], IdSets(no_segments), SetClock(NOW))
        assert tail(log) == []
