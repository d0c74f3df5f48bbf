"""A source that asks for consent, through the real door: what is refused leaves no byte."""

from __future__ import annotations

import json

from tests.modules.house import House
from tests.modules.test_consent import react
from tests.server.processes import until


class TestOverHttp:
    def test_received_is_stored_and_failed_and_no_byte_is_kept(self, here: House) -> None:
        key = here.client.post("/v1/sources", json={"name": "shop"}).json()["write_key"]
        other = here.client.post("/v1/sources", json={"name": "till"}).json()["write_key"]
        switched = here.client.put("/v1/sources/shop/consent", json={"asks": True})
        assert switched.status_code == 204, switched.text

        def send(key: str, canary: str, kind: str = "page_viewed") -> str:
            event = {"type": kind, "anonymous_id": "c-ann", "channel": "web"}
            more = {"properties": {"path": f"/{canary}"}}
            answer = here.client.post("/v1/events", json=event | more, headers={"x-write-key": key})
            return str(answer.json()["events"][0]["verdict"])

        assert send(key, "canary-before") == "stored"
        assert send(key, "none", "consent_withdrawn") == "stored"
        react(here)
        until(lambda: send(key, "canary-after") == "failed")
        assert send(other, "canary-till") == "stored"  # which was not told to respect it
        counts = here.client.get("/v1/counts").json()
        assert counts["received"] == counts["stored"] + counts["duplicate"] + counts["failed"]
        (failed, *_) = here.client.get("/v1/events/failed").json()["failed"]
        assert failed["code"] == "tracking_refused"
        assert "ann" not in str(failed)
        with here.rooms.db.reading() as look:
            held = look.exec_driver_sql("SELECT properties FROM event").scalars().all()
            bodies = look.exec_driver_sql("SELECT body FROM failed_event").scalars().all()
        assert all(bytes(body) == b"" for body in bodies)
        before = sum("canary-after" in str(one) for one in held)
        assert send(key, "canary-after") == "failed"
        with here.rooms.db.reading() as look:
            held = look.exec_driver_sql("SELECT properties FROM event").scalars().all()
        assert sum("canary-after" in str(one) for one in held) == before
        bad = {"type": "page_viewed", "anonymous_id": "c-ann", "at": "?", "properties": {"a": "b"}}
        for body in (json.dumps(bad), json.dumps(bad)[:-4]):  # what cannot be read is not kept
            here.client.post("/v1/events", content=body, headers={"x-write-key": key})
        stranger = json.dumps(bad).replace("c-ann", "c-eve")
        here.client.post("/v1/events", content=stranger, headers={"x-write-key": key})
        failed = here.client.get("/v1/events/failed").json()["failed"]
        assert ["c-eve" in one["body"] for one in failed[:3]] == [True, False, False]
        assert "ann" not in str(failed)
        assert send(key, "none", "consent_given") == "stored"
        react(here)
        until(lambda: send(key, "canary-again") == "stored")
        listed = here.client.get("/v1/sources").json()["sources"]
        assert [one["asks_consent"] for one in listed] == [True, False]
        what = [e["what"] for e in here.client.get("/v1/audit").json()["entries"]]
        assert what == ["source_asks_consent", "source_added", "source_added"]
