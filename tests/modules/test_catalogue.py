"""The catalogue: what was seen is counted exactly, what changed is told, nobody is shown."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from tests.modules.house import House

from desireline.cli.event_types_command import command
from desireline.kit.database import Database, metadata
from desireline.kit.workspace import open_workspace
from desireline.log.following import Batch, Follower, Logged, Reaction
from desireline.modules.catalogue.bounding import (
    MOST_PROPERTIES,
    MOST_TYPES,
    with_few_types,
)
from desireline.modules.catalogue.facade import TraitMisfit, check_traits
from desireline.modules.catalogue.kinds import kind_of
from desireline.modules.catalogue.observing import Observed, Observer
from desireline.modules.catalogue.reactions import CATALOGUING
from desireline.modules.catalogue.repository import add_observed, list_kinds
from desireline.modules.catalogue.showing import LEAST_SUBJECTS, NOT_SHOWN, is_fit, shown_name
from desireline.modules.catalogue.tables import event_type
from desireline.modules.people.arriving import TAKE_TRAITS
from desireline.modules.rooms import Rooms
from desireline.settings import read_settings

DAY = 86_400_000_000
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


def logged(
    type_: str, at: int, properties: dict[str, object] | None = None, subject: int = 1
) -> Logged:
    said = json.dumps(properties) if properties else None
    blank = ("track", "", "inbound", "", None, None, None)
    return Logged(1, 0, 0, subject, at, at, type_, *blank, said, None, "test")


def follow(here: House, reaction: Reaction = CATALOGUING, rows: int = 2_000) -> None:
    for _ in Follower(here.rooms.db, here.rooms.reader, reaction).catch_up(rows):
        pass


def sent(here: House, *events: dict[str, object]) -> None:
    here.send([{"user_id": "u1"} | event for event in events])
    follow(here)


def asked(here: House, name: str) -> dict[str, object]:
    answer = here.client.get(f"/v1/event-types/{name}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


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


class TestFollow:
    def test_every_type_and_property_is_there(self, here: House) -> None:
        sent(
            here,
            {"type": "order_completed", "at": "2026-03-01T10:00:00Z", "properties": {"n": 1}},
            {"type": "order_completed", "at": "2026-03-02T10:00:00Z", "properties": {"n": 2.5}},
            {"type": "page_viewed"},
        )
        found = here.client.get("/v1/event-types").json()["event_types"]
        assert [(one["name"], one["events"]) for one in found] == [
            ("order_completed", 2),
            ("page_viewed", 1),
        ]
        one = asked(here, "order_completed")
        assert (one["first_seen"], one["last_seen"]) == (
            "2026-03-01T10:00:00Z",
            "2026-03-02T10:00:00Z",
        )
        assert one["properties"][0]["seen"] == [  # type: ignore[index]
            {
                "kind": "number",
                "events": 2,
                "first_seen": "2026-03-01T10:00:00Z",
                "last_seen": "2026-03-02T10:00:00Z",
            }
        ]

    def test_each_event_counts_once_whoever_stops_where(self, here: House) -> None:
        """Followers that are thrown away after each batch, as processes that end are."""
        here.send(
            [{"type": f"t{i % 3}", "user_id": "u", "properties": {"x": i}} for i in range(60)]
        )
        for _ in range(20):
            next(iter(Follower(here.rooms.db, here.rooms.reader, CATALOGUING).catch_up(7)), None)
        follow(here)
        with here.rooms.db.reading() as look:
            counts = dict(look.execute(select(event_type.c.name, event_type.c.events)).all())
            kinds = list_kinds(look)
        assert counts == {"t0": 20, "t1": 20, "t2": 20}
        assert kinds["t1", "x"][0].n == 20

    def test_a_batch_that_fails_counts_nothing(self, here: House) -> None:
        here.send([{"type": "a", "user_id": "u"}] * 3)

        def fail(tx: Connection, batch: Batch) -> None:
            CATALOGUING.react(tx, batch)
            raise OSError("the disk is away")

        with pytest.raises(OSError, match="away"):
            follow(here, Reaction("catalogue", fail))
        follow(here)
        assert asked(here, "a")["events"] == 3

    def test_no_person_is_in_it(self, here: House) -> None:
        """One person under many identifiers, with canaries in every place that is free text."""
        for i in range(4):
            sent(
                here,
                {
                    "type": "form_sent",
                    "user_id": f"u{i}",
                    "email": "canary.ann@example.com",
                    "properties": {
                        "name": "Canary Ann",
                        "phone": "+48 600 100 200",
                        "canary.ann@example.com": 1,
                    },
                },
            )
        names = [t.name for t in metadata.sorted_tables if t.name.startswith(("event_", "trait_"))]
        with here.rooms.db.reading() as look:
            for name in {"event_type", "event_property", "event_property_kind"} & set(names):
                rows = str(look.execute(select(metadata.tables[name])).all()).lower()
                assert "canary" not in rows
                assert "600" not in rows


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


class TestDeclare:
    def test_a_type_may_be_declared_before_it_is_seen(self, here: House) -> None:
        said = {"description": "A gift was sent.", "properties": {"to": {"kind": "string"}}}
        assert here.client.put("/v1/event-types/gift_sent", json=said).status_code == 200
        assert asked(here, "gift_sent")["events"] == 0
        sent(here, {"type": "gift_sent", "properties": {"to": "a friend"}})
        found = asked(here, "gift_sent")
        assert (found["events"], found["description"]) == (1, "A gift was sent.")
        assert found["properties"][0]["kind"] == "string"  # type: ignore[index]

    @pytest.mark.parametrize(
        ("name", "said", "code"),
        [
            ("a", {"replaced_by": "b"}, "replacement_unfit"),
            ("a", {"deprecated": True, "replaced_by": "a"}, "replacement_unfit"),
            ("ann@example.com", {}, "field_name_unfit"),
        ],
    )
    def test_nonsense_is_refused(
        self, here: House, name: str, said: dict[str, object], code: str
    ) -> None:
        answer = here.client.put(f"/v1/event-types/{name}", json=said)
        assert answer.json()["code"] == code

    def test_an_unknown_type_is_missing(self, here: House) -> None:
        answer = here.client.get("/v1/event-types/nothing")
        assert (answer.status_code, answer.json()["code"]) == (404, "event_type_missing")


class TestFields:
    def test_are_declared_changed_and_withdrawn(self, here: House) -> None:
        said = {"kind": "choice", "options": ["cat", "dog"], "owner": "crm"}
        assert here.client.put("/v1/fields/pet", json=said).status_code == 200
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert (field["name"], field["kind"], field["options"]) == ("pet", "choice", ["cat", "dog"])
        here.client.put("/v1/fields/pet", json={"kind": "string"})
        assert here.client.get("/v1/fields").json()["fields"][0]["options"] == []
        assert here.client.delete("/v1/fields/pet").status_code == 204
        assert here.client.delete("/v1/fields/pet").status_code == 404
        assert here.client.get("/v1/fields").json()["fields"] == []

    @pytest.mark.parametrize(
        "said",
        [
            {"kind": "choice"},
            {"kind": "choice", "options": ["a", "a"]},
            {"kind": "number", "options": ["1"]},
        ],
    )
    def test_options_belong_to_a_choice(self, here: House, said: dict[str, object]) -> None:
        answer = here.client.put("/v1/fields/x", json=said)
        assert answer.json()["code"] == "field_options_unfit"

    def test_traits_are_held_to_them(self, here: House) -> None:
        here.client.put("/v1/fields/pet", json={"kind": "choice", "options": ["cat", "dog"]})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        here.client.put("/v1/fields/note", json={"kind": "string"})
        with here.rooms.db.reading() as look:
            check_traits(look, {"pet": "cat", "age": 7, "note": "2026-03-01", "other": [1]})
            check_traits(look, {"pet": None, "age": None})
            check_traits(look, {})
            for wrong in ({"pet": "rat"}, {"age": "7"}, {"note": 7}, {"pet": ["cat"]}):
                with pytest.raises(TraitMisfit, match=next(iter(wrong))):
                    check_traits(look, wrong)


class TestTell:
    def test_traits_become_an_event_of_the_person(self, here: House) -> None:
        sent(here, {"type": "page_viewed"})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        told = here.client.post("/v1/persons/user_id:u1/traits", json={"traits": {"age": 7}})
        assert told.json() == {"position": 2}
        follow(here)
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert [(kind["kind"], kind["events"]) for kind in field["seen"]] == [("number", 1)]
        follow(here, TAKE_TRAITS)
        traits = here.client.get("/v1/persons/user_id:u1/traits").json()["traits"]
        assert [(one["name"], one["value"]) for one in traits] == [("age", 7)]

    def test_what_does_not_fit_is_refused_and_nothing_is_kept(self, here: House) -> None:
        sent(here, {"type": "page_viewed"})
        here.client.put("/v1/fields/age", json={"kind": "number"})
        wrong = {"traits": {"age": "seven", "name": "Ann"}}
        answer = here.client.post("/v1/persons/user_id:u1/traits", json=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "trait_misfit")
        assert here.client.get("/v1/counts").json()["received"] == 1

    def test_what_events_tell_is_taken_and_flagged(self, here: House) -> None:
        """An event is never lost because a field was declared."""
        here.client.put("/v1/fields/age", json={"kind": "number"})
        sent(here, {"kind": "identify", "properties": {"age": "seven"}})
        field = here.client.get("/v1/fields").json()["fields"][0]
        assert [finding["code"] for finding in field["findings"]] == ["kind_wrong"]


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
        begun = time.perf_counter()
        for event in events:
            json.loads(event.properties or "")
        plain = time.perf_counter() - begun
        db.close()
        assert ours < 12 * plain, (ours, plain)


def _seconds(db: Database, events: Sequence[Logged]) -> float:
    observer = Observer()
    begun = time.perf_counter()
    for start in range(0, len(events), 2_000):
        found: Observed = observer.observe(events[start : start + 2_000])
        with db.transaction() as tx:
            add_observed(tx, found)
    return time.perf_counter() - begun


class TestCommand:
    def test_lists_and_shows(self, tmp_path: Path) -> None:
        data = ["--data", str(tmp_path / "w")]
        settings = read_settings({}, data_dir=tmp_path / "w")
        rooms = Rooms.of(open_workspace(settings, exclusive=True, create=True))
        with rooms.db.transaction() as tx:
            found = Observer().observe(
                [logged("a", DAY, {"n": 1}), logged("a", 2 * DAY, {"n": "1"})]
            )
            add_observed(tx, found)
        rooms.close()
        listed = CliRunner().invoke(command, data).output
        assert "a             2 events  last 1970-01-03T00:00:00Z" in listed
        assert "kind_changed, undeclared" in listed
        shown = CliRunner().invoke(command, ["a", *data]).output
        assert "number 1, string 1" in shown
        assert "! It was a number in 1 event until" in shown
