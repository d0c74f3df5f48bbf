"""Where a request came from, and what its browser says for its owner."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from sqlalchemy import select
from tests.modules.house import House
from tests.server.processes import until

from desireline.kit.proxies import first_stranger
from desireline.log.tables import event as log_event
from desireline.log.tables import failed_event

INSIDE = (ip_network("10.0.0.0/8"), ip_network("2001:db8::/32"))


class TestProxies:
    @pytest.mark.parametrize(
        ("near", "forwarded", "found"),
        [
            ("203.0.113.7", "", "203.0.113.7"),
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # a stranger's word counts for nothing
            ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the first may be invented
            ("127.0.0.1", "198.51.100.1, 10.0.0.9", "198.51.100.1"),
            ("10.1.2.3", "198.51.100.1, 10.0.0.9", "198.51.100.1"),
            ("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),
            ("2001:db8::5", "2001:db9::1", "2001:db9::1"),
            ("10.1.2.3", "10.0.0.8, 10.0.0.9", "10.0.0.8"),
            ("", "198.51.100.1", "198.51.100.1"),
            ("10.1.2.3", "rubbish", "rubbish"),
            ("::1", " , ", "::1"),
        ],
    )
    def test_the_nearest_that_is_none_of_ours(self, near: str, forwarded: str, found: str) -> None:
        assert first_stranger(near, forwarded, INSIDE) == found

    def test_without_a_setting_only_this_machine_is_trusted(self) -> None:
        assert first_stranger("10.1.2.3", "198.51.100.1") == "10.1.2.3"


class TestSignals:
    @pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
    def test_what_a_browser_says_for_its_owner_is_kept(self, here: House, header: str) -> None:
        event = {"type": "seen", "user_id": "ann"}
        answer = here.client.post("/v1/events", json=event, headers={header: "1"})
        assert answer.json()["stored"] == 1
        quiet = here.client.post("/v1/events", json=event, headers={header: "0"})
        assert quiet.json()["stored"] == 1
        with here.rooms.db.reading() as look:
            kept = [row[0] for row in look.execute(select(log_event.c.context))]
        assert kept == ['{"opted_out":true}', None]

    @pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
    def test_a_source_may_refuse_it_and_no_byte_is_kept(self, here: House, header: str) -> None:
        keys = {
            name: here.client.post("/v1/sources", json={"name": name}).json()["write_key"]
            for name in ("shop", "till")
        }
        told = here.client.put("/v1/sources/shop/signals", json={"signals": "refuse"})
        assert told.status_code == 204, told.text

        def send(name: str, *events: dict[str, object], value: str = "1") -> list[str]:
            answer = here.client.post(
                "/v1/events",
                json=list(events),
                headers={"x-write-key": keys[name], header: value},
            )
            return [one.get("code", one["verdict"]) for one in answer.json()["events"]]

        canary = {"type": "seen", "user_id": "ann-canary"}
        decided = {"type": "consent_given", "user_id": "bea"}
        assert send("till", canary | {"user_id": "other"}) == ["stored"]
        assert send("shop", canary, {"type": 7, "user_id": "ann-canary"}, decided) == [
            *("tracking_opted_out", "tracking_opted_out"),
            "stored",
        ]
        assert send("shop", canary | {"user_id": "cia"}, value="0") == ["stored"]
        page = {"userId": "ann-canary", "event": "Seen", "writeKey": keys["shop"]}
        assert here.client.post("/v1/t", json=page, headers={header: "1"}).status_code == 200
        whole = here.client.post(
            "/v1/batch",
            content=b'["ann-canary',
            headers={header: "1", "x-write-key": keys["shop"]},
        )
        assert whole.status_code == 400
        counts = here.client.get("/v1/counts").json()
        assert counts == {"received": 7, "stored": 3, "duplicate": 0, "failed": 4}
        with here.rooms.db.reading() as look:
            failed = look.execute(select(failed_event.c.source, failed_event.c.body)).all()
            subjects = look.exec_driver_sql("SELECT * FROM subject").all()
        assert {bytes(body) for source, body in failed if source == "shop"} == {b""}
        assert "ann-canary" not in str(subjects)
        told = here.client.get("/v1/sources").json()["sources"]
        assert [one["signals"] for one in told] == ["refuse", "mark"]
        here.client.put("/v1/sources/shop/signals", json={"signals": "mark"})
        until(lambda: send("shop", canary) == ["stored"])
        what = [e["what"] for e in here.client.get("/v1/audit").json()["entries"]]
        assert what[:2] == ["source_marks_opted_out", "source_refuses_opted_out"]
        wrong = here.client.put("/v1/sources/nobody/signals", json={"signals": "mark"})
        assert wrong.status_code == 404
