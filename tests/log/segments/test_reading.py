"""The log is read as one, whether its events stand in the tail or in segments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from tests.log.segments.logs import NOW, Log, made_up, put

from desireline.kit.ids import from_halves
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.tables import event, log_state

SOME = ["subject", "at", "position", "type", "value", "properties.campaign"]


@pytest.fixture
def reader(log: Log) -> Iterator[LogReader]:
    """Reads a log of three segments and a tail."""
    put(log, made_up(400))
    seal(log.db, log.store, log.clock, upto=300, rows=100)
    with LogReader(log.db, log.store) as reader:
        yield reader


def in_order(log: Log, *subjects: int) -> list[tuple[int, int]]:
    """Time and position of the events of some subjects, found the slow way."""
    rows = [r for r in log.everything() if r["subject"] in subjects]
    return sorted((r["at"], r["position"]) for r in rows)


class TestEventsOf:
    def test_come_by_time_and_position_from_tail_and_segments(
        self, log: Log, reader: LogReader
    ) -> None:
        by_position = {r["position"]: r for r in log.everything()}
        expected = [by_position[p] for _, p in in_order(log, 3, 7)][:10]
        found = reader.events_of([3, 7], 10)
        assert [e.id for e in found] == [str(from_halves(r["id_hi"], r["id_lo"])) for r in expected]
        assert [e.at for e in found] == [r["at"] for r in expected]

    def test_pages_follow_each_other_without_gap_or_double(
        self, log: Log, reader: LogReader
    ) -> None:
        seen, after = [], None
        while True:
            page = reader.page_of([3, 7], 7, after)
            seen += [e.at for e in page.events]
            after = page.after
            if after is None:
                break
        assert seen == [at for at, _ in in_order(log, 3, 7)]

    def test_an_event_comes_back_as_it_was_sent(self, log: Log, reader: LogReader) -> None:
        row = made_up(1, 401)[0] | {
            "subject": 99,
            "identifiers": '{"email":"a@x.org"}',
            "properties": '{"size":{"cm":[1,2.5,null]}}',
            "context": '{"ip":"::1"}',
            "value": 1.5,
            "currency": "EUR",
        }
        put(log, [row])
        for _ in range(2):
            (one,) = reader.events_of([99])
            assert one.identifiers == {"user_id": "user-99", "email": "a@x.org"}
            assert one.properties == {"size": {"cm": [1, 2.5, None]}}
            assert (one.context, one.value, one.currency) == ({"ip": "::1"}, 1.5, "EUR")
            assert (one.type, one.kind, one.at) == (row["type"], row["kind"], row["at"])
            assert (one.channel, one.actor, one.source) == (
                row["channel"],
                row["actor"],
                row["source"],
            )
            assert one.received_at == row["received_at"]
            seal(log.db, log.store, log.clock)

    def test_nobody_has_no_events(self, reader: LogReader) -> None:
        assert reader.events_of([]) == []
        assert reader.events_of([12_345]) == []


class TestWindow:
    def test_is_of_one_moment(self, log: Log, reader: LogReader) -> None:
        window = reader.window(0)
        assert window is not None
        put(log, made_up(50, 401))
        seal(log.db, log.store, log.clock)
        assert [one.position for one in window.events] == list(range(1, 401))
        assert window.upto == 400

    def test_ids_of_all_segments_are_those_of_the_rows(self, reader: LogReader) -> None:
        pairs = [reader.ids_of(segment) for segment in reader.catalogue().segments]
        found = {id_ for hi, lo in pairs for id_ in zip(hi.tolist(), lo.tolist(), strict=True)}
        assert found == {(r["id_hi"], r["id_lo"]) for r in made_up(400)[:300]}


text = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
json_value = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | text | st.floats(-1e6, 1e6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
number = st.integers(-(2**63), 2**63 - 1)
scalar = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | text
shapes = st.fixed_dictionaries(
    {
        "id_hi": number,
        "id_lo": number,
        "subject": st.integers(1, 5),
        "at": st.integers(NOW, NOW + 3),
        "received_at": number,
        **dict.fromkeys(("type", "kind", "channel", "direction", "actor", "source"), text),
        "value": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "currency": st.none() | text,
        "identifiers": st.none() | st.dictionaries(text, text).map(json.dumps),
        "properties": st.none() | st.dictionaries(text, json_value, max_size=3).map(json.dumps),
        "context": st.none(),
    }
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(shapes, min_size=1, max_size=8, unique_by=lambda r: (r["id_lo"], r["id_hi"])))
def test_sealing_changes_nothing_of_any_event(log: Log, rows: list[dict[str, Any]]) -> None:
    """The law: what the tail says of events, the segment says as well, to the last bit."""
    with log.db.transaction() as tx:
        last = tx.execute(select(log_state.c.position)).scalar_one()
        placed = [row | {"position": last + 1 + i} for i, row in enumerate(rows)]
        tx.execute(insert(event), placed)
        tx.execute(update(log_state).values(position=last + len(rows)))
    before = log.behind(last)
    seal(log.db, log.store, log.clock)
    after = log.behind(last)
    assert log.tail() == []
    assert after == before
    assert len(after) == len(rows)
