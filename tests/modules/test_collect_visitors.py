"""Where a request came from, and what its browser says for its owner."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from sqlalchemy import select
from tests.modules.house import House

from desireline.log.tables import event as log_event
from desireline.modules.collect.proxies import first_stranger

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
