"""Types of events: what was seen of them, and what somebody says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select
from tests.databases import new_workspace
from tests.modules.catalogue.cases import DAY, asked, follow, logged, sent
from tests.modules.house import House

from desireline.cli.event_types_command import command
from desireline.kit.database import metadata
from desireline.log.following import Batch, Follower, Reaction
from desireline.modules.catalogue.observing import Observer
from desireline.modules.catalogue.reactions import CATALOGUING
from desireline.modules.catalogue.repository import add_observed, list_kinds
from desireline.modules.catalogue.tables import event_type
from desireline.modules.rooms import Rooms
from desireline.settings import read_settings


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
                assert "600 100 200" not in rows
                assert "600100200" not in rows


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


class TestCommand:
    def test_lists_and_shows(self, tmp_path: Path) -> None:
        data = ["--data", str(tmp_path / "w")]
        settings = read_settings({}, data_dir=tmp_path / "w")
        rooms = Rooms.of(new_workspace(settings))
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
