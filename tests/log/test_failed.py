"""Failed events: nothing vanishes, and what was mended can be tried again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from tests.log.factories import (
    NOW,
    appending,
    assert_consistent,
    counts,
    drafts,
    numbered,
    sent,
    tail,
    told,
)

from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.envelope import Failed
from desireline.log.failed import (
    FailedEvent,
    FailedEventMissing,
    FailedEventReplayed,
    Which,
    count_failed,
    get_failed,
    list_failed,
    replay,
)
from desireline.log.rejecting import Reject

DAY = 86_400_000_000


def fail(db: Database, *items: Reject, source: str = "api") -> list[int]:
    """The numbers under which they are kept."""
    with appending(db) as appender:
        verdicts = appender.append(items, source)
    return [v.failed_id for v in verdicts if isinstance(v, Failed)]


def rejected(body: bytes, code: str = "any") -> Reject:
    return Reject(code, "It was not right.", "", body)


def listed(db: Database, **how: object) -> list[FailedEvent]:
    with db.reading() as look:
        return list_failed(look, Which(replayed=bool(how.pop("replayed", False))), **how)  # type: ignore[arg-type]


class TestList:
    def test_shows_the_newest_first_in_pages(self, log: Database) -> None:
        numbers = fail(log, *[rejected(b"%d" % n) for n in range(7)])
        first = listed(log, most=3)
        assert [one.body for one in first] == [b"6", b"5", b"4"]
        second = listed(log, most=3, before=first[-1].id)
        third = listed(log, most=3, before=second[-1].id)
        assert [one.body for one in second + third] == [b"3", b"2", b"1", b"0"]
        assert [one.id for one in first + second + third] == numbers[::-1]
        assert listed(log, before=third[-1].id) == []

    def test_tells_all_about_one(self, log: Database) -> None:
        (number,) = fail(log, rejected(b"\0\xff", "text_not_utf8"), source="door")
        with log.reading() as look:
            assert get_failed(look, number) == FailedEvent(
                number, NOW, "door", "text_not_utf8", "It was not right.", b"\0\xff", None, ""
            )
            assert count_failed(look) == 1
            with pytest.raises(FailedEventMissing) as missing:
                get_failed(look, number + 1)
        assert missing.value.status == 404


class TestReplay:
    def test_stores_what_is_right_now(self, log: Database) -> None:
        """An event of the future, when its time has come."""
        late = drafts(sent(id="x", at="2026-01-05T00:00:00Z"))
        assert isinstance(late[0], Reject)
        (number,) = fail(log, late[0], source="shop")
        clock = SetClock(NOW)
        with appending(log, clock=clock) as appender:
            assert told(replay(log, appender, clock, number)) == ["failed"]
            clock.move(5 * DAY)
            (again,) = listed(log)
            assert again.code == "at_in_future"
            assert told(replay(log, appender, clock, again.id)) == ["stored"]
        (row,) = tail(log)
        assert row["source"] == "shop"
        assert row["received_at"] == NOW + 5 * DAY
        assert listed(log) == []
        assert len(listed(log, replayed=True)) == 2
        assert counts(log) == {"received": 3, "stored": 1, "duplicate": 0, "failed": 2}
        assert_consistent(log)

    def test_has_the_time_of_then_where_none_is_said(self, log: Database) -> None:
        (number,) = fail(log, rejected(b'{"type":"a","user_id":"1"}'))
        clock = SetClock(NOW + DAY)
        with appending(log, clock=clock) as appender:
            replay(log, appender, clock, number)
        assert tail(log)[0]["at"] == NOW

    def test_happens_once(self, log: Database) -> None:
        (number,) = fail(log, rejected(b'[{"type":"a","user_id":"1"},{"type":"b","user_id":"1"}]'))
        clock = SetClock(NOW)
        with appending(log) as appender:
            assert told(replay(log, appender, clock, number)) == ["stored", "stored"]
            with pytest.raises(FailedEventReplayed) as replayed:
                replay(log, appender, clock, number)
        assert replayed.value.status == 409
        assert "2026-01-01T00:00:00Z" in str(replayed.value)
        assert len(tail(log)) == 2

    def test_by_two_at_once_stores_nothing_twice(self, log: Database) -> None:
        numbers = fail(log, *[rejected(b'{"type":"a","user_id":"1"}') for _ in range(5)])
        clock = SetClock(NOW)

        def try_replay(number: int) -> None:
            with suppress(FailedEventReplayed):
                replay(log, appender, clock, number)

        with appending(log) as appender, ThreadPoolExecutor(8) as pool:
            list(pool.map(try_replay, numbers * 4))
        assert len(tail(log)) == 5
        assert listed(log) == []
        assert_consistent(log)

    def test_of_what_is_there_already_is_a_duplicate(self, log: Database) -> None:
        (number,) = fail(log, rejected(b'{"type":"a","user_id":"1","id":"n1"}'))
        with appending(log) as appender:
            appender.append(numbered([1]), "api")
            assert told(replay(log, appender, SetClock(NOW), number)) == ["duplicate"]

    def test_of_a_hopeless_one_fails_with_its_reason(self, log: Database) -> None:
        (number,) = fail(log, rejected(b"\xff"))
        with appending(log) as appender:
            (verdict,) = replay(log, appender, SetClock(NOW), number)
        assert isinstance(verdict, Failed)
        assert verdict.code == "text_not_utf8"
        assert [one.id for one in listed(log)] == [verdict.failed_id]
