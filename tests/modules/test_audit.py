"""The audit log: what is written, what it refuses, and that every tampering is found."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from tests.databases import ready
from tests.modules.house import House

from desireline.cli.app import cli
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.modules.audit.entries import Head
from desireline.modules.audit.errors import AuditEntryUnfit, AuditHeadUnreadable
from desireline.modules.audit.facade import get_head, record, verify
from desireline.modules.audit.service import AuditBook
from desireline.modules.audit.tables import audit_entry, audit_head

NOON = 1_750_000_000_000_000


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = ready(database_url)
    yield database
    database.close()


def write(db: Database, n: int = 6) -> None:
    clock = SetClock(NOON)
    for i in range(n):
        clock.move(1_000_000)
        with db.transaction() as tx:
            record(tx, "token", "map_published", f"map:m{i}", {"version": i, "draft": None}, clock)


def findings(db: Database, known: Head | None = None) -> list[str]:
    with db.reading() as look:
        return [one.sentence for one in verify(look, known)]


def rows(db: Database) -> list[dict[str, Any]]:
    with db.reading() as look:
        found = look.execute(select(audit_entry).order_by(audit_entry.c.number)).mappings()
        return [dict(row) for row in found]


class TestRecord:
    def test_the_chain_can_be_checked_with_a_few_lines_of_python(self, db: Database) -> None:
        """As docs/audit.md says it, without any of our code."""
        write(db)
        previous = ""
        for number, row in enumerate(rows(db), 1):
            said = {name: row[name] for name in row if name != "hash"}
            said["details"] = json.loads(row["details"])
            text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert row["number"] == number
            assert row["previous"] == previous
            assert row["hash"] == hashlib.sha256(text.encode()).hexdigest()
            previous = row["hash"]

    def test_is_undone_with_the_change(self, db: Database) -> None:
        write(db, 2)

        def fails() -> None:
            with db.transaction() as tx:
                record(tx, "token", "source_added", "source:shop")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fails()
        assert [row["number"] for row in rows(db)] == [1, 2]
        assert findings(db) == []

    def test_many_at_once_make_one_chain(self, db: Database) -> None:
        threads = [Thread(target=write, args=(db, 5)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [row["number"] for row in rows(db)] == list(range(1, 21))
        assert findings(db) == []

    @pytest.mark.parametrize(
        ("what", "about", "details"),
        [
            ("Map published", "", {}),
            ("map_published", "ann@example.com", {}),
            ("map_published", "person:ann@example.com", {}),
            ("map_published", "person:Ann Example", {}),
            ("map_published", "", {"email": "ann@example.com"}),
            ("map_published", "", {"name": "Ann Example"}),
            ("map_published", "", {"phone": "+4912345"}),
            ("map_published", "", {"Name": 1}),
            ("map_published", "", {"share": 0.5}),
            ("map_published", "", {"keys": ["a", "b c"]}),
            ("map_published", "", {"deep": {"a": 1}}),
        ],
    )
    def test_takes_nothing_that_may_be_about_a_person(
        self, db: Database, what: str, about: str, details: dict[str, Any]
    ) -> None:
        with db.transaction() as tx, pytest.raises(AuditEntryUnfit):
            record(tx, "token", what, about, details)

    def test_takes_numbers_and_keys(self, db: Database) -> None:
        said = {"version": 3, "whole": True, "by": None, "keys": ["a", "b-1"], "file": "a.csv"}
        with db.transaction() as tx:
            record(tx, "Ünal", "import_done", "import:17", said)
        assert json.loads(rows(db)[0]["details"]) == said
        assert findings(db) == []


def _change(column: str, value: object) -> Callable[[Any], None]:
    def done(tx: Any) -> None:
        tx.execute(update(audit_entry).where(audit_entry.c.number == 3).values({column: value}))

    return done


class TestVerify:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("at", 1),
            ("who", "somebody else"),
            ("what", "map_deleted"),
            ("about", "map:other"),
            ("details", '{"version":9}'),
            ("details", "{"),
            ("previous", "0" * 64),
            ("hash", "0" * 64),
            ("number", 99),
        ],
    )
    def test_finds_a_changed_entry(self, db: Database, column: str, value: object) -> None:
        write(db)
        with db.transaction() as tx:
            _change(column, value)(tx)
        assert findings(db)

    def test_finds_a_changed_entry_with_its_hash_made_anew(self, db: Database) -> None:
        write(db)
        with db.transaction() as tx:
            _change("who", "somebody else")(tx)
        book = AuditBook(db)
        entry = next(one for one in book.listed({}) if one.number == 3)
        with db.transaction() as tx:
            _change("hash", entry.hashed())(tx)
        assert findings(db) == ["Entry 4 of the audit log does not follow the one before it."]

    @pytest.mark.parametrize("number", [1, 3, 6])
    def test_finds_a_removed_entry(self, db: Database, number: int) -> None:
        write(db)
        with db.transaction() as tx:
            tx.execute(delete(audit_entry).where(audit_entry.c.number == number))
        assert findings(db)

    def test_finds_entries_cut_off_at_the_end(self, db: Database) -> None:
        write(db)
        with db.transaction() as tx:
            tx.execute(delete(audit_entry).where(audit_entry.c.number > 4))
        assert "ends with entry 4, and its head says 6" in findings(db)[0]

    def test_finds_all_entries_removed(self, db: Database) -> None:
        write(db)
        with db.transaction() as tx:
            tx.execute(delete(audit_entry))
        assert findings(db)

    def test_finds_two_that_changed_places(self, db: Database) -> None:
        write(db)
        with db.transaction() as tx:
            for old, new in ((2, 1_000), (3, 2), (1_000, 3)):
                moved = update(audit_entry).where(audit_entry.c.number == old)
                tx.execute(moved.values(number=new))
        assert findings(db)

    def test_a_head_kept_elsewhere_finds_a_chain_written_anew(self, db: Database) -> None:
        write(db)
        with db.reading() as look:
            known = Head.read(str(get_head(look)))
        assert findings(db, known) == []
        with db.transaction() as tx:
            tx.execute(delete(audit_entry))
            tx.execute(delete(audit_head))
        for _ in range(7):  # whole, and longer than the first one
            with db.transaction() as tx:
                record(tx, "nobody", "map_published")
        assert findings(db) == []
        assert "Entry 6" in findings(db, known)[0]

    def test_an_old_head_stays_true(self, db: Database) -> None:
        write(db, 3)
        with db.reading() as look:
            known = get_head(look)
        write(db, 3)
        assert findings(db, known) == []
        assert findings(db, Head()) == []

    def test_nothing_is_well(self, db: Database) -> None:
        assert findings(db) == []
        with db.reading() as look:
            assert str(get_head(look)) == "0:"

    @pytest.mark.parametrize("text", ["", "5", "5:abc", "x:" + "0" * 64, "5:" + "G" * 64])
    def test_a_head_has_a_form(self, text: str) -> None:
        with pytest.raises(AuditHeadUnreadable):
            Head.read(text)

    @settings(
        max_examples=60,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        deadline=None,
    )
    @given(data=st.data())
    def test_any_one_change_is_found(self, db: Database, data: st.DataObject) -> None:
        """Whatever cell of whatever entry, whatever else it becomes."""
        if not rows(db):
            write(db)
        number = data.draw(st.integers(1, 6))
        column = data.draw(st.sampled_from(["at", "who", "what", "about", "details", "hash"]))
        (before,) = (row[column] for row in rows(db) if row["number"] == number)
        plain = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
        drawn = data.draw(st.integers(0, 2**60) if column == "at" else plain)
        if drawn == before:
            return
        changed = update(audit_entry).where(audit_entry.c.number == number)
        with db.transaction() as tx:
            tx.execute(changed.values({column: drawn}))
        found = findings(db)
        with db.transaction() as tx:
            tx.execute(changed.values({column: before}))
        assert found
        assert findings(db) == []


class TestRoutes:
    def test_list_filter_and_pages(self, here: House) -> None:
        write(here.rooms.db, 5)
        listed = here.client.get("/v1/audit", params={"most": 2}).json()["entries"]
        assert [entry["number"] for entry in listed] == [5, 4]
        assert listed[0]["at"] == "2025-06-15T15:06:45Z"
        assert listed[0]["details"] == {"version": 4, "draft": None}
        more = here.client.get("/v1/audit", params={"before": 4, "most": 100}).json()["entries"]
        assert [entry["number"] for entry in more] == [3, 2, 1]
        one = here.client.get("/v1/audit", params={"about": "map:m2"}).json()["entries"]
        assert [entry["number"] for entry in one] == [3]
        for wanted in ({"who": "nobody"}, {"what": "map_deleted"}):
            assert here.client.get("/v1/audit", params=wanted).json() == {"entries": []}

    def test_verify(self, here: House) -> None:
        write(here.rooms.db)
        told = here.client.get("/v1/audit/verify").json()
        assert told["well"]
        assert told["findings"] == []
        with here.rooms.db.transaction() as tx:
            tx.execute(delete(audit_entry).where(audit_entry.c.number > 3))
            head = tx.execute(select(audit_entry.c.hash).order_by(audit_entry.c.number.desc()))
            tx.execute(update(audit_head).values(number=3, hash=head.scalars().first()))
        assert here.client.get("/v1/audit/verify").json()["well"]
        asked = here.client.get("/v1/audit/verify", params={"head": told["head"]}).json()
        assert not asked["well"]
        assert "Entry 6" in asked["findings"][0]["sentence"]
        assert here.client.get("/v1/audit/verify", params={"head": "x"}).status_code == 422


class TestWhatIsRecorded:
    """Everything that somebody with access can change, beside what the other rooms test."""

    def test_sources(self, here: House) -> None:
        here.client.post("/v1/sources", json={"name": "shop"})
        here.client.post("/v1/sources/shop/off")
        (off, made) = here.client.get("/v1/audit").json()["entries"]
        assert (made["who"], made["what"]) == ("this machine", "source_added")
        assert (off["what"], off["about"]) == ("source_turned_off", "source:shop")
        assert here.client.get("/v1/audit/verify").json()["well"]

    def test_maps(self, here: House) -> None:
        here.send([{"type": "page_viewed", "user_id": "1"}, {"type": "ordered", "user_id": "1"}])
        made = here.client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
        key = made.json()["key"]
        (entry,) = here.client.get("/v1/audit").json()["entries"]
        assert (entry["what"], entry["about"]) == ("map_published", f"map:{key}")
        assert entry["details"] == {"version": 1}

    def test_replays_of_failed_events(self, here: House) -> None:
        here.client.post("/v1/events", json={"type": "nobody"})
        number = here.client.get("/v1/events/failed").json()["failed"][0]["id"]
        mended = {"type": "somebody", "user_id": "1"}
        for _ in range(2):  # the second time there is nothing left to do
            here.client.post(f"/v1/events/failed/{number}/replay", json=mended)
        (entry,) = here.client.get("/v1/audit").json()["entries"]
        assert (entry["what"], entry["about"]) == (
            "failed_event_replayed",
            f"failed_event:{number}",
        )
        assert entry["details"] == {"mended": True}

    def test_what_is_refused_leaves_no_entry(self, here: House) -> None:
        assert here.client.post("/v1/sources", json={"name": "No"}).status_code == 422
        assert here.client.post("/v1/sources/no/off").status_code == 404
        assert here.client.post("/v1/maps/no/publish").status_code == 404
        assert here.client.get("/v1/audit").json() == {"entries": []}


class TestCommands:
    def test_a_workspace_through_its_life(self, tmp_path: Path) -> None:
        data = ("--data", str(tmp_path / "w"))
        run = partial(CliRunner().invoke, cli)
        run(["source", "add", "shop", *data])
        run(["outgoing", "freeze", *data])
        taken = run(["backup", str(tmp_path / "copy"), *data]).output
        head = re.search(r"3:[0-9a-f]{64}", taken)
        assert head, taken
        run(["source", "off", "shop", *data])
        assert "4 entries" in run(["audit", "verify", "--head", head[0], *data]).output
        listed = run(["audit", "list", *data]).output.splitlines()
        assert [line.split(": ")[1].split()[0] for line in listed] == [
            "source_turned_off",
            "backup_begun",
            "outgoing_frozen",
            "source_added",
        ]
        assert "ok   Audit log: 4 entries" in run(["doctor", *data]).output
        assert "The audit log is whole" in run(["verify", *data]).output

        new = ("--data", str(tmp_path / "new"))
        assert run(["restore", str(tmp_path / "copy"), *new]).exit_code == 0
        assert "workspace_restored" in run(["audit", "list", "--most", "1", *new]).output
        assert "4 entries" in run(["audit", "verify", "--head", head[0], *new]).output

    def test_what_was_cut_off_is_told(self, tmp_path: Path) -> None:
        data = ("--data", str(tmp_path / "w"))
        run = partial(CliRunner().invoke, cli)
        for name in ("a", "b", "c"):
            run(["source", "add", name, *data])
        db = Database(f"sqlite:///{tmp_path}/w/desireline.db")
        with db.transaction() as tx:
            tx.execute(delete(audit_entry).where(audit_entry.c.number == 3))
        db.close()
        for words in (["audit", "verify"], ["verify"]):
            told = run([*words, *data])
            assert told.exit_code == 1
            assert "ends with entry 2, and its head says 3" in told.output
        assert "BAD  Audit log: 3 entries" in run(["doctor", *data]).output
