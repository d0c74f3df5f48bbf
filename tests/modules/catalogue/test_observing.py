"""What was seen is counted exactly, what changed is told."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.catalogue.cases import asked, logged, sent
from tests.modules.house import House

from desireline.kit.database import Database, metadata
from desireline.log.following import Logged
from desireline.modules.catalogue.bounding import (
    MOST_PROPERTIES,
    MOST_TYPES,
    with_few_types,
)
from desireline.modules.catalogue.kinds import kind_of
from desireline.modules.catalogue.observing import Observed, Observer
from desireline.modules.catalogue.repository import add_observed, list_kinds
from desireline.modules.catalogue.showing import LEAST_SUBJECTS, NOT_SHOWN, is_fit, shown_name

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.just("2026-03-01"),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "ann@example.com"]),
        st.integers(0, 10**6),
        st.dictionaries(st.sampled_from(["x", "y", "+48 600 100 200"]), VALUES, max_size=3),
    ),
    max_size=30,
)


class TestKinds:
    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("", "string"),
            ("42", "string"),
            (42, "number"),
            (4.2, "number"),
            (True, "boolean"),
            (None, None),
            ([], "list"),
            ({}, "object"),
            ("2026-03-01", "time"),
            ("2026-03-01T12:34:56.789Z", "time"),
            ("2026-03-01 12:34:56+01:00", "time"),
            ("2026-13-01", "string"),
            ("2026-03-01 is a day", "string"),
        ],
    )
    def test_are_told_apart(self, value: object, kind: str | None) -> None:
        assert kind_of(value) == kind


class TestObserve:
    @given(EVENTS)
    def test_counts_as_a_slow_reader_would(
        self, events: list[tuple[str, int, dict[str, object]]]
    ) -> None:
        found = Observer().observe(logged(t, at, p) for t, at, p in events)
        types = Counter(shown_name(t) for t, _, _ in events)
        kinds = Counter(
            (shown_name(t), shown_name(name), kind)
            for t, _, p in events
            for name, value in p.items()
            if (kind := kind_of(value))
        )
        assert {name: span.n for name, span in found.types.items()} == types
        assert {key: span.n for key, span in found.kinds.items()} == kinds
        for type_, span in found.types.items():
            times = [at for t, at, _ in events if shown_name(t) == type_]
            assert (span.first_at, span.last_at) == (min(times), max(times))

    def test_an_example_is_what_many_have_brought(self) -> None:
        observer = Observer()
        for subject in range(LEAST_SUBJECTS - 1):
            found = observer.observe([logged("a", 1, {"animal": "cat"}, subject)] * 9)
            assert found.examples == {}
        found = observer.observe([logged("a", 1, {"animal": "cat"}, 99)])
        assert found.examples == {("a", "animal"): ["cat"]}
        assert observer.observe([logged("a", 1, {"animal": "cat"}, 100)]).examples == {}

    @pytest.mark.parametrize(
        "value",
        [
            "ann@example.com",
            "+48 600 100 200",
            "(022) 123-45-67",
            "4111 1111 1111 1111",
            "00000000-0000-4000-8000-000000000000"[:36],
            "d41d8cd98f00b204",
            "https://example.com/ann",
            "192.168.100.200",
            "x" * 61,
            "",
        ],
    )
    def test_what_looks_like_a_person_is_no_example(self, value: str) -> None:
        assert not is_fit(value)

    def test_a_name_that_looks_like_a_person_is_not_shown(self) -> None:
        found = Observer().observe([logged("hello ann@example.com", 1, {"+48600100200": 1})])
        assert set(found.kinds) == {(NOT_SHOWN, NOT_SHOWN, "number")}
        assert shown_name("order_completed") == "order_completed"
        assert shown_name("step_2026") == "step_2026"

    def test_a_million_properties_are_no_million_rows(self) -> None:
        found = Observer().observe([logged("a", 1, {f"p{i}": i for i in range(600)})])
        assert set(found.kinds) == {("a", NOT_SHOWN, "object")}


class TestBounds:
    """Programs that make up names without end leave a catalogue that people can read."""

    def test_properties_of_a_type_are_bounded(self, here: House) -> None:
        names = range(MOST_PROPERTIES + 50)
        events = [logged("a", i, {f"item_{i}_x": i, "n": i}) for i in names]
        for start in range(0, len(events), 300):
            found = Observer().observe(events[start : start + 300])
            with here.rooms.db.transaction() as tx:
                add_observed(tx, found)
        with here.rooms.db.reading() as look:
            kinds = list_kinds(look, "a")
        assert len(kinds) == MOST_PROPERTIES + 1
        assert kinds["a", "n"][0].n == len(events)
        assert sum(kind[0].n for kind in kinds.values()) == 2 * len(events)
        assert kinds["a", NOT_SHOWN][0].n == 51

    def test_types_are_bounded(self) -> None:
        found = Observer().observe([logged(f"t{i % 5}", i, {"x": 1}) for i in range(20)])
        few = with_few_types(found, {"t0", "t1"}, MOST_TYPES - 1)
        assert {name: span.n for name, span in few.types.items()} == {
            "t0": 4,
            "t1": 4,
            "t2": 4,
            NOT_SHOWN: 8,
        }
        assert few.kinds[NOT_SHOWN, "x", "number"].n == 8
        assert few.types[NOT_SHOWN].first_at == 3
        assert with_few_types(found, set(), 0) is found


class TestDrift:
    def test_a_property_that_changes_is_told(self, here: House) -> None:
        sent(
            here,
            *(
                {"type": "a", "at": f"2026-03-0{day}T00:00:00Z", "properties": {"price": price}}
                for day, price in ((1, 1.5), (2, 2), (3, "3 EUR"), (4, "4 EUR"))
            ),
        )
        price = asked(here, "a")["properties"][0]  # type: ignore[index]
        assert [f["code"] for f in price["findings"]] == ["kind_changed"]
        assert price["findings"][0]["sentence"] == (
            "It was a number in 2 events until 2026-03-02T00:00:00Z, and is a string since"
            " 2026-03-03T00:00:00Z, in 2 events."
        )
        assert price["findings"][0]["since"] == "2026-03-03T00:00:00Z"
        sent(here, {"type": "a", "at": "2026-03-05T00:00:00Z", "properties": {"price": 5}})
        price = asked(here, "a")["properties"][0]  # type: ignore[index]
        assert [f["code"] for f in price["findings"]] == ["kind_mixed"]

    def test_what_is_not_as_declared_is_told(self, here: House) -> None:
        sent(here, {"type": "a", "properties": {"n": "7"}})
        said = {"owner": "shop", "properties": {"n": {"kind": "number"}}}
        told = here.client.put("/v1/event-types/a", json=said).json()
        assert [f["code"] for f in told["properties"][0]["findings"]] == ["kind_wrong"]
        assert told["odd_properties"] == ["n"]
        assert told["findings"] == []

    def test_what_nobody_declared_and_what_outlives_its_end_is_told(self, here: House) -> None:
        sent(here, {"type": "old"}, {"type": "new"})
        codes = {
            one["name"]: [f["code"] for f in one["findings"]]
            for one in here.client.get("/v1/event-types").json()["event_types"]
        }
        assert codes == {"old": ["undeclared"], "new": ["undeclared"]}
        said = {"deprecated": True, "replaced_by": "new", "description": "The old one."}
        since = here.client.put("/v1/event-types/old", json=said).json()["deprecated_at"]
        assert asked(here, "old")["findings"] == []
        sent(here, {"type": "old"})
        assert [f["code"] for f in asked(here, "old")["findings"]] == ["deprecated_in_use"]
        again = here.client.put("/v1/event-types/old", json=said).json()
        assert again["deprecated_at"] == since
        odd = here.client.get("/v1/event-types", params={"odd": True}).json()["event_types"]
        assert {one["name"] for one in odd} == {"old", "new"}


class TestSpeed:
    def test_is_little_beside_reading_json(self, tmp_path: Path) -> None:
        """Told as a ratio within one run: all of it, the database too, to a plain `json.loads`."""
        properties = {"sku": "A1", "name": "cat", "price": 1.5, "at": "2026-01-01", "ok": True}
        events = [logged(f"t{i % 20}", i, properties, i % 3000) for i in range(20_000)]
        db = Database(f"sqlite:///{tmp_path}/w.db")
        names = ("event_type", "event_property", "event_property_kind")
        with db.transaction() as tx:
            metadata.create_all(tx, tables=[metadata.tables[name] for name in names])
        ours = min(_seconds(db, events) for _ in range(3))
        plain = min(_read(events) for _ in range(3))
        db.close()
        assert ours < 12 * plain, (ours, plain)


def _read(events: Sequence[Logged]) -> float:
    begun = time.thread_time()
    for event in events:
        json.loads(event.properties or "")
    return time.thread_time() - begun


def _seconds(db: Database, events: Sequence[Logged]) -> float:
    """Of a processor: what other programs do meanwhile counts for neither."""
    observer = Observer()
    begun = time.thread_time()
    for start in range(0, len(events), 2_000):
        found: Observed = observer.observe(events[start : start + 2_000])
        with db.transaction() as tx:
            add_observed(tx, found)
    return time.thread_time() - begun
