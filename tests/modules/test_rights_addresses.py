"""No whole IP address of a visitor is written anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.byte_scan import found_in
from tests.modules.house import House, house

from desireline.log.addresses import cut_in_body, without_whole
from desireline.log.segments.sealing import seal
from desireline.modules.sources.facade import SourceBook
from desireline.settings import read_settings

V4, V6 = "203.0.113.77", "2001:db8:1:2:3::4"


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["ip", "$ip", "IP", "ipAddress", "ip_address", "client_ip", "clientIP", "remote_addr",
         "X-Forwarded-For", "X-Real-IP", "x_forwarded_for", "CF-Connecting-IP", "userIp", "cip"],
    )  # fmt: skip
    def test_of_addresses(self, name: str) -> None:
        assert without_whole({"a": [{name: V4}]}) == {"a": [{name: "203.0.113.0"}]}
        assert cut_in_body(f'{{"{name}": "{V4}", half'.encode()).count(b"113.0")

    @pytest.mark.parametrize("name", ["version", "zip", "ship", "address", "membership", "page"])
    def test_of_other_things(self, name: str) -> None:
        held = {name: "1.2.3.4"}
        assert without_whole(held) is held

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            (V6, "2001:db8:1::"),
            (f"{V4}, 10.1.2.3:8080", "203.0.113.0, 10.1.2.0:8080"),
            (f"[{V6}]:443", "[2001:db8:1::]:443"),
            (3405803853, 3405803776),
            ([V4, V6], ["203.0.113.0", "2001:db8:1::"]),
            ("", ""),
            (None, None),
            (True, True),
            ({"ip": V4}, {"ip": "203.0.113.0"}),
        ],
    )
    def test_in_every_form(self, said: object, kept: object) -> None:
        assert without_whole({"ip": said}) == {"ip": kept}

    @given(st.ip_addresses())
    def test_any_address_loses_what_tells_a_person(self, address: Any) -> None:
        kept = without_whole({"context": {"client_ip": str(address)}})["context"]["client_ip"]
        bits = 8 if address.version == 4 else 80
        assert int(type(address)(kept)) == int(address) >> bits << bits

    @given(st.binary())
    def test_any_bytes_can_be_looked_through(self, body: bytes) -> None:
        assert isinstance(cut_in_body(body), bytes)


EVENTS: list[dict[str, Any]] = [
    {"type": "seen", "user_id": "ann", "context": {"ip": V4, "device": {"ip": V6}}},
    {"type": "seen", "user_id": "ann", "properties": {"client_ip": V4, "hops": [{"$ip": V6}]}},
    {"type": "", "user_id": "ann", "context": {"ip": V4}},
    {"type": "seen", "context": {"x_forwarded_for": f"{V4}, {V6}"}},
]


def _send(here: House) -> str:
    """Through every door that an address can come in by; the key that was used."""
    client, key = here.client, SourceBook(here.rooms.db, here.rooms.clock).add("web")
    by_proxy = {"x-forwarded-for": V4, "user-agent": "Mozilla/5.0"}
    told = {"x-write-key": key, **by_proxy}
    segment = {"type": "track", "event": "Seen", "anonymousId": "a", "context": {"ip": V4}}
    posthog = {
        "api_key": key,
        "batch": [{"event": "seen", "distinct_id": "p", "properties": {"$ip": V4}}],
    }
    snowplow = {"data": [{"e": "pv", "p": "web", "tv": "x", "duid": "s", "ip": V4}]}
    matomo = {"rec": 1, "cip": V4, "_id": "0" * 16}
    answers = [
        client.post("/v1/events", json=EVENTS, headers=by_proxy),
        client.post("/v1/events", json={"write_key": key, "events": EVENTS}, headers=by_proxy),
        client.post("/v1/events", content=f'[{{"type":"x","context":{{"ip":"{V4}"}}', headers=told),
        client.post("/v1/t", json=segment, headers=told),
        client.post("/v1/t", json={**segment, "event": ["?"]}, headers=told),
        client.post("/batch/", json=posthog, headers=by_proxy),
        client.post("/com.snowplowanalytics.snowplow/tp2", json=snowplow, headers=told),
        client.get("/matomo.php", params={**matomo, "url": "http://x.org/"}, headers=told),
        client.get("/matomo.php", params={**matomo, "uid": "u" * 300}, headers=told),
    ]  # fmt: skip
    assert all(answer.status_code < 500 for answer in answers), [a.text for a in answers]
    here.settle()
    return key


class TestOnDisk:
    def test_no_whole_address_is_found(self, here: House, tmp_path: Path) -> None:
        _send(here)
        assert found_in(tmp_path, here.rooms.db, ["203.0.113.0"]), "nothing was sent"
        assert _failed(here.client) >= 4
        assert found_in(tmp_path, here.rooms.db, [V4, V6]) == []
        seal(here.rooms.db, here.rooms.store, here.rooms.clock)
        assert found_in(tmp_path, here.rooms.db, [V4, V6]) == []
        for failure in here.client.get("/v1/events/failed").json()["failed"]:
            here.client.post(f"/v1/events/failed/{failure['id']}/replay")
        assert found_in(tmp_path, here.rooms.db, [V4, V6]) == []

    def test_they_are_kept_where_that_is_set(self, tmp_path: Path) -> None:
        told = read_settings({}, data_dir=tmp_path / "w", ip_addresses="whole")
        with house(tmp_path / "w", told.database_url, settings=told) as here:
            here.client.post("/v1/events", json=EVENTS[:1]).raise_for_status()
            here.settle()
            assert found_in(tmp_path, here.rooms.db, [V4])


def _failed(client: httpx.Client) -> int:
    return int(client.get("/v1/events/failed").json()["waiting"])
