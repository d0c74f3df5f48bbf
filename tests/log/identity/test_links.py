"""Links as rows: made, withdrawn, confirmed; and the people that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, select
from tests.databases import ready
from tests.log.factories import appending, drafts
from tests.log.identity.oracle import slow_persons
from tests.log.index.factories import NOW, Log, new_log

from desireline.log.identity.links import (
    IS_ACTIVE,
    IS_SURE,
    Decision,
    Link,
    LinkImpossible,
    confirm,
    link,
    link_all,
    take_back,
    withdraw,
)
from desireline.log.identity.people import (
    People,
    changed_since,
    circle_around,
    every_circle,
    subjects_of,
)
from desireline.log.tables import identity_link, log_state, subject


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    made = new_log(database_url, tmp_path)
    made.add_subjects("user_id", "email", "anonymous_id", "user_id", "anonymous_id")
    yield made
    made.close()


def rows(log: Log) -> list[tuple[int, int, str, bool, int]]:
    of = identity_link.c
    columns = select(of.a, of.b, of.evidence, IS_ACTIVE, of.version)
    with log.db.reading() as tx:
        found = tx.execute(columns.order_by(of.a, of.b))
        return [(a, b, why, bool(is_active), v) for a, b, why, is_active, v in found]


def version(log: Log) -> int:
    with log.db.reading() as tx:
        return tx.execute(select(log_state.c.links)).scalar_one()


class TestLink:
    def test_is_one_row_with_the_smaller_subject_first(self, log: Log) -> None:
        with log.db.transaction() as tx:
            assert link(tx, 3, 1, "identify", NOW)
            assert not link(tx, 1, 3, "track", NOW)
        assert rows(log) == [(1, 3, "identify", True, 1)]
        assert version(log) == 1

    def test_many_count_as_one_change(self, log: Log) -> None:
        links = [Link(1, 2, "track"), Link(2, 1, "track"), Link(5, 4, "track")]
        with log.db.transaction() as tx:
            assert link_all(tx, links, NOW) == 2
        assert [(a, b, v) for a, b, *_, v in rows(log)] == [(1, 2, 1), (4, 5, 1)]

    def test_refuses_to_join_a_subject_with_itself(self, log: Log) -> None:
        with log.db.transaction() as tx, pytest.raises(LinkImpossible, match="Subject 2"):
            link(tx, 2, 2, "track", NOW)

    def test_is_undone_with_its_transaction(self, log: Log) -> None:
        with suppress(ZeroDivisionError), log.db.transaction() as tx:
            link(tx, 1, 2, "track", NOW)
            raise ZeroDivisionError
        assert rows(log) == []
        assert version(log) == 0


class TestWithdraw:
    def test_keeps_the_row(self, log: Log) -> None:
        with log.db.transaction() as tx:
            link(tx, 1, 2, "track", NOW)
            assert withdraw(tx, 2, 1, NOW)
            assert not withdraw(tx, 2, 1, NOW)
            assert not withdraw(tx, 1, 3, NOW)
        assert rows(log) == [(1, 2, "track", False, 2)]

    def test_what_is_seen_again_stays_withdrawn(self, log: Log) -> None:
        with log.db.transaction() as tx:
            link(tx, 1, 2, "track", NOW)
            withdraw(tx, 1, 2, NOW)
            assert not link(tx, 1, 2, "identify", NOW)
        assert rows(log) == [(1, 2, "track", False, 2)]

    def test_a_confirmation_revives(self, log: Log) -> None:
        with log.db.transaction() as tx:
            link(tx, 1, 2, "track", NOW)
            withdraw(tx, 1, 2, NOW)
            assert link(tx, 1, 2, "confirmed", NOW)
            assert not link(tx, 1, 2, "confirmed", NOW)
        assert rows(log) == [(1, 2, "track", True, 3)]

    def test_taken_back_a_confirmation_has_never_been(self, log: Log) -> None:
        with log.db.transaction() as tx:
            assert not take_back(tx, 1, 2, Decision(NOW))
            link(tx, 1, 2, "track", NOW)
            link(tx, 2, 3, "track", NOW)
            withdraw(tx, 2, 3, NOW)
            before = active(tx)
            for a, b in [(1, 2), (2, 3), (3, 4)]:
                assert confirm(tx, a, b, Decision(NOW, "Eva", "She said so."))
            assert active(tx) == {(1, 2): True, (2, 3): True, (3, 4): True}
            for a, b in [(1, 2), (2, 3), (3, 4)]:
                assert take_back(tx, b, a, Decision(NOW))
            assert active(tx) == before == {(1, 2): False}
            assert not link(tx, 3, 4, "track", NOW)

    def test_is_as_if_the_link_had_never_been(self, log: Log) -> None:
        links = [(1, 2), (2, 3), (3, 4), (4, 5)]
        for a, b in links:
            log.link(a, b)
        for a, b in links:
            log.withdraw(a, b)
            with log.db.reading() as tx:
                found = People.of(every_circle(tx)).of_subjects(np.arange(1, 6))
            never = new_people(log, [pair for pair in links if pair in log.links])
            assert found.tolist() == never
        assert found.tolist() == [1, 2, 3, 4, 5]


def active(tx: Connection) -> dict[tuple[int, int], bool]:
    """The links that count, and whether for certain."""
    of = identity_link.c
    asked = select(of.a, of.b, IS_SURE).where(IS_ACTIVE)
    return {(a, b): bool(sure) for a, b, sure in tx.execute(asked)}


def new_people(log: Log, links: list[tuple[int, int]]) -> list[int]:
    return list(slow_persons(log.kinds, dict.fromkeys(links, "identify")).values())


class TestCircle:
    def test_holds_what_links_lead_to(self, log: Log) -> None:
        for a, b in [(1, 2), (2, 3), (4, 5)]:
            log.link(a, b)
        with log.db.reading() as tx:
            assert circle_around(tx, np.array([3])).subjects.tolist() == [1, 2, 3]
            assert circle_around(tx, np.array([], np.int64)).subjects.tolist() == []
            assert subjects_of(tx, 1) == [1, 2, 3]
            assert subjects_of(tx, 2) == [1, 2, 3]
            assert subjects_of(tx, 5) == [4, 5]
            assert circle_around(tx, np.array([5, 3])).subjects.tolist() == [1, 2, 3, 4, 5]

    def test_an_unlinked_subject_is_its_own_person(self, log: Log) -> None:
        with log.db.reading() as tx:
            assert subjects_of(tx, 2) == [2]

    def test_follows_changes_by_version(self, log: Log) -> None:
        log.link(1, 2)
        log.link(4, 5)
        log.withdraw(1, 2)
        with log.db.reading() as tx:
            assert changed_since(tx, 0).tolist() == [1, 2, 4, 5]
            assert changed_since(tx, 2).tolist() == [1, 2]
            assert changed_since(tx, 3).tolist() == []


CALLS = (
    {"kind": "track", "anonymous_id": "device"},
    {"kind": "identify", "user_id": "ann", "anonymous_id": "device"},
    {"kind": "identify", "user_id": "ann", "email": "ann@example.com"},
    {"kind": "alias", "email": "ann@example.com", "anonymous_id": "phone"},
    {"kind": "identify", "user_id": "ben", "anonymous_id": "phone"},
    {"kind": "track", "user_id": "ben", "phone": "123"},
    {"kind": "alias", "anonymous_id": "tablet", "phone": "123"},
)
"""Two customers, a device of each, and a phone that both used."""


def test_r_order_all_orders_of_seven_calls_make_the_same_persons(database_url: str) -> None:
    """Each order is a world of its own, with names of its own, in one log."""
    db = ready(database_url)
    orders = list(permutations(CALLS))[:: 1 if db.is_sqlite else 7]
    with appending(db) as appender:
        calls = [_renamed(call, world) for world, order in enumerate(orders) for call in order]
        for start in range(0, len(calls), 5_000):
            appender.append(drafts(*calls[start : start + 5_000]), "api")
    with db.reading() as tx:
        people = People.of(every_circle(tx))
        names = tx.execute(select(subject.c.id, subject.c.kind, subject.c.value)).all()
    db.close()
    worlds: dict[str, dict[int, set[str]]] = {}
    persons = people.of_subjects(np.array([number for number, *_ in names]))
    for (_, kind, value), person in zip(names, persons.tolist(), strict=True):
        world, _, name = value.rpartition(":")
        if kind == "phone":
            world, name = str(int(value[3:])), value[:3]
        worlds.setdefault(world, {}).setdefault(person, set()).add(f"{kind} {name}")
    assert len(worlds) == len(orders)
    found = {frozenset(map(frozenset, groups.values())) for groups in worlds.values()}
    assert found == {
        frozenset(
            {
                frozenset({"user_id ann", "email ann@example.com", "anonymous_id device"}),
                frozenset({"user_id ben", "phone 123", "anonymous_id tablet"}),
                frozenset({"anonymous_id phone"}),
            }
        )
    }


def _renamed(call: dict[str, str], world: int) -> dict[str, str]:
    named = {k: v if k == "kind" else f"{world}:{v}" for k, v in call.items()}
    if "phone" in call:
        named["phone"] = f"{call['phone']}{world:05}"
    return {"type": "seen", **named}
