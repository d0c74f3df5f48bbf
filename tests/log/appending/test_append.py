"""Appending: what a verdict says is so on disk, whoever sends, as often as they like."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from tests.databases import ready
from tests.log.bad_events import BAD, GOOD, decoded, with_property
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
from desireline.kit.ids import from_halves
from desireline.log.appending.appender import Appender, AppenderClosed
from desireline.log.appending.dedup import IdSets, no_segments
from desireline.log.drafting import COLUMNS, Draft
from desireline.log.envelope import Failed, Stored
from desireline.log.failed import list_failed
from desireline.log.tables import event, log_state, segment, subject


class TestAppend:
    def test_answers_for_each_event_in_order(self, log: Database) -> None:
        with appending(log) as appender:
            verdicts = appender.append(
                drafts(sent(id="a"), {"type": 5}, sent(id="a"), sent()), "api"
            )
        assert told(verdicts) == ["stored", "failed", "duplicate", "stored"]
        assert [v.position for v in verdicts if isinstance(v, Stored)] == [1, 2]
        assert verdicts[0].id == verdicts[2].id  # type: ignore[union-attr]
        assert counts(log) == {"received": 4, "stored": 2, "duplicate": 1, "failed": 1}
        assert_consistent(log)

    def test_keeps_every_column(self, log: Database) -> None:
        full = sent(
            id="0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d", kind="page", at="2025-03-01", channel="web",
            direction="internal", actor="system", value=39.9, currency="EUR", anonymous_id="d",
            properties={"a": [1, "é😀\t\n\\ \x01"]}, context={"page": "/"},
        )  # fmt: skip
        bare = drafts(sent(id="bare"))
        with appending(log) as appender:
            appender.append(drafts(full), "api")
            appender.append(bare, "door\tof a\nmodule \x01")
        first, second = tail(log)
        assert isinstance(bare[0], Draft)
        assert {k: v for k, v in first.items() if k != "subject"} == {
            "position": 1, "id_hi": 0x0192F3A07C1E7B3A, "id_lo": 0x9F2E3D5C1A2B4C6D - 2**64,
            "at": 1_740_787_200_000_000, "received_at": NOW, "type": "product_viewed",
            "kind": "page", "channel": "web", "direction": "internal", "actor": "system",
            "value": 39.9, "currency": "EUR", "identifiers": '{"anonymous_id":"d"}',
            "properties": json.dumps({"a": [1, "é😀\t\n\\ \x01"]}, ensure_ascii=False,
                                     separators=(",", ":")),
            "context": '{"page":"/"}', "source": "api",
        }  # fmt: skip
        assert from_halves(second["id_hi"], second["id_lo"]).bytes == bare[0].id
        assert second["source"] == "door\tof a\nmodule \x01"
        assert second["channel"] == second["actor"] == ""
        nothing = ("value", "currency", "identifiers", "properties")
        assert all(second[name] is None for name in nothing)

    @pytest.mark.parametrize(
        "word", ["None", "\\N", "NULL", '"', "a\tb", "a\r\nb", "\x01", "\\.", "é"]
    )
    def test_keeps_any_text(self, log: Database, word: str) -> None:
        with appending(log) as appender:
            event_ = sent(type=word, channel=word, actor=word, properties={"p": word})
            assert told(appender.append(drafts(event_), word)) == ["stored"]
        (row,) = tail(log)
        assert {row["type"], row["channel"], row["actor"], row["source"]} == {word}
        assert json.loads(row["properties"]) == {"p": word}

    def test_takes_nothing_from_nobody(self, log: Database) -> None:
        with appending(log) as appender:
            assert appender.append([], "api") == []
        assert counts(log)["received"] == 0

    def test_keeps_what_failed(self, log: Database) -> None:
        with appending(log) as appender:
            verdicts = appender.append(drafts(sent(user_id="\0"), sent(), "no event"), "api")
        with log.reading() as look:
            failed = list_failed(look)
        assert [one.id for one in reversed(failed)] == [
            v.failed_id for v in verdicts if isinstance(v, Failed)
        ]
        assert [one.code for one in failed] == ["event_not_object", "nul_character"]
        assert failed[0].body == b'"no event"'
        assert failed[0].source == "api"
        assert "Send {" in failed[0].reason

    def test_knows_its_last_position(self, log: Database) -> None:
        with appending(log) as appender:
            assert appender.position == 0
            appender.append(numbered(range(5)), "api")
            assert appender.position == 5
            appender.append(numbered(range(5)), "api")
            assert appender.position == 5
            assert appender.waiting == 0

    def test_takes_more_than_one_commit_holds(self, log: Database) -> None:
        appender = Appender(log, IdSets(no_segments), SetClock(NOW), most=10)
        sevens = [partial(numbered, range(n * 7, n * 7 + 7)) for n in range(9)]
        futures = [appender.submit(seven, "api") for seven in sevens]
        futures.append(appender.submit(lambda: numbered(range(100, 125)), "api"))
        appender.close()
        assert all(told(f.result()) == ["stored"] * len(f.result()) for f in futures)
        assert_consistent(log)

    def test_drains_before_it_closes(self, log: Database) -> None:
        appender = Appender(log, IdSets(no_segments), SetClock(NOW))
        futures = [appender.submit(partial(numbered, [n]), "api") for n in range(30)]
        appender.close()
        assert all(future.done() for future in futures)
        assert len(tail(log)) == 30
        with pytest.raises(AppenderClosed) as closed:
            appender.append(numbered([1]), "api")
        assert closed.value.status == 503
        appender.close()

    def test_goes_on_when_a_caller_went_away(self, log: Database) -> None:
        with appending(log) as appender:
            with log.transaction() as tx:  # holds the committer up
                tx.execute(select(log_state).with_for_update())
                first = appender.submit(lambda: numbered([1]), "api")
                gone = appender.submit(lambda: numbered([2]), "api")
                gone.cancel()
            assert told(first.result()) == ["stored"]
            assert told(appender.append(numbered([3]), "api")) == ["stored"]
        assert_consistent(log)


class TestDuplicates:
    """R-DUP: each id counts once."""

    def test_in_one_batch(self, log: Database) -> None:
        numbers = [n % 70 for n in range(100)]
        with appending(log) as appender:
            verdicts = told(appender.append(numbered(numbers), "api"))
        assert verdicts == ["stored"] * 70 + ["duplicate"] * 30
        assert_consistent(log)

    def test_in_later_batches(self, log: Database) -> None:
        with appending(log) as appender:
            for begin in (0, 70, 140, 500, 0):
                appender.append(numbered(range(begin, begin + 100)), "api")
        assert len(tail(log)) == 340
        assert counts(log) == {"received": 500, "stored": 340, "duplicate": 160, "failed": 0}
        assert_consistent(log)

    def test_across_threads(self, log: Database) -> None:
        chance = Random(7)
        batches = [[chance.randrange(1000) for _ in range(50)] for _ in range(60)]
        with appending(log) as appender, ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda b: appender.append(numbered(b), "api"), batches))
        stored = [v for verdicts in done for v in verdicts if isinstance(v, Stored)]
        distinct = {n for batch in batches for n in batch}
        assert len(stored) == len(distinct)
        assert sorted(v.position for v in stored) == list(range(1, len(distinct) + 1))
        assert [str(from_halves(row["id_hi"], row["id_lo"])) for row in tail(log)] == [
            v.id for v in sorted(stored, key=lambda v: v.position)
        ]
        assert counts(log)["received"] == 3000
        assert_consistent(log)

    def test_across_appenders_and_a_restart(self, database_url: str) -> None:
        for _ in range(2):
            one, other = ready(database_url), ready(database_url)
            with appending(one) as a, appending(other) as b, ThreadPoolExecutor(4) as pool:
                batches = [numbered(range(n, n + 40)) for n in range(0, 400, 20)]
                work = [(a if n % 2 else b, batch) for n, batch in enumerate(batches)]
                list(pool.map(lambda job: job[0].append(job[1], "api"), work))
            assert len(tail(one)) == 420
            assert_consistent(one)
            one.close()
            other.close()
        last = ready(database_url)
        assert counts(last) == {"received": 1600, "stored": 420, "duplicate": 1180, "failed": 0}
        last.close()

    def test_of_a_failed_event_are_not_duplicates(self, log: Database) -> None:
        with appending(log) as appender:
            bad, good = sent(id="a", value="x"), sent(id="a", value=1)
            assert told(appender.append(drafts(bad, good, bad), "api")) == [
                "failed", "stored", "failed",
            ]  # fmt: skip


def seal_all(db: Database, file: str) -> tuple[Any, Any]:
    """Moves the tail into the catalogue as sealing does it, without a file; gives its ids."""
    rows = tail(db)
    facts = dict.fromkeys([c.name for c in segment.columns if c.name != "number"], 0)
    facts |= {"first_position": rows[0]["position"], "last_position": rows[-1]["position"]}
    with db.transaction() as tx:
        tx.execute(insert(segment).values({**facts, "file": file, "sha256": ""}))
        tx.execute(update(log_state).values(catalogue=log_state.c.catalogue + 1))
        tx.execute(delete(event))
    pairs = [(row["id_hi"], row["id_lo"]) for row in rows]
    return ids_as_columns(pairs)


def ids_as_columns(pairs: list[tuple[int, int]]) -> tuple[Any, Any]:
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return columns[:, 0].copy(), columns[:, 1].copy()


class TestDuplicatesOfSealedEvents:
    def test_are_not_mistaken_where_half_of_the_id_is_equal(self, log: Database) -> None:
        """UUIDs of version 1 from one machine share their lower half."""
        shelves: dict[str, tuple[Any, Any]] = {}
        old = [f"{n:08x}-7c1e-11ee-9f2e-3d5c1a2b4c6d" for n in range(100)]
        new = [f"{n:08x}-7c1e-11ee-9f2e-3d5c1a2b4c6d" for n in range(50, 150)]
        with appending(log, IdSets(lambda s: shelves[s.file])) as appender:
            appender.append(drafts(*[sent(id=i) for i in old]), "api")
        shelves["s"] = seal_all(log, "s")
        with appending(log, IdSets(lambda s: shelves[s.file])) as appender:
            verdicts = told(appender.append(drafts(*[sent(id=i) for i in new]), "api"))
            assert verdicts == ["duplicate"] * 50 + ["stored"] * 50
            verdicts = told(appender.append(drafts(*[sent(id=i) for i in new]), "api"))
        assert verdicts == ["duplicate"] * 100

    def test_are_not_guessed_where_a_segment_cannot_be_read(self, log: Database) -> None:
        shelves: dict[str, tuple[Any, Any]] = {}
        with appending(log, IdSets(lambda s: shelves[s.file])) as appender:
            appender.append(numbered(range(5)), "api")
        ids = seal_all(log, "s")
        with appending(log, IdSets(lambda s: shelves[s.file])) as appender:
            with pytest.raises(Exception, match="segment s cannot be read") as error:
                appender.append(numbered(range(6)), "api")
            assert getattr(error.value, "status", None) == 503
            shelves["s"] = ids
            assert told(appender.append(numbered(range(6)), "api")) == ["duplicate"] * 5 + [
                "stored"
            ]


EVENTS = st.one_of(
    st.integers(0, 12).map(lambda n: sent(id=f"n{n}")),
    st.integers(0, 3).map(lambda n: {"type": "", "user_id": n}),
    st.just(7),
)


class TestCounters:
    @settings(
        max_examples=25,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(calls=st.lists(st.lists(EVENTS, max_size=6), max_size=6))
    def test_add_up_whatever_comes(self, log: Database, calls: list[list[Any]]) -> None:
        before = counts(log)
        seen = {str(from_halves(row["id_hi"], row["id_lo"])) for row in tail(log)}
        with appending(log) as appender:
            futures = [appender.submit(partial(drafts, *call), "api") for call in calls]
            verdicts = [v for future in futures for v in future.result()]
        after = counts(log)
        assert after["received"] - before["received"] == sum(map(len, calls)) == len(verdicts)
        for verdict in ("stored", "duplicate", "failed"):
            assert after[verdict] - before[verdict] == told(verdicts).count(verdict)
        stored = [v.id for v in verdicts if isinstance(v, Stored)]
        assert len(set(stored)) == len(stored)
        assert not seen & set(stored)
        assert_consistent(log)


class TestSubjectsOfEvents:
    def test_have_the_strongest_identifier(self, log: Database) -> None:
        with appending(log) as appender:
            appender.append(drafts(sent(anonymous_id="d", email="A@b.c")), "api")
            appender.append(drafts({"type": "x", "anonymous_id": "d"}), "api")
        with log.reading() as look:
            rows = look.execute(select(subject)).all()
        number = {(row.kind, row.value): row.id for row in rows}
        assert set(number) == {("user_id", "ann"), ("email", "a@b.c"), ("anonymous_id", "d")}
        first, second = tail(log)
        assert first["subject"] == number["user_id", "ann"]
        assert json.loads(first["identifiers"]) == {"email": "a@b.c", "anonymous_id": "d"}
        assert second["subject"] == number["anonymous_id", "d"]
        assert second["identifiers"] is None


class TestStrangeEvents:
    """R-BAD in the database: both keep what is right exactly, and refuse the same."""

    def test_are_kept_to_the_letter(self, log: Database) -> None:
        values = [
            2**63 - 1, -(2**63), 2**53 + 1, 1e308, 5e-324, -0.0, 0.1, "", " ", "\x01\x7f\x1f",
            "\\N", "\u2028", "\ufeff", "\uffff", "e\u0301", "😀", "None", {"": ""},
            [[[]]], None, True,
            "x" * 30_000, {f"k{n}": n for n in range(1000)}, json.loads("[" * 60 + "]" * 60),
        ]  # fmt: skip
        items = drafts(*[sent(id=f"n{n}", properties={"p": v}) for n, v in enumerate(values)])
        with appending(log) as appender:
            assert set(told(appender.append(items, "api"))) == {"stored"}
        for row, item in zip(tail(log), items, strict=True):
            assert isinstance(item, Draft)
            assert tuple(row[name] for name in COLUMNS) == item.columns
        kept = [json.loads(row["properties"])["p"] for row in tail(log)]
        assert repr(kept) == repr(values)

    def test_fail_alike(self, log: Database) -> None:
        with appending(log) as appender:
            for name, (code, value) in BAD.items():
                items = decoded(b"[%s,%s]" % (GOOD, with_property(value)))
                stored, failed = appender.append(items, "api")
                assert stored.verdict == "stored", name
                assert isinstance(failed, Failed), name
                assert failed.code == code, name
        assert counts(log)["failed"] == len(BAD)
        assert_consistent(log)
