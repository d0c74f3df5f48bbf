"""Files over HTTP: uploaded, looked at, imported once; what was set aside; mappings kept."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.modules.house import House, house
from tests.server.processes import until

from desireline.kit.jobs import Jobs
from desireline.kit.permissions import Needs
from desireline.kit.tables import job
from desireline.modules.imports.service import FOLDER, KEEP_SECONDS
from desireline.modules.imports.tables import import_file
from desireline.registry import MODULES
from desireline.settings import Settings, read_settings
from desireline.worker.long_jobs import LongJobDoer

ROWS = (
    "customer,mail,activity,time,price,note\n"
    "7,ann@x.example,Add to cart,2026-03-01 10:00,,=1+1\n"
    "7,,heartbeat,2026-03-01 10:01,,\n"
    "8,bob@x.example,Order,2026-07-02 09:00,12.5,fine\n"
    ",,Order,2026-07-02 09:00,1,=HYPERLINK(1)\n"
    "9,,Order,soon,2,\n"
)
MAPPING = {
    "who": {"user_id": "customer", "email": "mail"},
    "event": "activity",
    "time_zone": "Europe/Berlin",
    "value": "price",
    "types": {"Add to cart": "cart_added", "heartbeat": None},
    "constants": {"currency": "EUR", "channel": "web"},
}


def limited(folder: Path, url: str, **limits: int) -> Settings:
    told = read_settings({}, data_dir=folder / "w", database_url=url)
    return replace(told, limits=replace(told.limits, **limits))


def sent(here: House, text: str = ROWS, name: str = "orders.csv", **query: Any) -> dict[str, Any]:
    """The import of a file that was uploaded."""
    answer = here.client.post("/v1/imports", params={"name": name, **query}, content=text)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/imports/{answer.json()['id']}"
    return dict(answer.json())


def work(here: House) -> int:
    """Does what is due, as the worker does."""
    return LongJobDoer(here.rooms, MODULES).do_due()


def state(here: House, ident: int) -> dict[str, Any]:
    return dict(here.client.get(f"/v1/imports/{ident}").json())


def imported(here: House, ident: int, **told: Any) -> dict[str, Any]:
    """Starts an import and does it."""
    answer = here.client.post(f"/v1/imports/{ident}/start", json=told)
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "queued"
    work(here)
    return state(here, ident)


def files(here: House) -> list[Path]:
    return [path for path in (here.rooms.data_dir / FOLDER).rglob("*") if path.is_file()]


class TestUpload:
    def test_waits_with_its_file(self, here: House) -> None:
        found = sent(here)
        assert found["state"] == "waiting"
        assert found["bytes"] == len(ROWS)
        (path,) = files(here)
        assert path.read_text() == ROWS
        assert path.name == "orders.csv"

    def test_takes_a_form(self, here: House) -> None:
        form = {"file": ("Öl und\\dir/../x y.csv", ROWS * 40_000, "text/csv")}
        answer = here.client.post("/v1/imports", data={"a": "b"}, files=form)
        assert answer.status_code == 201, answer.text
        (path,) = files(here)
        assert path.name == "x y.csv"
        assert path.read_text() == ROWS * 40_000

    @pytest.mark.parametrize("name", ["..", ".", "", "/", "a/../..", "\0", "x" * 5_00 + "é" * 400])
    def test_takes_any_name(self, here: House, name: str) -> None:
        sent(here, name=name)
        (path,) = files(here)
        assert path.parent.parent == here.rooms.data_dir / FOLDER

    def test_refuses_what_holds_no_file(self, here: House) -> None:
        assert here.client.post("/v1/imports").json()["code"] == "upload_unreadable"
        broken = {"content-type": "multipart/form-data; boundary=x"}
        answer = here.client.post("/v1/imports", content=b"--y\r\nnonsense", headers=broken)
        assert answer.status_code == 400
        assert files(here) == []

    def test_refuses_what_is_too_large(self, tmp_path: Path, database_url: str) -> None:
        with house(
            tmp_path / "w", "", settings=limited(tmp_path, database_url, upload_bytes=1_000)
        ) as here:
            said = here.client.post("/v1/imports", content=b"x" * 1_001)
            assert said.status_code == 413
            assert "larger than 1,000 bytes" in said.json()["detail"]

            def pieces() -> Iterator[bytes]:
                yield from [b"y" * 600] * 2

            assert here.client.post("/v1/imports", content=pieces()).status_code == 413
            assert files(here) == []
            assert sent(here, "x" * 1_000)["bytes"] == 1_000

    def test_may_be_larger_than_other_bodies(self, tmp_path: Path, database_url: str) -> None:
        with house(
            tmp_path / "w", "", settings=limited(tmp_path, database_url, body_bytes=2_000)
        ) as here:
            assert here.client.post("/v1/events", content=b"x" * 3_000).status_code == 413
            assert sent(here, "x" * 3_000)["bytes"] == 3_000

    def test_routes_need_permissions(self) -> None:
        (module,) = [m for m in MODULES if m.name == "imports"]
        needed = {
            (route.path, *sorted(route.methods)): next(  # type: ignore[attr-defined]
                part.call.permission
                for part in route.dependant.dependencies  # type: ignore[attr-defined]
                if isinstance(part.call, Needs)
            )
            for route in module.routes().routes
        }
        assert needed["/v1/imports", "POST"] == "import_data"
        assert needed["/v1/imports/{ident}/set-aside.csv", "GET"] == "import_data"
        assert set(needed.values()) == {"read", "import_data"}

    def test_is_for_those_who_are_let_in(self, here: House) -> None:
        answer = here.client.post(
            "/v1/imports", content=ROWS, headers={"sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 403


class TestPreview:
    def test_suggests_and_says_why(self, here: House) -> None:
        ident = sent(here)["id"]
        found = here.client.post(f"/v1/imports/{ident}/preview", json={}).json()
        assert found["problem"] is None
        assert found["mapping"]["who"] == {"user_id": "customer"}
        assert {"role": "event", "column": "activity", "why": "by its usual name"} in found[
            "reasons"
        ]
        assert found["events"][0] == {
            "type": "Add to cart",
            "at": "2026-03-01T10:00:00Z",
            "identifiers": {"user_id": "7"},
            "properties": {"mail": "ann@x.example", "note": "=1+1"},
        }
        assert found["set_aside"] == [
            "line 5, column customer: it does not say whose event it is",
            "line 6, column time: it is not a time",
        ]

    def test_shows_what_a_mapping_would_do(self, here: House) -> None:
        ident = sent(here)["id"]
        found = here.client.post(f"/v1/imports/{ident}/preview", json={"mapping": MAPPING}).json()
        assert [e["type"] for e in found["events"]] == ["cart_added", "Order"]
        assert found["events"][1] == {
            "type": "Order",
            "at": "2026-07-02T07:00:00Z",
            "identifiers": {"user_id": "8", "email": "bob@x.example"},
            "channel": "web",
            "currency": "EUR",
            "value": 12.5,
            "properties": {"note": "fine"},
        }
        assert here.client.get("/v1/counts").json()["received"] == 0

    def test_says_what_is_still_to_be_told_and_keeps_what_it_found(self, here: House) -> None:
        file = "klient,czynność,kolumna7,kanał\n7,wizyta,2026-03-01,web\n8,zakup,2026-03-02,web\n"
        ident = sent(here, file)["id"]
        seen = here.client.post(f"/v1/imports/{ident}/preview", json={}).json()
        assert seen["problem"]["code"] == "column_missing"
        assert seen["problem"]["values"] == {"case": "time"}
        found = seen["mapping"]
        assert (found["who"], found["event"], found["channel"]) == ("klient", "czynność", "kanał")
        told = {"mapping": found | {"time": "kolumna7"}}
        whole = here.client.post(f"/v1/imports/{ident}/preview", json=told).json()
        assert (whole["problem"], len(whole["events"])) == (None, 2)

    def test_says_what_is_wrong_with_a_mapping(self, here: House) -> None:
        ident = sent(here)["id"]
        told = {"mapping": {"event": "activty"}}
        found = here.client.post(f"/v1/imports/{ident}/preview", json=told).json()
        assert "has no column 'activty'" in found["problem"]["sentence"]
        assert "Do you mean 'activity'?" in found["problem"]["sentence"]
        assert found["columns"]["note"] == ["=1+1", "", "fine"]
        refused = here.client.post(f"/v1/imports/{ident}/start", json=told)
        assert refused.status_code == 422
        assert refused.json()["code"] == "column_missing"
        assert state(here, ident)["state"] == "waiting"
        said = here.client.post(f"/v1/imports/{ident}/preview", json={"mapping": {"evnt": "x"}})
        assert said.json()["code"] == "mapping_invalid"
        assert "Do you mean 'event'?" in said.json()["hint"]


class TestImport:
    def test_stores_reports_and_deletes_the_file(self, here: House) -> None:
        ident = sent(here)["id"]
        done = imported(here, ident, mapping=MAPPING)
        assert done["state"] == "done", done
        report = done["report"]
        assert (report["rows"], report["stored"], report["failed"]) == (4, 2, 2)
        assert report["reasons"] == {
            "customer + mail: it does not say whose event it is": 1,
            "time: it is not a time": 1,
        }
        assert files(here) == []
        counts = here.client.get("/v1/counts").json()
        assert (counts["received"], counts["stored"], counts["failed"]) == (4, 2, 2)

    def test_the_same_file_twice_adds_nothing_and_says_so(self, here: House) -> None:
        first = sent(here)["id"]
        imported(here, first)
        again = sent(here, name="other name.csv")
        assert again["same_as"] == first
        report = imported(here, again["id"])["report"]
        assert report["before"] is True
        assert (report["stored"], report["duplicate"]) == (0, 3)

    def test_by_one_request(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        work(here)
        assert state(here, ident)["report"]["stored"] == 3

    def test_what_was_set_aside_can_be_taken_away(self, here: House) -> None:
        ident = sent(here)["id"]
        imported(here, ident, mapping=MAPPING)
        found = here.client.get(f"/v1/imports/{ident}/set-aside").json()
        assert found["kept"] == 2
        assert sum(found["reasons"].values()) == 2
        assert found["rows"][1]["event"]["at"] == "soon"
        answer = here.client.get(f"/v1/imports/{ident}/set-aside.csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(rows) == 2
        assert json.loads(rows[0]["properties"]) == {"note": "=HYPERLINK(1)"}
        assert rows[1]["type"] == "Order"

    def test_no_cell_of_that_is_a_formula(self, here: House) -> None:
        evil = "case,event,time\na,ok,2026-01-01\n=a,\"=cmd|' /C calc'!A0\",soon\n"
        ident = sent(here, evil)["id"]
        imported(here, ident)
        text = here.client.get(f"/v1/imports/{ident}/set-aside.csv").text
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert "'=cmd|' /C calc'!A0" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    def test_one_that_cannot_be_read_keeps_its_file_for_another_try(self, here: House) -> None:
        rows = ["case,event,time", *["a,x,2026-01-01"] * 1_200, ""]
        told = {"types": {"x": None, "y": "z"}}
        ident = sent(here, "\n".join([*rows[:-1], "b,y,2026-01-01"]))["id"]
        first = here.client.post(f"/v1/imports/{ident}/start", json={"mapping": told})
        assert first.json()["code"] == "types_all_left_out"  # of the rows that are looked at
        assert imported(here, ident)["report"]["stored"] == 1_201

    def test_is_listed(self, here: House) -> None:
        first, second = sent(here)["id"], sent(here, start="true")["id"]
        listed = here.client.get("/v1/imports").json()
        assert [one["id"] for one in listed["imports"]] == [second, first]
        assert [one["state"] for one in listed["imports"]] == ["queued", "waiting"]
        below = here.client.get("/v1/imports", params={"before": second}).json()
        assert [one["id"] for one in below["imports"]] == [first]
        assert here.client.get("/v1/imports/999").json()["code"] == "import_missing"


class TestCancel:
    def test_of_a_file_that_waits(self, here: House) -> None:
        ident = sent(here)["id"]
        answer = here.client.post(f"/v1/imports/{ident}/cancel").json()
        assert (answer["state"], answer["name"]) == ("cancelled", "")
        assert files(here) == []
        assert here.client.post(f"/v1/imports/{ident}/start", json={}).status_code == 410
        assert here.client.post(f"/v1/imports/{ident}/cancel").status_code == 409

    def test_of_one_that_is_queued_undoes_it(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        here.client.post(f"/v1/imports/{ident}/cancel")
        work(here)
        assert state(here, ident)["state"] == "cancelled"
        assert here.client.get("/v1/counts").json()["received"] == 0

    def test_of_one_that_runs_ends_it_where_it_can(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        with here.rooms.db.transaction() as tx:
            running = import_file.update().values(state="running")
            tx.execute(running.where(import_file.c.id == ident))
        answer = here.client.post(f"/v1/imports/{ident}/cancel").json()
        assert answer["state"] == "cancelling"
        work(here)
        assert state(here, ident)["state"] == "cancelled"
        assert files(here) == []


class TestWorker:
    def test_one_that_was_killed_is_taken_up_again(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        jobs = Jobs(here.rooms.db, here.rooms.clock, claim_seconds=0)
        (claimed,) = jobs.claim("killed", kinds=["import"])
        with here.rooms.db.transaction() as tx:
            tx.execute(import_file.update().values(state="running"))
        assert claimed.attempts == 1
        work(here)
        assert state(here, ident)["report"]["stored"] == 3

    def test_one_that_is_told_to_stop_gives_the_job_back(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        doer = LongJobDoer(here.rooms, MODULES)
        doer._how = {"import": lambda _rooms, _work, alive: (doer.stop(), alive())}
        doer.do_due()
        assert Jobs(here.rooms.db, here.rooms.clock).counts()["pending"] >= 1
        work(here)
        assert state(here, ident)["state"] == "done"

    def test_files_that_nobody_starts_go(self, here: House) -> None:
        ident = sent(here)["id"]
        with here.rooms.db.transaction() as tx:
            tx.execute(job.update().values(due_at=0))
        work(here)
        assert KEEP_SECONDS <= 24 * 3600
        found = state(here, ident)
        assert (found["state"], found["name"], files(here)) == ("expired", "", [])

    def test_nothing_of_the_file_stays_in_the_tables(self, here: House) -> None:
        ident = sent(here)["id"]
        imported(here, ident)
        with here.rooms.db.reading() as look:
            (row,) = look.execute(select(import_file)).mappings().all()
        assert "ann@x.example" not in str(dict(row))
        assert "HYPERLINK" not in str(dict(row))


class TestLive:
    def test_tells_each_state_and_ends(self, here: House) -> None:
        ident = sent(here, start="true")["id"]
        worker = threading.Thread(target=work, args=(here,))
        told: list[str] = []
        with here.client.stream("GET", f"/v1/imports/{ident}/live") as stream:
            for line in stream.iter_lines():
                if line.startswith("data:") and '"state"' in line:
                    told.append(json.loads(line[5:])["state"])
                    if told == ["queued"]:
                        worker.start()
        worker.join()
        assert told[0] == "queued"
        assert told[-1] == "done"
        until(lambda: state(here, ident)["state"] == "done")
        missing = here.client.get("/v1/imports/999/live")
        assert missing.status_code == 404


class TestMappings:
    def test_are_kept_in_versions_and_suggested_for_the_same_columns(self, here: House) -> None:
        ident = sent(here)["id"]
        looked = here.client.post(f"/v1/imports/{ident}/preview", json={"mapping": MAPPING}).json()
        body = {"mapping": looked["mapping"], "signature": looked["signature"]}
        kept = here.client.put("/v1/mappings/orders", json=body).json()
        assert kept["version"] == 1
        assert here.client.put("/v1/mappings/orders", json=body).json()["version"] == 1
        other = body["mapping"] | {"properties": ["note"]}
        changed = here.client.put("/v1/mappings/orders", json=body | {"mapping": other}).json()
        assert changed["version"] == 2
        first = here.client.get("/v1/mappings/orders", params={"version": 1}).json()
        assert first["mapping"] == looked["mapping"]
        header, *rows = ROWS.splitlines()
        grown = "\n".join([header, *rows, "10,,Order,2026-07-03 09:00,1,"])
        again = sent(here, grown, "next.csv")["id"]
        found = here.client.post(f"/v1/imports/{again}/preview", json={}).json()
        assert found["saved"] == "orders"
        assert found["mapping"]["properties"] == ["note"]
        assert "version 2, was saved for a file with the same columns" in found["notes"][0]
        assert imported(here, again)["mapping"]["constants"] == MAPPING["constants"]

    def test_can_be_named(self, here: House) -> None:
        here.client.put("/v1/mappings/orders", json={"mapping": MAPPING})
        ident = sent(here, saved="orders")["id"]
        work(here)
        assert state(here, ident)["report"]["stored"] == 2
        listed = here.client.get("/v1/mappings").json()["mappings"]
        assert [(one["name"], one["version"]) for one in listed] == [("orders", 1)]
        assert here.client.get("/v1/mappings/nobody").json()["code"] == "mapping_missing"
        unfit = here.client.put("/v1/mappings/No Good", json={"mapping": {}})
        assert unfit.json()["code"] == "mapping_name_unfit"
