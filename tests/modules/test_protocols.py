"""PostHog's, Snowplow's and Matomo's words in ours; bots; the same manners for all."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode, urlsafe_b64encode
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.house import House
from tests.modules.test_segment import JSON
from tests.modules.test_sources import made

from desireline.kit.agents import bot_of
from desireline.kit.networks import cut
from desireline.log.rejecting import Unfit
from desireline.log.wire import SentEvent
from desireline.modules.collect.protocols import PROTOCOLS, matomo, posthog, snowplow

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
MEMBERS = st.sampled_from(
    ["event", "distinct_id", "uuid", "timestamp", "properties", "$set", "e", "eid", "uid", "dtm",
     "se_ac", "ue_pr", "ue_px", "co", "url", "e_a", "e_v", "idgoal", "ec_id", "ec_items", "cdt",
     "_id", "revenue", "type", "userId"]
)  # fmt: skip


def _events(here: House) -> list[Any]:
    return here.rooms.reader.events_of(range(1, 100), 100)


@given(st.sampled_from(PROTOCOLS), st.dictionaries(MEMBERS, JSON), st.text(max_size=5))
def test_anything_is_an_event_or_unfit(protocol: Any, sent: dict[str, Any], form: str) -> None:
    with suppress(Unfit):
        assert isinstance(protocol.read(sent, form), SentEvent)


class TestPosthog:
    def test_who_is_meant_by_distinct_id(self) -> None:
        device, user = "0199-device", "u1"
        for properties, who in (
            ({"$device_id": device, "distinct_id": device}, (None, device)),
            ({"$device_id": device, "$is_identified": True}, (user, device)),
            ({"$anon_distinct_id": device}, (user, device)),
            ({}, (user, None)),
        ):
            sent = {"event": "x", "distinct_id": user} | properties
            sent["properties"] = properties
            found = posthog.read(sent, "")
            assert (found.user_id or None, found.anonymous_id or None) == who

    def test_its_cookieless_id_names_nobody(self) -> None:
        found = posthog.read({"event": "x", "distinct_id": posthog.NOBODY}, "")
        assert not found.user_id
        assert not found.anonymous_id

    def test_set_becomes_traits(self) -> None:
        traits = {"email": "a@x.org", "plan": "pro"}
        found = posthog.read({"event": "$identify", "distinct_id": "u", "$set": traits}, "")
        assert (found.kind, found.email, found.properties) == ("identify", "a@x.org", traits)
        track = {"event": "Seen", "distinct_id": "u", "properties": {"$set": traits, "$os": "x"}}
        found = posthog.read(track, "")
        assert (found.type, found.email, found.properties) == ("seen", "a@x.org", {})
        assert isinstance(found.context, dict)
        assert found.context["traits"] == traits
        assert found.context["posthog"] == {"$os": "x"}

    def test_every_form_of_a_body(self, here: House) -> None:
        key = made(here)
        event = {"event": "Seen", "distinct_id": "u", "properties": {"token": key}}
        keyed = json.dumps(event | {"api_key": key}).encode()
        form = b"data=" + quote(b64encode(keyed)).encode()
        batch = json.dumps({"api_key": key, "batch": [event] * 2, "sent_at": "x"}).encode()
        for path, body in (
            ("/e/", keyed),
            ("/e/?_=1700000000000&ip=0", json.dumps([event]).encode()),
            ("/e/", form),
            ("/batch/", gzip.compress(batch)),
            ("/i/v0/e/", json.dumps(event).encode()),
        ):
            answer = here.client.post(path, content=body, headers={"content-type": "text/plain"})
            assert answer.json() == {"status": "Ok"}, path
        assert here.client.get("/v1/counts").json()["stored"] == 6
        assert here.client.post("/flags/?v=2", content=b"{}").json()["featureFlags"] == {}
        assert here.client.get(f"/array/{key}/config").json()["surveys"] is False
        assert key in here.client.get(f"/array/{key}/config.js").text
        assert here.client.get("/array/wk_x/config").status_code == 401


class TestSnowplow:
    def test_self_describing(self) -> None:
        inner = {"schema": "iglu:org.x/BasketFilled/jsonschema/1-0-0", "data": {"sku": "s"}}
        told = json.dumps({"schema": "iglu:y", "data": inner}).encode()
        for more in ({"ue_pr": told.decode()}, {"ue_px": urlsafe_b64encode(told).decode()}):
            found = snowplow.read({"e": "ue", "uid": "u", "dtm": "1700000000123"} | more, "")
            assert (found.type, found.properties) == ("basket_filled", {"sku": "s"})
            assert found.at == 1_700_000_000_123
        for wrong in ({}, {"ue_px": "é"}, {"ue_pr": "{"}, {"ue_pr": "[]"}, {"ue_pr": '{"data":1}'}):
            with pytest.raises(Unfit):
                snowplow.read({"e": "ue", "uid": "u"} | wrong, "")

    def test_by_post_and_as_a_picture(self, here: House) -> None:
        key = made(here)
        event = {"e": "se", "se_ac": "Add", "se_va": "2.5", "duid": "d", "eid": "e-1", "aid": key}
        body = {"schema": "iglu:x", "data": [event, event | {"eid": "e-2"}]}
        answer = here.client.post("/com.snowplowanalytics.snowplow/tp2", json=body)
        assert answer.status_code == 200
        answer = here.client.get("/i", params=event | {"eid": "e-3"})
        assert answer.headers["content-type"] == "image/gif"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        here.client.get(f"/{key}/i", params=event | {"aid": "shop"})
        counts = here.client.get("/v1/counts").json()
        assert (counts["stored"], counts["duplicate"]) == (3, 1)
        assert {e.value for e in _events(here)} == {2.5}
        assert all("wk_" not in str(e) for e in _events(here))


class TestMatomo:
    def test_what_happened(self) -> None:
        for parameters, type_ in (
            ({"e_a": "Play"}, "play"),
            ({"idgoal": "0", "ec_id": "o1", "revenue": "9.5"}, "order_completed"),
            ({"idgoal": "0"}, "cart_updated"),
            ({"idgoal": "3"}, "goal_reached"),
            ({"search": "cat"}, "searched"),
            ({"link": "https://x"}, "link_clicked"),
        ):
            assert matomo.read({"uid": "u"} | parameters, "").type == type_
        assert matomo.read({"uid": "u", "url": "https://x/"}, "").kind == "page"

    def test_alone_as_a_form_and_in_bulk(self, here: House) -> None:
        key = made(here)
        told = {"idsite": key, "rec": 1, "url": "https://x/", "uid": "u"}
        assert here.client.get("/matomo.php", params=told).headers["content-type"] == "image/gif"
        assert here.client.get("/matomo.php", params=told | {"send_image": 0}).status_code == 204
        here.client.post("/matomo.php", content=urlencode(told))
        here.client.get(f"/{key}/matomo.php", params=told | {"idsite": 1})
        bulk = ["?" + urlencode(told), "?idsite=1&rec=1&url=%FF", told]
        answer = here.client.post("/matomo.php", json={"requests": bulk})
        assert answer.json() == {"status": "success", "tracked": 2, "invalid": 1}
        assert here.client.get("/v1/counts").json()["stored"] == 6
        (failed,) = here.client.get("/v1/events/failed").json()["failed"]
        assert failed["code"] == "text_not_utf8"
        assert json.loads(failed["body"]) == bulk[1]
        again = here.client.post(f"/v1/events/failed/{failed['id']}/replay").json()
        assert again["events"][0]["code"] == "text_not_utf8"

    def test_a_browser_that_keeps_no_id_gets_one_of_the_day(self, here: House) -> None:
        key = made(here)
        told = {"idsite": key, "rec": 1, "url": "https://x/"}
        for agent in (CHROME, CHROME, "node"):
            here.client.get("/matomo.php", params=told, headers={"user-agent": agent})
        ids = {e.identifiers["anonymous_id"] for e in _events(here)}
        assert len(_events(here)) == 2
        assert len(ids) == 1
        assert ids.pop().startswith("day-")
        assert here.client.get("/v1/counts").json()["failed"] == 1


class TestBots:
    def test_names_and_kinds(self) -> None:
        for agent, found in (
            (GOOGLEBOT, ("Googlebot", "crawler")),
            ("Mozilla/5.0 (compatible; bingbot/2.0; +http://x)", ("bingbot", "crawler")),
            ("facebookexternalhit/1.1", ("facebookexternalhit", "preview")),
            ("Mozilla/5.0 HeadlessChrome/140.0 Safari/537.36", ("HeadlessChrome", "headless")),
            ("UptimeRobot/2.0", ("UptimeRobot", "monitor")),
            ("python-requests/2.32", ("python-requests", "library")),
            (CHROME, None),
            ("Mozilla/5.0 (Linux; Android 13; CUBOT P60) Chrome/140.0 Mobile", None),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", None),
            ("", None),
        ):
            assert bot_of(agent) == found, agent

    @given(st.text(max_size=300))
    def test_any_text_is_read(self, agent: str) -> None:
        found = bot_of(agent)
        assert found is None or found[0] in agent

    def test_they_are_marked_in_every_protocol_and_not_dropped(self, here: House) -> None:
        key = made(here)
        own = {"type": "x_done", "user_id": "u"}
        headers = {"user-agent": GOOGLEBOT, "x-write-key": key}
        here.client.post("/v1/events", json=own, headers=headers)
        here.client.post("/v1/batch", json=[own], headers=headers | {"sec-purpose": "prefetch"})
        here.client.get("/matomo.php", params={"uid": "u", "idsite": key}, headers=headers)
        told = {"userId": "u", "event": "x", "context": {"userAgent": GOOGLEBOT}}
        here.client.post("/v1/t", json=told, headers={"x-write-key": key})
        events = _events(here)
        assert [e.context["bot"] for e in events] == ["Googlebot"] * 4
        assert {e.context["bot_kind"] for e in events} == {"crawler"}
        assert sum(e.context.get("prefetch", False) for e in events) == 1

    def test_a_servers_client_is_no_bot(self, here: House) -> None:
        headers = {"user-agent": "analytics-python/2.4 python-requests/2.32"}
        told = {"userId": "u", "event": "x", "writeKey": made(here)}
        here.client.post("/v1/t", json=told, headers=headers)
        assert "bot" not in _events(here)[0].context


class TestAddresses:
    def test_they_are_cut(self) -> None:
        assert cut("203.0.113.77") == "203.0.113.0"
        assert cut("2001:db8:1:2:3::4") == "2001:db8:1::"
        assert cut("nonsense") == ""


class TestBad:
    def test_it_is_said_and_never_a_500(self, here: House) -> None:
        key = made(here)
        headers = {"x-write-key": key}
        paths = ["/v1/t", "/v1/b", "/batch/", "/e/", "/matomo.php"]
        paths += ["/com.snowplowanalytics.snowplow/tp2"]
        lists = ("batch", "data", "requests")
        for path in paths:
            for body in (
                b"",
                b"\xff\xfe\x00",
                b"17",
                b"{",
                b'{"a": 1',
                b"data=%%%",
                b"[" * 100_000,
                *(f'{{"{name}": [17, null, {{]}}'.encode() for name in lists),
                *(f'{{"{name}": [17, null, {{}}, "x", "\\ud800", []]}}'.encode() for name in lists),
                *(f'{{"{name}": [{{"e": "pv", "a": 1e400}}, NaN]}}'.encode() for name in lists),
            ):
                answer = here.client.post(path, content=body, headers=headers)
                assert answer.status_code in (200, 204, 400), (path, body[:50], answer.text)
        counts = here.client.get("/v1/counts").json()
        assert counts["received"] == counts["stored"] + counts["failed"]
        assert here.client.get("/i?%00=%FF&e=pv", headers=headers).status_code == 200
