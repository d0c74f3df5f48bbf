"""Subjects and links: an identifier has one number, whoever brings it, and keeps it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, cast, delete, select, update
from tests.databases import ready
from tests.log.factories import appending, drafts, sent, tail, told

from desireline.kit.database import Database
from desireline.log.naming.subjects import find_numbers, numbers_of
from desireline.log.recent import Recent
from desireline.log.tables import identity_link, log_state, subject


def links(db: Database) -> dict[tuple[tuple[str, str], tuple[str, str]], str]:
    """The links, between identifiers, with their evidence."""
    with db.reading() as look:
        names = {row.id: (row.kind, row.value) for row in look.execute(select(subject))}
        rows = look.execute(select(identity_link)).all()
    assert all(row.a < row.b for row in rows)
    return {(names[row.a], names[row.b]): row.evidence for row in rows}


class TestNumbers:
    def test_are_given_once(self, log: Database) -> None:
        names = [("user_id", f"u{n}") for n in range(50)] + [("email", "u1"), ("phone", "'\"\\,{}")]
        with log.transaction() as tx:
            first = numbers_of(tx, names[:30])
        with log.transaction() as tx:
            second = numbers_of(tx, names * 2)
            assert find_numbers(tx, names) == second
            assert numbers_of(tx, []) == {}
        assert first.items() <= second.items()
        assert len(set(second.values())) == len(names)

    def test_are_not_those_of_another_kind_or_spelling(self, log: Database) -> None:
        names = [
            ("user_id", "a"),
            ("email", "a"),
            ("user_id", "A"),
            ("user_id", "a "),
            ("user_id", "ä"),
        ]
        with log.transaction() as tx:
            assert len(set(numbers_of(tx, names).values())) == 5

    def test_are_one_for_all_appenders(self, database_url: str) -> None:
        one, other = ready(database_url), ready(database_url)
        calls = [
            drafts(*[sent(user_id=f"u{(n * 7 + k) % 40}") for k in range(10)]) for n in range(24)
        ]
        with appending(one) as a, appending(other) as b, ThreadPoolExecutor(4) as pool:
            jobs = [(a if n % 2 else b, call) for n, call in enumerate(calls)]
            list(pool.map(lambda job: job[0].append(job[1], "api"), jobs))
        with one.reading() as look:
            values = list(look.execute(select(subject.c.value)).scalars())
        assert sorted(values) == sorted({f"u{n}" for n in range(40)})
        one.close()
        other.close()

    def test_are_new_after_an_erasure(self, log: Database) -> None:
        with appending(log) as appender:
            appender.append(drafts(sent(anonymous_id="d")), "api")
            before = tail(log)[0]["subject"]
            with log.transaction() as tx:
                tx.execute(delete(identity_link))
                tx.execute(update(subject).values(kind="erased", value=cast(subject.c.id, Text)))
                tx.execute(update(log_state).values(erasures=log_state.c.erasures + 1))
            appender.append(drafts(sent(anonymous_id="d")), "api")
        with log.reading() as look:
            numbers = find_numbers(look, [("user_id", "ann"), ("anonymous_id", "d")])
        assert tail(log)[1]["subject"] == numbers["user_id", "ann"]
        assert len(links(log)) == 1
        assert before not in numbers.values()

    def test_of_a_batch_that_failed_are_not_remembered(self, log: Database) -> None:
        with appending(log) as appender:
            with log.transaction() as tx:
                tx.exec_driver_sql("ALTER TABLE event RENAME TO elsewhere")
            future = appender.submit(lambda: drafts(sent(user_id="new")), "api")
            assert future.exception() is not None
            with log.transaction() as tx:
                tx.exec_driver_sql("ALTER TABLE elsewhere RENAME TO event")
                taken = numbers_of(tx, [("user_id", "somebody else")])
            assert told(appender.append(drafts(sent(user_id="new")), "api")) == ["stored"]
        assert tail(log)[0]["subject"] not in taken.values()


class TestLinks:
    def test_join_an_events_subject_with_its_other_identifiers(self, log: Database) -> None:
        with appending(log) as appender:
            event: dict[str, Any] = {"kind": "identify", "email": "a@b.c", "anonymous_id": "d"}
            appender.append(drafts(sent(**event, identifiers={"loyalty": "7"}), sent()), "api")
        assert set(links(log)) == {
            pair if ids_ascend(log, pair) else pair[::-1]
            for pair in [
                (("user_id", "ann"), ("email", "a@b.c")),
                (("user_id", "ann"), ("loyalty", "7")),
                (("user_id", "ann"), ("anonymous_id", "d")),
            ]
        }
        assert set(links(log).values()) == {"identify"}

    def test_are_made_once_and_stay_withdrawn(self, log: Database) -> None:
        event = sent(anonymous_id="d")
        with appending(log) as appender:
            appender.append(drafts(event, event), "api")
            with log.transaction() as tx:
                tx.execute(update(identity_link).values(withdrawn_at=1))
            appender.append(drafts(event), "api")
        with appending(log) as appender:
            appender.append(drafts(event), "api")
        with log.reading() as look:
            rows = look.execute(select(identity_link)).all()
            state = look.execute(select(log_state)).one()
        assert [row.withdrawn_at for row in rows] == [1]
        assert state.links == 1

    def test_are_not_made_by_duplicates(self, log: Database) -> None:
        with appending(log) as appender:
            appender.append(drafts(sent(id="1")), "api")
            appender.append(drafts(sent(id="1", anonymous_id="d")), "api")
        assert links(log) == {}


def ids_ascend(db: Database, pair: tuple[tuple[str, str], tuple[str, str]]) -> bool:
    with db.reading() as look:
        numbers = find_numbers(look, pair)
    return numbers[pair[0]] < numbers[pair[1]]


class TestRecent:
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 9))), st.integers(1, 5))
    def test_knows_the_last_ones_within_bounds(
        self, steps: list[tuple[bool, int]], most: int
    ) -> None:
        recent: Recent[int, int] = Recent(most)
        learned: list[int] = []
        for learns, key in steps:
            if learns:
                recent.learn({key: key * 10})
                learned = [k for k in learned if k != key] + [key]
            else:
                assert recent.get(key) in (None, key * 10)
            assert all(recent.get(k) == k * 10 for k in learned[-1:])
            assert sum(recent.get(k) is not None for k in range(10)) <= 2 * (most + 1)
        recent.forget()
        assert all(recent.get(key) is None for key in range(10))
