"""Segment's protocol: what its messages become; who is meant at /v1/batch; what failed."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.house import House
from tests.modules.test_sources import made

from desireline.kit.foreign_words import amount, type_of
from desireline.log.failed import list_failed
from desireline.log.rejecting import Unfit
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols import own
from desireline.modules.collect.protocols.segment import read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    ["type", "event", "userId", "anonymousId", "messageId", "timestamp", "properties", "traits",
     "context", "previousId", "groupId", "name", "channel", "integrations", "sentAt"]
)  # fmt: skip


def basic(key: str) -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}


def track(**more: Any) -> dict[str, Any]:
    return {"type": "track", "event": "Order Completed", "userId": "u1"} | more


class TestRead:
    def test_track(self) -> None:
        sent = read(
            track(
                messageId="m1",
                originalTimestamp="2026-03-01T10:00:00Z",
                properties={"total": "27.5", "revenue": 25, "currency": "eur"},
                context={"traits": {"email": "Ann@X.org"}, "ip": "1.2.3.4"},
                integrations={"All": False},
            ),
            "",
        )
        assert (sent.type, sent.kind, sent.id) == ("order_completed", "track", "m1")
        assert (sent.value, sent.currency, sent.email) == (27.5, "EUR", "Ann@X.org")
        assert sent.at == "2026-03-01T10:00:00Z"
        assert sent.properties == {"total": "27.5", "revenue": 25, "currency": "eur"}
        assert isinstance(sent.context, dict)
        assert sent.context["event_name"] == "Order Completed"
        assert sent.context["segment"] == {"integrations": {"All": False}}

    def test_identify_names_by_its_traits(self) -> None:
        traits = {"email": "a@x.org", "phone": "+48 123", "plan": "pro"}
        sent = read({"userId": "u1", "anonymousId": "a1", "traits": traits}, "identify")
        assert (sent.user_id, sent.anonymous_id) == ("u1", "a1")
        assert (sent.email, sent.phone, sent.properties) == ("a@x.org", "+48 123", traits)

    def test_a_group_names_nobody_by_its_traits(self) -> None:
        sent = read(
            {"userId": "u1", "groupId": "g1", "traits": {"email": "info@firm.org"}}, "group"
        )
        assert sent.properties == {"email": "info@firm.org", "group_id": "g1"}
        assert not sent.email

    def test_alias_ties_the_earlier_id(self) -> None:
        sent = read({"userId": "u1", "previousId": "a1"}, "alias")
        assert (sent.user_id, sent.anonymous_id) == ("u1", "a1")

    @pytest.mark.parametrize("told", ["identify", "Track", "nope", 5, ["track"], {"a": 1}])
    def test_the_path_decides_and_what_the_body_said_is_kept(self, told: object) -> None:
        sent = read(track(type=told), "track")
        assert (sent.kind, sent.type, sent.user_id) == ("track", "order_completed", "u1")
        assert isinstance(sent.context, dict)
        assert sent.context["segment"] == {"type": told}

    @pytest.mark.parametrize("told", [{"type": "track"}, {"type": None}, {"type": ""}, {}])
    def test_a_type_that_says_what_the_path_says_is_not_kept_twice(
        self, told: dict[str, Any]
    ) -> None:
        sent = read({"event": "Order Completed", "userId": "u1"} | told, "track")
        assert sent.kind == "track"
        assert "segment" not in (sent.context or {})

    def test_what_is_no_message_is_said(self) -> None:
        for wrong in (
            {"type": "nope"},
            track(properties=[]),
            track(event=17),
            track(userId={}),
            track(event="x" * 201),
        ):
            with pytest.raises(Unfit) as problem:
                read(wrong, "")
            assert problem.value.hint

    @given(st.dictionaries(MEMBERS, JSON), st.sampled_from(["", "track", "page", "alias"]))
    def test_anything_is_an_event_or_unfit(self, sent: dict[str, Any], form: str) -> None:
        with suppress(Unfit):
            assert isinstance(read(sent, form), SentEvent)


class TestFields:
    def test_names_are_written_as_the_log_writes_them(self) -> None:
        for name, ours in {
            "Product Added": "product_added",
            "productAdded": "product_added",
            "product-added": "product_added",
            "Żółw Dodany": "żółw_dodany",
            "HTTPError": "httperror",
            "Step 2 Done": "step_2_done",
            "🎉": "🎉",
            "order_completed": "order_completed",
        }.items():
            assert type_of(name) == ours

    def test_amounts(self) -> None:
        assert [amount(v) for v in (1, 2.5, "3.5", " 4 ")] == [1, 2.5, 3.5, 4]
        for wrong in (True, "", "x", "nan", "inf", 1e300, 2**60, 10**400, None, [1]):
            assert amount(wrong) is None


class TestWhoIsMeant:
    def test_by_basic_or_by_their_names(self) -> None:
        theirs = [
            ({"batch": [], "sentAt": "x"}, False),
            ({"batch": [], "writeKey": "x"}, False),
            ({"batch": []}, True),
        ]
        ours = [
            ({"batch": []}, False),
            ({"events": [], "sentAt": "x"}, True),
            ({"batch": [], "write_key": "x"}, True),
            ({"batch": [{"context": {"sentAt": 1, "writeKey": 2}}]}, False),
        ]
        for body, is_basic in theirs:
            assert own.is_segment(json.dumps(body).encode(), is_basic=is_basic), body
        for body, is_basic in ours:
            assert not own.is_segment(json.dumps(body).encode(), is_basic=is_basic), body

    def test_ours_is_answered_with_verdicts_theirs_with_thanks(self, here: House) -> None:
        key = made(here)
        ours = {"batch": [{"type": "x_done", "user_id": "u"}]}
        assert here.client.post("/v1/batch", json=ours).json()["stored"] == 1
        theirs = {"batch": [track()], "sentAt": "2026-03-01T10:00:00Z"}
        answer = here.client.post("/v1/batch", json=theirs, headers=basic(key))
        assert answer.json() == {"success": True}
        assert here.client.get("/v1/counts").json()["stored"] == 2


class TestTake:
    def test_every_address_and_packing(self, here: House) -> None:
        key = made(here)
        n = 0
        for path in ("track", "identify", "page", "screen", "group", "alias", *"tipsga"):
            body = json.dumps({"event": "X", "userId": "u", "writeKey": key}).encode()
            for content, kind in ((body, "text/plain"), (gzip.compress(body), "x/y")):
                answer = here.client.post(
                    f"/v1/{path}", content=content, headers={"content-type": kind}
                )
                assert answer.json() == {"success": True}, path
                n += 1
        assert here.client.get("/v1/counts").json()["stored"] == n

    def test_repeats_are_duplicates(self, here: House) -> None:
        headers = basic(made(here))
        batch = {"batch": [track(messageId="ajs-1"), track(messageId="ajs-2")]}
        for _ in range(3):
            here.client.post("/v1/batch", json=batch, headers=headers)
        counts = here.client.get("/v1/counts").json()
        assert (counts["stored"], counts["duplicate"]) == (2, 4)

    def test_a_wrong_clock_is_corrected(self, here: House) -> None:
        headers = basic(made(here))
        begun = datetime.now(UTC)
        batch = {"sentAt": "2031-05-05T05:05:05Z"}
        batch |= {"batch": [track(timestamp="2031-05-05T05:00:05.250Z")]}  # type: ignore[dict-item]
        here.client.post("/v1/b", json=batch, headers=headers)
        (event,) = _events(here)
        at = datetime.fromtimestamp(event.at / 1e6, UTC)
        assert abs(at - begun + timedelta(minutes=5)) < timedelta(seconds=60)
        assert event.context["at_by_sender"] == "2031-05-05T05:00:05.250Z"

    def test_a_right_clock_is_left_alone(self, here: House) -> None:
        headers = basic(made(here))
        now = datetime.now(UTC).isoformat()
        here.client.post(
            "/v1/t", json=track(timestamp=now, sentAt=now, userId="u"), headers=headers
        )
        (event,) = _events(here)
        assert event.at == int(datetime.fromisoformat(now).timestamp() * 1e6 + 0.5)
        assert "at_by_sender" not in event.context

    def test_a_path_of_one_kind_stores_it_whatever_type_the_body_says(self, here: House) -> None:
        headers = basic(made(here))
        short = {"t": "track", "i": "identify", "p": "page", "g": "group", "a": "alias"}
        for path in [*short, *short.values()]:
            for told in ("nope", "screen"):
                body = track(type=told, messageId=f"{path}-{told}", groupId="g", previousId="a1")
                answer = here.client.post(f"/v1/{path}", json=body, headers=headers)
                assert answer.json() == {"success": True}
        kinds = Counter(event.kind for event in _events(here))
        assert kinds == dict.fromkeys(short.values(), 4)
        assert {event.context["segment"]["type"] for event in _events(here)} == {"nope", "screen"}
        assert here.client.get("/v1/events/failed").json()["failed"] == []

    def test_a_track_without_a_name_is_set_aside_and_told_where_it_may_belong(
        self, here: House
    ) -> None:
        headers = basic(made(here))
        for body in ({"userId": "u", "type": "identify"}, {"userId": "u", "event": ""}):
            answer = here.client.post("/v1/track", json=body, headers=headers)
            assert answer.json() == {"success": True}
        nameless, identify = here.client.get("/v1/events/failed").json()["failed"]
        assert {nameless["code"], identify["code"]} == {"type_missing"}
        assert "it has no `event`" in nameless["reason"]
        assert "/v1/" not in nameless["reason"]
        assert "Of `type` 'identify', it goes to /v1/identify." in identify["reason"]
        assert not _events(here)

    def test_what_failed_is_kept_byte_by_byte_and_replayed_in_its_protocol(
        self, here: House
    ) -> None:
        headers = basic(made(here))
        soon = (datetime.now(UTC) + timedelta(days=1, seconds=2)).isoformat()
        bad = json.dumps(track(timestamp=soon, messageId="later"), indent=2)
        broken = '{"type": "track", "userId": "\\ud800"}'
        body = f'{{"batch": [{json.dumps(track())}, {bad}, {broken}]}}'
        assert here.client.post("/v1/batch", content=body, headers=headers).status_code == 200
        newest, older = here.client.get("/v1/events/failed").json()["failed"]
        assert newest["body"] == broken
        assert newest["code"] == "surrogate_alone"
        assert older["body"] == bad
        assert older["code"] == "at_in_future"
        again = here.client.post(f"/v1/events/failed/{newest['id']}/replay").json()
        assert again["failed"] == 1
        assert again["events"][0]["code"] == "surrogate_alone"
        with here.rooms.db.reading() as look:
            assert {one.form for one in list_failed(look)} == {"segment//0"}
        while here.client.get("/v1/counts").json()["stored"] < 2:
            number = here.client.get("/v1/events/failed").json()["failed"][-1]["id"]
            replayed = here.client.post(f"/v1/events/failed/{number}/replay").json()
            assert replayed["stored"] or replayed["events"][0]["code"] in (
                "at_in_future",
                "surrogate_alone",
            )
        assert {e.type for e in _events(here)} == {"order_completed"}

    def test_a_body_that_is_none_is_told(self, here: House) -> None:
        headers = basic(made(here))
        for body in (b"", b"{", b"[]", b'{"batch": 5}', b'{"batch": [}', b'{"batch": [{]}'):
            answer = here.client.post("/v1/batch", content=body, headers=headers)
            assert answer.status_code == 400, body
        counts = here.client.get("/v1/counts").json()
        assert counts["stored"] == 0
        assert counts["received"] == counts["failed"] == 6

    def test_settings_send_the_browser_here(self, here: House) -> None:
        key = made(here)
        told = here.client.get(f"/v1/projects/{key}/settings").json()
        assert told["integrations"]["Segment.io"]["apiHost"].endswith("/v1")
        assert here.client.get("/v1/projects/wk_x/settings").status_code == 401


def _events(here: House) -> list[Any]:
    return here.rooms.reader.events_of(range(1, 100), 100)
