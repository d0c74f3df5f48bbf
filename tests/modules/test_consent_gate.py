"""A source that respects who said no to tracking: nothing of such a person is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import delete
from tests.databases import ready
from tests.modules.test_consent_rule import Linked, Said, go_on, linked, stories, told

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.drafting import Arrival, Draft, draft
from desireline.log.identity.links import link, withdraw
from desireline.log.identity.persons import CONFIRMED
from desireline.log.naming.identifiers import Name
from desireline.log.naming.subjects import numbers_of
from desireline.log.rejecting import Reject
from desireline.log.tables import subject
from desireline.log.wire import SentEvent
from desireline.modules.consent.facade import Decision, TrackingGate, enter, may
from desireline.modules.consent.rule import State

NOON = 1_750_000_000_000_000
ANN, BOB, PHONE = ("anonymous_id", "c-ann"), ("anonymous_id", "c-bob"), ("anonymous_id", "c-phone")


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = ready(database_url)
    yield database
    database.close()


def drafted(name: Name, channel: str = "web", kind: str = "page_viewed") -> Draft:
    sent = SentEvent(type=kind, channel=channel, identifiers=dict([name]), at=NOON // 1_000_000)
    return draft(sent, b"{}", Arrival.by(SetClock(NOON)))


def says(db: Database, name: Name, state: State, at: int = 0, channel: str = "web") -> int:
    with db.transaction() as tx:
        (number,) = numbers_of(tx, [name]).values()
        decided = Decision(purpose="tracking", state=state, at=NOON + at, channel=channel)
        enter(tx, number, decided, NOON)
    return number


def kept(gate: TrackingGate, *names: Name, channel: str = "web") -> list[bool]:
    gate.read()
    return [type(one) is Draft for one in gate.sift([drafted(name, channel) for name in names])]


class TestGate:
    def test_refuses_who_said_no_and_nobody_else(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        assert kept(gate, ANN, BOB) == [True, True]
        says(db, ANN, "denied")
        says(db, BOB, "granted")
        assert kept(gate, ANN, BOB, PHONE) == [False, True, True]
        says(db, ANN, "granted", 1)
        says(db, BOB, "withdrawn", 1)
        assert kept(gate, ANN, BOB) == [True, False]

    def test_by_channel(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        says(db, ANN, "withdrawn", 0, "email")
        assert kept(gate, ANN, channel="web") == [True]
        assert kept(gate, ANN, channel="email") == [False]
        assert kept(gate, ANN, channel="E Mail") == [True]
        assert kept(gate, ANN, channel="EMail") == [False]
        assert kept(gate, ANN, channel="") == [False]  # one that does not say where it is from
        says(db, ANN, "withdrawn", 1, "")
        says(db, ANN, "granted", 2, "app")
        assert kept(gate, ANN, channel="web") == [False]
        assert kept(gate, ANN, channel="app") == [True]

    def test_the_whole_person_as_links_come_and_go(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        number = says(db, ANN, "withdrawn")
        assert kept(gate, ANN, PHONE) == [False, True]
        with db.transaction() as tx:
            (other,) = numbers_of(tx, [PHONE]).values()
            link(tx, number, other, CONFIRMED, NOON)
        assert kept(gate, ANN, PHONE) == [False, False]
        with db.transaction() as tx:
            withdraw(tx, number, other, NOON)
        assert kept(gate, ANN, PHONE) == [False, True]

    def test_an_erased_person_is_forgotten(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        number = says(db, ANN, "withdrawn")
        assert kept(gate, ANN) == [False]
        with db.transaction() as tx:
            tx.execute(delete(subject).where(subject.c.id == number))
            tx.exec_driver_sql("UPDATE log_state SET erasures = erasures + 1")
        assert kept(gate, ANN) == [True]
        assert ANN[1] not in str(gate.__dict__)

    def test_what_says_yes_comes_through(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        says(db, ANN, "withdrawn")
        gate.read()
        events = [drafted(ANN, kind=kind) for kind in ("consent_given", "consent_withdrawn")]
        assert gate.sift(events) == events

    def test_of_a_refused_event_nothing_is_left(self, db: Database) -> None:
        gate = TrackingGate(db, SetClock(NOON))
        says(db, ANN, "withdrawn")
        gate.read()
        (one,) = gate.sift([drafted(ANN)])
        assert isinstance(one, Reject)
        assert one.code == "tracking_refused"
        assert one.body == b""
        assert "ann" not in one.reason


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("gate")
    database = ready(f"sqlite:///{folder}/d.db")
    yield database
    database.close()


class TestLaw:
    @settings(max_examples=80)
    @given(before=stories, after=stories, pair=linked)
    def test_the_gate_says_what_may_says(
        self,
        lasting: Database,
        before: list[Said | Linked],
        after: list[Said | Linked],
        pair: Linked,
    ) -> None:
        """Whether it reads all at once, or what has changed since."""
        _, ids = told(lasting, [])
        names = [("anonymous_id", f"c{i}") for i in range(len(ids))]
        gate = TrackingGate(lasting, SetClock(NOON + 20))
        for story in ([*before, pair], after):
            go_on(lasting, ids, story, "tracking")
            fresh = TrackingGate(lasting, SetClock(NOON + 20))
            for one in (fresh, gate):
                one.read()
            for channel in ("", "email", "sms", "web"):
                found = [self.refuses(lasting, number, channel) for number in ids]
                for one in (fresh, gate):
                    answers = one.sift([drafted(name, channel) for name in names])
                    assert [type(a) is Reject for a in answers] == found

    def refuses(self, db: Database, number: int, channel: str) -> bool:
        with db.reading() as look:
            answer = may(look, number, "tracking", channel, NOON + 20)
        return answer.because in ("denied", "withdrawn")
