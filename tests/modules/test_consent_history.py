"""What comes late meets the word of its time: imports, rows that failed, replays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.byte_scan import found_in
from tests.modules.house import House
from tests.modules.test_consent import react
from tests.modules.test_imports import state, work

from desireline.formats.mapping import Mapping
from desireline.log.importing import HowToImport, ImportReport, Log, import_events
from desireline.log.segments.sealing import seal
from desireline.log.tables import failed_event
from desireline.modules.consent.facade import TrackingHistory

NO, YES = "2026-03-10T12:00:00Z", "2026-04-10T12:00:00Z"


def _decided(here: House, state: str, at: str, channel: str = "", who: str = "user_id:ann") -> None:
    told = {"purpose": "tracking", "state": state, "at": at, "channel": channel}
    answer = here.client.post(f"/v1/persons/{who}/consents", json=told)
    assert answer.status_code == 201, answer.text


def _taken(here: House, path: Path, mapping: Mapping | None = None) -> ImportReport:
    rooms = here.rooms
    log = Log(rooms.db, rooms.store, rooms.clock, noes=TrackingHistory(rooms.db))
    return import_events(log, path, HowToImport(mapping or Mapping(), events_a_chunk=2))


def _rows(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / f"rows-{len(list(folder.iterdir()))}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _seen(at: str, who: str = "ann", **more: Any) -> dict[str, Any]:
    return {"user_id": who, "event": "seen", "time": at, **more}


def _types(here: House, who: str = "user_id:ann") -> list[str]:
    events = here.client.post(f"/v1/persons/{who}/access").json()["parts"]["event"]
    return [e["properties"].get("n", e["type"]) for e in events if e["source"] == "import"]


TRACKS = Mapping(tracking=True)


class TestImport:
    def test_facts_of_before_a_no_stay(self, here: House, tmp_path: Path) -> None:
        here.send([{"type": "seen", "user_id": "ann", "anonymous_id": "c-ann"}])
        _decided(here, "withdrawn", NO)
        _decided(here, "granted", YES)
        whole = _rows(
            tmp_path,
            _seen("2026-03-10T11:59:59Z", n="before"),
            _seen("2026-03-10T12:00:00Z", n="then"),
            {"anonymous_id": "c-ann", "event": "seen", "time": "2026-03-20", "n": "other name"},
            _seen("2026-04-10T12:00:00Z", n="after the yes"),
            _seen("2026-03-20", "bob", n="of somebody else"),
        )
        who = Mapping(who={"user_id": "user_id", "anonymous_id": "anonymous_id"}, tracking=True)
        done = _taken(here, whole, who)
        assert (done.rows, done.stored, done.failed, done.refused) == (5, 3, 2, 2)
        assert _types(here) == ["before", "after the yes"]
        assert _types(here, "user_id:bob") == ["of somebody else"]
        counts = here.client.get("/v1/counts").json()
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]

    def test_a_no_by_channel(self, here: House, tmp_path: Path) -> None:
        _decided(here, "denied", NO, channel="web")
        later = "2026-05-01"
        rows = [_seen(later, n=c, channel=c) for c in ("Web", "store")] + [_seen(later, n="none")]
        done = _taken(here, _rows(tmp_path, *rows), TRACKS)
        assert done.refused == 2  # what says no channel may have been on any
        assert _types(here) == ["store"]

    def test_orders_and_other_files_are_taken(self, here: House, tmp_path: Path) -> None:
        _decided(here, "denied", NO)
        assert _taken(here, _rows(tmp_path, _seen("2026-05-01"))).stored == 1

    @pytest.mark.parametrize("tracking", [None, False])
    def test_a_segment_export_tracks_unless_told(
        self, here: House, tmp_path: Path, tracking: bool | None
    ) -> None:
        _decided(here, "denied", NO)
        call = {"type": "track", "event": "Seen", "userId": "ann", "messageId": "m1"}
        done = _taken(
            here,
            _rows(tmp_path, call | {"timestamp": "2026-05-01T00:00:00Z"}),
            Mapping(tracking=tracking),
        )
        assert (done.stored, done.refused) == ((0, 1) if tracking is None else (1, 0))

    def test_decisions_are_taken(self, here: House, tmp_path: Path) -> None:
        _decided(here, "denied", NO)
        yes = {"user_id": "ann", "event": "consent_given", "time": "2026-05-01"}
        assert _taken(here, _rows(tmp_path, yes), TRACKS).stored == 1
        react(here)
        path = "/v1/persons/user_id:ann/consents/may"
        assert here.client.get(path, params={"purpose": "tracking"}).json()["allowed"]

    def test_nothing_of_what_is_refused_is_kept(self, here: House, tmp_path: Path) -> None:
        _decided(here, "denied", NO)
        path = _rows(
            tmp_path,
            _seen("2026-05-01", n="kanarienvogel-1"),
            _seen("not a time", n="kanarienvogel-2"),
            _seen("not a time", "bob", n="of bob"),
        )
        done = _taken(here, path, TRACKS)
        assert (done.failed, done.refused) == (3, 1)
        path.unlink()
        assert found_in(tmp_path, here.rooms.db, ["kanarienvogel"]) == []
        with here.rooms.db.reading() as look:
            (body,) = look.execute(select(failed_event.c.body)).scalars()
        assert b"of bob" in bytes(body)

    def test_over_http_the_report_says_so(self, here: House) -> None:
        _decided(here, "denied", NO)
        text = "user_id,event,time\nann,seen,2026-05-01\nbob,seen,2026-05-01\n"
        made = here.client.post("/v1/imports?name=a.csv", content=text).json()
        told = {"mapping": {"tracking": True}}
        here.client.post(f"/v1/imports/{made['id']}/start", json=told).raise_for_status()
        work(here)
        report = state(here, made["id"])["report"]
        assert (report["stored"], report["failed"]) == (1, 1)
        assert report["reasons"] == {"its person had said no to tracking": 1}


class TestReplay:
    def _failed(self, here: House, *, asks: bool) -> int:
        key = here.client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
        if asks:
            here.client.put("/v1/sources/shop/consent", json={"asks": True}).raise_for_status()
        bad = {"type": "seen", "user_id": "ann", "at": "?", "properties": {"n": "kanarienvogel"}}
        here.client.post("/v1/events", json=bad, headers={"x-write-key": key})
        (one,) = here.client.get("/v1/events/failed").json()["failed"]
        return int(one["id"])

    def _again(self, here: House, number: int) -> Any:
        mended = {"type": "seen", "user_id": "ann", "properties": {"n": "kanarienvogel"}}
        path = f"/v1/events/failed/{number}/replay"
        return here.client.post(path, json=mended).raise_for_status().json()

    def test_meets_the_door_that_it_came_through(self, here: House) -> None:
        number = self._failed(here, asks=True)
        _decided(here, "withdrawn", NO)
        told = self._again(here, number)
        assert [one["code"] for one in told["events"]] == ["tracking_refused"]
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        with here.rooms.db.reading() as look:
            bodies = [bytes(b) for b in look.execute(select(failed_event.c.body)).scalars()]
        assert bodies == [b"", b""]
        assert here.client.get("/v1/events/failed").json()["waiting"] == 1

    def test_other_doors_take_it(self, here: House) -> None:
        number = self._failed(here, asks=False)
        _decided(here, "withdrawn", NO)
        assert self._again(here, number)["stored"] == 1

    def test_rows_of_a_tracking_file(self, here: House, tmp_path: Path) -> None:
        _taken(here, _rows(tmp_path, _seen("not a time", n="x"), _seen("2026-01-01")), TRACKS)
        (one,) = here.client.get("/v1/events/failed").json()["failed"]
        _decided(here, "withdrawn", NO)
        told = self._again(here, int(one["id"]))
        assert [one["code"] for one in told["events"]] == ["tracking_refused"]
