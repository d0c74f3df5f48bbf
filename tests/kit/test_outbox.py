"""The outbox: nobody gets two, nothing leaves while frozen, every doubt is listed by name."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.databases import ready
from tests.kit.conftest import NOON

from desireline.kit.claims import SECOND, ClaimLost, Work
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.kit.outbox import (
    BEFORE,
    CLAIM_SECONDS,
    IN_DOUBT,
    MOST_ATTEMPTS,
    End,
    IntentMissing,
    Outbox,
    OutgoingFrozen,
    freeze,
    frozen_why,
    thaw,
)

LEASE = CLAIM_SECONDS * SECOND


@pytest.fixture
def outbox(db: Database, clock: SetClock) -> Outbox:
    return Outbox(db, clock)


def intend(db: Database, outbox: Outbox, *names: str) -> list[bool]:
    with db.transaction() as tx:
        return [
            outbox.intend(tx, "mail", f"spring/{name}", f"{name}@example.org", subject="Hello")
            for name in names
        ]


def settle(db: Database, outbox: Outbox, work: Work, end: End, why: str = "") -> None:
    with db.transaction() as tx:
        outbox.settle(tx, work, end, why)


class TestIntend:
    def test_takes_each_key_once(self, db: Database, outbox: Outbox) -> None:
        assert intend(db, outbox, "ann", "bob", "ann") == [True, True, False]
        (ann, bob) = outbox.claim("w", 5)
        assert (ann.recipient, ann.payload) == ("ann@example.org", {"subject": "Hello"})
        outbox.dot(ann)
        settle(db, outbox, ann, "sent")
        assert intend(db, outbox, "ann") == [False]
        assert outbox.counts() == {"sent": 1, "claimed": 1}
        assert bob.key == "spring/bob"


class TestSend:
    def test_goes_over_the_dot(self, db: Database, outbox: Outbox) -> None:
        intend(db, outbox, "ann")
        (work,) = outbox.claim("w")
        with pytest.raises(ClaimLost):
            settle(db, outbox, work, "sent")  # nothing was sent yet
        outbox.dot(work)
        with pytest.raises(ClaimLost):
            outbox.dot(work)  # a second one would be a second message
        settle(db, outbox, work, "sent")
        with pytest.raises(ClaimLost):
            settle(db, outbox, work, "failed")
        assert outbox.counts() == {"sent": 1}

    def test_a_worker_gone_before_the_dot_is_replaced(
        self, db: Database, outbox: Outbox, clock: SetClock
    ) -> None:
        intend(db, outbox, "ann")
        (late,) = outbox.claim("gone")
        clock.move(LEASE)
        (work,) = outbox.claim("w")
        with pytest.raises(ClaimLost):
            outbox.dot(late)
        outbox.dot(work)

    def test_a_worker_gone_after_the_dot_leaves_a_doubt(
        self, db: Database, outbox: Outbox, clock: SetClock
    ) -> None:
        intend(db, outbox, "ann", "bob")
        ann, _ = outbox.claim("gone", 2)
        outbox.dot(ann)
        clock.move(LEASE)
        assert [work.recipient for work in outbox.claim("w", 5)] == ["bob@example.org"]
        (doubt,) = outbox.found("unknown")
        assert (doubt.recipient, doubt.last_error) == ("ann@example.org", IN_DOUBT)
        clock.move(100 * LEASE)
        assert [work.recipient for work in outbox.claim("w", 5)] == ["bob@example.org"]

    @pytest.mark.parametrize("arrived", [True, False])
    def test_a_doubt_is_resolved_by_a_person(
        self, db: Database, outbox: Outbox, arrived: bool
    ) -> None:
        intend(db, outbox, "ann")
        (work,) = outbox.claim("gone")
        outbox.dot(work)
        settle(db, outbox, work, "unknown", "The line broke.")
        (doubt,) = outbox.found("unknown")
        assert doubt.last_error == "The line broke."
        with db.transaction() as tx:
            outbox.resolve(tx, doubt.id, arrived=arrived)
        with pytest.raises(IntentMissing), db.transaction() as tx:
            outbox.resolve(tx, doubt.id, arrived=arrived)
        assert len(outbox.claim("w")) == (0 if arrived else 1)

    def test_is_retried_when_the_other_side_refused_for_now(
        self, db: Database, outbox: Outbox, clock: SetClock
    ) -> None:
        intend(db, outbox, "ann")
        for attempt in range(1, MOST_ATTEMPTS + 1):
            (work,) = outbox.claim("w")
            outbox.dot(work)
            with db.transaction() as tx:
                assert outbox.retry(tx, work, "451 Try later") == (attempt < MOST_ATTEMPTS)
            assert outbox.claim("w") == []
            clock.move(3600 * SECOND)
        (failed,) = outbox.found("failed")
        assert failed.last_error == "451 Try later"

    def test_can_be_suppressed_before_the_dot_only(self, db: Database, outbox: Outbox) -> None:
        intend(db, outbox, "ann", "bob")
        ann, bob = outbox.claim("w", 2)
        settle(db, outbox, ann, "suppressed", "Unsubscribed.")
        outbox.dot(bob)
        with pytest.raises(ClaimLost):
            settle(db, outbox, bob, "suppressed")
        assert outbox.counts() == {"suppressed": 1, "dot": 1}

    def test_by_many_threads_is_once_each(self, db: Database, outbox: Outbox) -> None:
        names = [f"p{n:02}" for n in range(60)]
        intend(db, outbox, *names)
        sent: list[str] = []

        def send() -> None:
            while works := outbox.claim("w", 4):
                for work in works:
                    outbox.dot(work)
                    sent.append(work.recipient)
                    settle(db, outbox, work, "sent")

        threads = [Thread(target=send) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(sent) == [f"{name}@example.org" for name in names]


class TestFreeze:
    def test_nothing_is_claimed_and_nothing_claimed_leaves(
        self, db: Database, outbox: Outbox, clock: SetClock
    ) -> None:
        intend(db, outbox, "ann", "bob")
        (work,) = outbox.claim("w")
        with db.transaction() as tx:
            freeze(tx, "restored from a backup", clock)
            assert frozen_why(tx) == "restored from a backup"
        assert outbox.claim("w", 5) == []
        with pytest.raises(OutgoingFrozen, match="restored from a backup"):
            outbox.dot(work)
        clock.move(100 * LEASE)
        assert outbox.claim("w", 5) == []
        with db.transaction() as tx:
            thaw(tx)
            assert frozen_why(tx) is None
        assert len(outbox.claim("w", 5)) == 2

    def test_doubts_are_found_also_then(
        self, db: Database, outbox: Outbox, clock: SetClock
    ) -> None:
        intend(db, outbox, "ann")
        (work,) = outbox.claim("w")
        outbox.dot(work)
        with db.transaction() as tx:
            freeze(tx, "")
        clock.move(LEASE)
        outbox.claim("w")
        assert len(outbox.found("unknown")) == 1

    def test_after_it_nothing_leaves_whatever_was_under_way(
        self, db: Database, outbox: Outbox
    ) -> None:
        names = [f"p{n:02}" for n in range(40)]
        intend(db, outbox, *names)
        start, over = Barrier(4), []
        left_late: list[str] = []

        def send() -> None:
            start.wait()
            while works := outbox.claim("w", 2):
                for work in works:
                    frozen = bool(over)
                    try:
                        outbox.dot(work)
                    except OutgoingFrozen:
                        return
                    if frozen:
                        left_late.append(work.key)

        threads = [Thread(target=send) for _ in range(3)]
        for thread in threads:
            thread.start()
        start.wait()
        with db.transaction() as tx:
            freeze(tx, "an operator said so")
        over.append(True)
        for thread in threads:
            thread.join()
        assert left_late == []
        assert outbox.counts().get("sent", 0) == 0


class Sending(RuleBasedStateMachine):
    """Workers that come, go and are too late; whatever they do, nobody gets a message twice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dl-outbox-"))
        self.db = ready(f"sqlite:///{self.folder}/desireline.db")
        self.clock = SetClock(NOON)
        self.outbox = Outbox(self.db, self.clock)
        self.hands: list[Work] = []
        self.left: Counter[str] = Counter()
        self.allowed: Counter[str] = Counter()
        self.intended: set[str] = set()
        self.frozen = False

    def teardown(self) -> None:
        self.db.close()
        shutil.rmtree(self.folder)

    @rule(name=st.sampled_from("abc"))
    def intend(self, name: str) -> None:
        (new,) = intend(self.db, self.outbox, name)
        assert new == (name not in self.intended)
        self.intended.add(name)
        self.allowed[f"spring/{name}"] = max(1, self.allowed[f"spring/{name}"])

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        claimed = self.outbox.claim("w", limit)
        assert not (claimed and self.frozen)
        self.hands += claimed

    @precondition(lambda self: self.hands)
    @rule(data=st.data())
    def dot(self, data: st.DataObject) -> None:
        work = data.draw(st.sampled_from(self.hands))
        try:
            self.outbox.dot(work)
        except (ClaimLost, OutgoingFrozen):
            return
        assert not self.frozen
        self.left[work.key] += 1

    @precondition(lambda self: self.hands)
    @rule(data=st.data(), end=st.sampled_from(sorted(BEFORE)))
    def settle(self, data: st.DataObject, end: End) -> None:
        work = data.draw(st.sampled_from(self.hands))
        try:
            settle(self.db, self.outbox, work, end)
        except ClaimLost:
            return
        assert end != "sent" or self.left[work.key]

    @precondition(lambda self: self.hands)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """The other side has refused, so one more may leave."""
        work = data.draw(st.sampled_from(self.hands))
        over_the_dot = [w.id for w in self.outbox.found("dot")]
        try:
            with self.db.transaction() as tx:
                self.outbox.retry(tx, work, "later")
        except ClaimLost:
            return
        self.allowed[work.key] += work.id in over_the_dot

    @rule(arrived=st.booleans())
    def resolve(self, arrived: bool) -> None:
        for doubt in self.outbox.found("unknown"):
            with self.db.transaction() as tx:
                self.outbox.resolve(tx, doubt.id, arrived=arrived)
            self.allowed[doubt.key] += not arrived

    @rule(leases=st.sampled_from([0.5, 1, 30]))
    def wait(self, leases: float) -> None:
        self.clock.move(int(leases * LEASE))

    @rule(frozen=st.booleans())
    def freeze(self, frozen: bool) -> None:
        with self.db.transaction() as tx:
            freeze(tx, "test", self.clock) if frozen else thaw(tx)
        self.frozen = frozen

    @invariant()
    def nobody_got_more_than_was_allowed(self) -> None:
        assert all(self.left[key] <= self.allowed[key] for key in self.left)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert sum(self.outbox.counts().values()) == len(self.intended)


TestSending = Sending.TestCase
TestSending.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
