"""What a person may ask: to see everything, to be forgotten, to be nobody."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, Table, Text, select
from sqlalchemy.schema import Column
from tests.byte_scan import forms_of, found_in, found_in_server
from tests.databases import PostgresServer
from tests.modules.house import House
from tests.modules.planting import CANARY, EMAIL, NAMES, PHONE, plant, planted_events
from tests.modules.test_imports import work

from desireline.kit.database import metadata
from desireline.log.identity.links import withdraw
from desireline.log.naming.subjects import find_numbers
from desireline.log.segments.compacting import compact
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.tables import failed_event, identity_link, subject
from desireline.modules.audit.facade import AuditBook
from desireline.modules.rights.documents import defused
from desireline.modules.rights.holding import NOT_PERSONAL, personal_tables, unexplained

ANYBODY = [CANARY, PHONE]


class TestAccess:
    def test_p_export_shows_every_canary(self, here: House) -> None:
        number, words = plant(here)
        for named in (str(number), f"email:{EMAIL}", EMAIL):
            answer = here.client.post(f"/v1/persons/{named}/access")
            assert answer.status_code == 200, answer.text
            told = json.dumps(answer.json(), ensure_ascii=False)
            assert [word for word in words if word not in told] == []
        assert {str(t.name) for t in personal_tables()} <= answer.json()["parts"].keys()

    def test_p_export_as_csv_shows_every_canary(self, here: House) -> None:
        number, words = plant(here)
        answer = here.client.post(f"/v1/persons/{number}/access?format=csv")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            texts = {name: packed.read(name).decode() for name in packed.namelist()}
        assert [word for word in words if word not in "".join(texts.values())] == []
        events = list(csv.DictReader(io.StringIO(texts["event.csv"])))
        assert [json.loads(row["identifiers"])["email"] for row in events] == [EMAIL] * 4

    def test_says_nothing_of_others(self, here: House) -> None:
        plant(here)
        told = here.client.post("/v1/persons/user_id:bob/access").text
        assert CANARY not in told
        assert '"bob"' in told

    def test_shows_where_others_name_the_person(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": "ann", "email": "ann@x.org"}])
        shared = {"type": "seen", "user_id": "bob", "identifiers": {"email": "ann@x.org"}}
        here.send([shared])
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        here.send([shared])
        with here.rooms.db.transaction() as tx:  # somebody said that it is not Bob's
            known = find_numbers(tx, [("user_id", "bob"), ("email", "ann@x.org")])
            withdraw(tx, *known.values(), at=here.rooms.clock.now())
        told = here.client.post("/v1/persons/user_id:ann/access").json()["parts"]["mention"]
        assert [one["identifiers"] for one in told] == [{"email": "ann@x.org"}] * 2

    def test_is_written_down(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": "ann"}])
        here.client.post("/v1/persons/user_id:ann/access")
        told = here.client.post("/v1/persons/user_id:ann/access").json()["parts"]["audit_entry"]
        assert [entry["what"] for entry in told] == ["person_accessed"] * 2
        assert AuditBook(here.rooms.db).verified()[0] == []

    @pytest.mark.parametrize("who", ["99", "email:nobody@x.org", "nonsense", "user_id:"])
    def test_of_nobody(self, here: House, who: str) -> None:
        assert here.client.post(f"/v1/persons/{who}/access").status_code in (404, 422)

    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1", "-1", "@x", " =1", "'=1", "\t=1", "\r=1", "\n="]
    )
    def test_no_cell_is_computed(self, cell: str) -> None:
        assert defused(cell) == "'" + cell

    @pytest.mark.parametrize("cell", ["a=1", 5, -5, None, "", "{'a'}"])
    def test_other_cells_stay(self, cell: object) -> None:
        assert defused(cell) == cell


class TestTables:
    def test_every_table_says_whom_it_is_about(self) -> None:
        assert unexplained() == [], "give it a column `subject`, or add it to NOT_PERSONAL with why"

    def test_reasons_are_of_no_table_with_a_subject(self) -> None:
        assert {str(t.name) for t in personal_tables()} & NOT_PERSONAL.keys() == set()

    def test_no_reason_is_of_a_table_that_is_gone(self) -> None:
        of_versions = {"alembic_version", "desireline_version"}
        assert NOT_PERSONAL.keys() - of_versions <= metadata.tables.keys()

    @pytest.mark.parametrize("column", [Column("text", Text), Column("person", Integer)])
    def test_a_new_table_that_says_of_nobody_whose_it_is_fails(self, column: Column[Any]) -> None:
        notes = Table("rights_test_notes", metadata, Column("id", Integer), column)
        try:
            assert unexplained() == ["rights_test_notes"]
        finally:
            metadata.remove(notes)

    def test_a_new_table_of_persons_is_in_access_and_erasure(
        self, here: House, tmp_path: Path
    ) -> None:
        """Tomorrow's table, and one that hangs on it: nobody has to name them anywhere."""
        gone = {"ondelete": "CASCADE"}
        notes = Table(
            "rights_test_notes",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("subject", BigInteger, ForeignKey("subject.id", **gone)),
            Column("text", Text),
        )
        lines = Table(
            "rights_test_lines",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("note", Integer, ForeignKey("rights_test_notes.id", **gone)),
            Column("line", LargeBinary),
        )
        try:
            metadata.create_all(here.rooms.db.engine, [notes, lines])
            number, words = plant(here)
            new = {f"{CANARY}-rights_test_notes-text", f"{CANARY}-rights_test_lines-line"}
            told = here.client.post(f"/v1/persons/{number}/access").text
            assert [word for word in (*words, *new) if word not in told] == []
            here.client.post(f"/v1/persons/{number}/erase").raise_for_status()
            assert found_in(tmp_path, here.rooms.db, [*words, *new]) == []
        finally:
            metadata.drop_all(here.rooms.db.engine, [lines, notes])
            metadata.remove(lines)
            metadata.remove(notes)


class TestErase:
    def test_p_erase_leaves_no_byte(
        self, here: House, tmp_path: Path, database_url: str, request: pytest.FixtureRequest
    ) -> None:
        number, words = plant(here)
        assert found_in(tmp_path, here.rooms.db, words)
        answer = here.client.post(f"/v1/persons/{number}/erase")
        assert answer.status_code == 200, answer.text
        assert answer.json()["emptied"]
        assert found_in(tmp_path, here.rooms.db, [*words, *ANYBODY]) == []
        if not here.rooms.db.is_sqlite:
            server: PostgresServer = request.getfixturevalue("postgres")
            assert found_in_server(server, database_url, [*words, *ANYBODY]) == []
        assert here.client.post(f"/v1/persons/{number}/access").status_code == 404

    def test_the_scan_finds_what_is_left(self, here: House, tmp_path: Path) -> None:
        """Free text of others is nobody's: it is not found by an erasure, and is by the scan."""
        number, _ = plant(here)
        here.send([{"type": "said", "user_id": "bob", "properties": {"about": f"to {EMAIL}"}}])
        here.client.post(f"/v1/persons/{number}/erase").raise_for_status()
        assert found_in(tmp_path, here.rooms.db, [EMAIL])
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        assert any(place.endswith(".parquet") for place in found_in(tmp_path, None, [EMAIL]))

    @pytest.mark.parametrize("form", sorted(forms_of(EMAIL)), ids=repr)
    def test_the_scan_finds_every_form(self, tmp_path: Path, form: bytes) -> None:
        (tmp_path / "left").write_bytes(b"\0" * 4001 + form + b"\0")
        assert found_in(tmp_path, None, [EMAIL]) == ["left"]

    def test_p_erase_of_what_could_not_be_read(self, here: House, tmp_path: Path) -> None:
        """Bodies that name the person in every spelling, whole and cut off."""
        here.send([{"type": "seen", "user_id": f"{CANARY}-1", "email": EMAIL}])
        told = json.dumps({"email": EMAIL.upper(), "said": "kanarienvogel"})
        here.client.post("/v1/events", content=told[:-3])
        here.client.post("/v1/events", content=b64encode(told.encode()))
        here.client.post("/v1/events", content=f'{{"data": "{b64encode(told.encode()).decode()}"}}')
        here.client.post("/v1/events", content="data=" + quote(told))
        here.client.post("/v1/events", content=told.encode("utf-16-le"))
        here.client.post("/v1/events", content=told.replace("@", "\\u0040"))
        with here.rooms.db.reading() as look:
            assert len(look.execute(select(failed_event)).all()) == 6
        here.client.post(f"/v1/persons/{EMAIL}/erase").raise_for_status()
        assert found_in(tmp_path, here.rooms.db, [CANARY, CANARY.upper()]) == []
        with here.rooms.db.reading() as look:
            assert look.execute(select(failed_event)).all() == []

    def test_files_that_wait_to_be_imported_go(self, here: House, tmp_path: Path) -> None:
        here.send([{"type": "seen", "user_id": f"{CANARY}-1", "email": EMAIL}])
        rows = f"user_id,event,time\n{EMAIL},seen,2026-01-01\n"
        files = {
            "a.csv": rows.encode(),
            "b.csv.gz": gzip.compress(rows.encode()),
            f"{CANARY}-1.csv": b"user_id,event,time\nbob,seen,2026-01-01\n",
            "c.csv": b"user_id,event,time\nbob,seen,2026-01-02\n",
        }
        made = [
            here.client.post("/v1/imports", params={"name": name}, content=held).json()["id"]
            for name, held in files.items()
        ]
        here.client.post(f"/v1/imports/{made[2]}/start", json={}).raise_for_status()
        work(here)
        here.client.post(f"/v1/persons/{EMAIL}/erase").raise_for_status()
        states = [here.client.get(f"/v1/imports/{ident}").json()["state"] for ident in made]
        assert states == ["expired", "expired", "done", "waiting"]
        assert found_in(tmp_path, here.rooms.db, [CANARY]) == []
        entry = here.client.get("/v1/audit?what=person_erased").json()["entries"][0]
        assert entry["details"]["imports"] == made[:2]

    def test_all_subjects_of_the_person_go(self, here: House) -> None:
        here.send([{"type": "seen", "anonymous_id": "device", "user_id": "ann"}])
        here.send([{"type": "seen", "user_id": "bob"}])
        here.client.post("/v1/persons/anonymous_id:device/erase").raise_for_status()
        with here.rooms.db.reading() as look:
            assert look.execute(select(subject.c.value)).scalars().all() == ["bob"]
            assert look.execute(select(identity_link)).all() == []

    def test_a_household_goes_with_its_last_member(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": who} for who in ("ann", "bob")])
        for key, kind in (("nowak", "household"), ("acme", "company")):
            here.client.post("/v1/accounts", json={"key": key, "kind": kind}).raise_for_status()
            for who in ("ann", "bob"):
                told = {"person": f"user_id:{who}"}
                here.client.post(f"/v1/accounts/key:{key}/members", json=told).raise_for_status()
        left = []
        for who in ("ann", "bob"):
            here.client.post(f"/v1/persons/user_id:{who}/erase").raise_for_status()
            accounts = here.client.get("/v1/accounts").json()["accounts"]
            left.append({account["key"] for account in accounts})
        assert left == [{"nowak", "acme"}, {"acme"}]

    def test_is_written_down_by_number(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": "ann"}])
        here.client.post("/v1/persons/user_id:ann/erase").raise_for_status()
        entry = here.client.get("/v1/audit?what=person_erased").json()["entries"][0]
        assert entry["about"] == "person:1"
        assert "ann" not in json.dumps(entry)

    def test_answers_forget(self, here: House) -> None:
        here.send([{"type": "seen", "user_id": "ann"}, {"type": "seen", "user_id": "bob"}])
        assert len(here.rooms.asked().whole()) == 2
        here.client.post("/v1/persons/user_id:ann/erase").raise_for_status()
        here.rooms.asked().refresh()
        assert len(here.rooms.asked().whole()) == 1


def _verdicts(here: House, *events: dict[str, Any]) -> list[dict[str, Any]]:
    answer = here.client.post("/v1/events", json=list(events)).raise_for_status()
    return list(answer.json()["events"])


class TestTombstones:
    OLD = "2020-01-01T00:00:00Z"

    def test_the_same_event_is_a_duplicate(self, here: House) -> None:
        number, _ = plant(here)
        here.client.post(f"/v1/persons/{number}/erase").raise_for_status()
        told = _verdicts(here, *planted_events())
        assert [one["verdict"] for one in told] == ["duplicate"] * 4

    def test_old_facts_are_refused_and_not_kept(self, here: House, tmp_path: Path) -> None:
        number, _ = plant(here)
        here.client.post(f"/v1/persons/{number}/erase").raise_for_status()
        late = {"type": "seen", "at": self.OLD, "properties": {"name": CANARY}}
        told = _verdicts(
            here,
            *({**late, "identifiers": {kind: value}} for kind, value in NAMES),
            {**late, "user_id": "unheard-of", "email": EMAIL},
            {"type": "seen", "user_id": "bob", "at": self.OLD},
        )
        assert [one.get("code") for one in told] == ["person_erased"] * 4 + [None]
        counts = here.client.get("/v1/counts").json()
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]
        assert found_in(tmp_path, here.rooms.db, ANYBODY) == []
        failed = here.client.get("/v1/events/failed").json()["failed"]
        assert {one["code"] for one in failed} == {"person_erased"}

    def test_what_cannot_be_read_is_not_kept(self, here: House, tmp_path: Path) -> None:
        number, _ = plant(here)
        here.client.post(f"/v1/persons/{number}/erase").raise_for_status()
        bad = {"type": "seen", "at": "?", "properties": {"name": CANARY}}
        told = _verdicts(here, {**bad, "email": EMAIL}, {**bad, "user_id": "bob"})
        assert [one["code"] for one in told] == ["person_erased", "at_unreadable"]
        here.client.post("/v1/events", content=f'{{"email": "{EMAIL}", "x": {{')
        failed = here.client.get("/v1/events/failed").json()["failed"]
        assert [("bob" in one["body"], EMAIL in one["body"]) for one in failed] == [
            (False, False), (True, False), (False, False),
        ]  # fmt: skip
        assert found_in(tmp_path, here.rooms.db, [EMAIL]) == []

    def test_who_comes_back_is_new(self, here: House) -> None:
        here.send([{"type": "seen", "email": EMAIL}])
        here.client.post(f"/v1/persons/{EMAIL}/erase").raise_for_status()
        now, old = {"type": "back", "email": EMAIL}, {"type": "x", "email": EMAIL, "at": self.OLD}
        told = _verdicts(here, now, old, now)
        assert [one["verdict"] for one in told] == ["stored", "failed", "stored"]
        assert [one["verdict"] for one in _verdicts(here, old)] == ["failed"]
        with here.rooms.db.reading() as look:
            assert find_numbers(look, [("email", EMAIL)])["email", EMAIL] > 1
        told = here.client.post(f"/v1/persons/{EMAIL}/access").json()["parts"]["event"]
        assert [event["type"] for event in told] == ["back", "back"]

    def test_a_second_erasure_counts(self, here: House) -> None:
        for _ in range(2):
            assert _verdicts(here, {"type": "seen", "email": EMAIL})[0]["verdict"] == "stored"
            here.client.post(f"/v1/persons/{EMAIL}/erase").raise_for_status()
        old = {"type": "x", "email": EMAIL, "at": self.OLD}
        assert _verdicts(here, old, old)[0]["code"] == "person_erased"


class TestAnonymise:
    def test_no_byte_tells_who_it_was(self, here: House, tmp_path: Path) -> None:
        number, words = plant(here)
        answer = here.client.post(f"/v1/persons/{number}/anonymise")
        assert answer.status_code == 200, answer.text
        assert found_in(tmp_path, here.rooms.db, [*words, *ANYBODY]) == []
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        compact(here.rooms.db, here.rooms.store, here.rooms.clock, fully=True)
        assert found_in(tmp_path, here.rooms.db, [*words, *ANYBODY]) == []

    def test_the_events_stay(self, here: House) -> None:
        number, _ = plant(here)
        before = here.rooms.asked().whole()
        here.client.post(f"/v1/persons/{number}/anonymise").raise_for_status()
        here.rooms.asked().refresh()
        after = here.rooms.asked().whole()
        assert sorted(after.time.tolist()) == sorted(before.time.tolist())
        with here.rooms.db.reading() as look:
            nobody = look.execute(select(subject.c.id).where(subject.c.kind == "anonymised"))
            who = nobody.scalar_one()
        told = here.client.post(f"/v1/persons/{who}/access").json()["parts"]["event"]
        assert [event["value"] for event in told] == [9.5] * 4
        assert {event["type"] for event in told} == {"seen"}
        assert told[0]["properties"] == {"plan": "gold"}
        assert told[0]["context"] == {"page": {"url": "https://example.org/a"}}

    def test_an_actor_whom_many_met_stays(self, here: House) -> None:
        actors = [("ann", "sales"), ("ann", "Uwe"), *((f"u{n}", "sales") for n in range(5))]
        here.send([{"type": "x", "user_id": user, "actor": actor} for user, actor in actors])
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        here.client.post("/v1/persons/user_id:ann/anonymise").raise_for_status()
        with LogReader(here.rooms.db, here.rooms.store) as reader:
            assert [one.actor for one in reader.events_of([7], 10)] == ["sales", ""]

    def test_what_is_declared_safe_stays(self, here: House) -> None:
        here.send([{"type": "x", "user_id": "ann", "properties": {"hobby": "cats", "pet": "ann"}}])
        keeps = {"keeps": ["properties.hobby", "properties.pet"]}
        here.client.post("/v1/persons/user_id:ann/anonymise", json=keeps).raise_for_status()
        told = here.client.post("/v1/persons/2/access").json()["parts"]["event"]
        assert told[0]["properties"] == {"hobby": "cats"}  # the other one is the name itself
