"""Access logs, mail, vCards, exports of Segment and PostHog: what their events become."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.formats.reading_cases import said, walks, written

from desireline.formats import errors
from desireline.formats.duck import Duck
from desireline.formats.envelopes.access_log import is_access_line
from desireline.formats.envelopes.choices import NIL, Keys
from desireline.formats.opening import open_table
from desireline.formats.reading import Mapping, read
from desireline.kit.networks import without_addresses
from desireline.modules.collect.protocols import segment

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COMMON = '192.0.2.17 - - [10/Oct/2025:13:55:36 +0200] "GET /a?x=1 HTTP/1.1" 200 2326'
COMBINED = COMMON + f' "https://example.com/from" "{FIREFOX}"'
BOT = COMMON.replace("/a", "/b") + ' "-" "Mozilla/5.0 (compatible; Googlebot/2.1; +http://g.co)"'
IPV6 = '2001:db8::17 - ann [10/Oct/2025:23:30:00 -0100] "POST /buy HTTP/2.0" 302 - "-" "-"'
HOSTED = 'shop.example:443 192.0.2.17 - - [10/Oct/2025:13:55:40 +0200] "GET /x.css HTTP/1.1" 304 0'
NGINX = {
    "time_iso8601": "2025-10-10T13:55:36+02:00",
    "remote_addr": "192.0.2.17",
    "request": "GET /a?x=1 HTTP/1.1",
    "status": "404",
    "body_bytes_sent": 12,
    "http_user_agent": FIREFOX,
    "request_time": "0.020",
}


def envelopes(path: Path, **told: Any) -> list[dict[str, Any]]:
    """The events of a file, as they go into the log."""
    with Duck() as duck:
        keys = Keys(told.pop("salt", ""), told.pop("namespace", NIL))
        table = open_table(duck, path, Mapping(**told), keys, lambda *_: None)
        table.stage(table.fields)
        names = [field.name for field in table.fields]
        rows = duck.rows(f"SELECT * FROM {table.relation}")
    found = [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in rows]
    for event in found:
        for name in ("identifiers", "properties", "context"):
            event[name] = json.loads(event.get(name, "{}"))
    return found


class TestAccessLog:
    LINES = "\n".join((COMBINED, BOT, IPV6, HOSTED, COMMON, json.dumps(NGINX)))

    def test_lines_become_requests(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, self.LINES, "access.log"), salt="s")
        assert [e["type"] for e in found] == [
            *("page_viewed", "page_viewed", "form_sent", "file_requested", "page_viewed"),
            "request_failed",
        ]
        assert found[0]["at"] == found[5]["at"] == "2025-10-10T11:55:36Z"
        assert found[2]["at"] == "2025-10-11T00:30:00Z"
        assert found[0]["properties"] == {
            "path": "/a",
            "status": 200,
            "bytes": 2326,
            "query": "x=1",
            "referrer": "https://example.com/from",
        }
        assert (found[0]["kind"], found[2]["kind"]) == ("page", "track")
        assert found[2]["identifiers"]["user_id"] == "ann"
        assert found[3]["properties"]["host"] == "shop.example:443"
        assert found[5]["properties"]["seconds"] == 0.02

    def test_visitors_are_of_a_day_an_address_and_an_agent(self, tmp_path: Path) -> None:
        later = COMBINED.replace("10/Oct", "11/Oct")
        elsewhere = COMBINED.replace("2.17", "2.18")
        text = "\n".join((COMBINED, COMBINED, BOT, later, elsewhere))
        path = written(tmp_path, text, "access.log")
        ids = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="s")]
        assert ids[0] == ids[1]
        assert len(set(ids)) == 4
        again = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="s")]
        other = [e["identifiers"]["anonymous_id"] for e in envelopes(path, salt="t")]
        assert again == ids
        assert not set(other) & set(ids)

    def test_bots_are_marked(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, self.LINES, "access.log"))
        assert [e["context"].get("bot") for e in found[:2]] == [None, "Googlebot"]

    def test_no_address_is_kept(self, tmp_path: Path) -> None:
        bad = "192.0.2.17 said 2001:db8:1:2::17 nothing at 13:55:36"
        path = written(tmp_path, self.LINES + "\n" + bad, "access.log")
        told = json.dumps(envelopes(path)) + str(read(path).provenance)
        assert "2.17" not in told
        assert "::17" not in told
        assert without_addresses(bad) == "192.0.2.0 said 2001:db8:1:: nothing at 13:55:36"

    def test_what_is_none_is_set_aside(self, tmp_path: Path) -> None:
        lines = [COMBINED, "hello", COMMON.replace("Oct", "Foo"), COMMON.replace("GET /a?x=1 ", "")]
        lines.append("x" * (1 << 21))
        path = written(tmp_path, "\n".join([*lines, COMBINED[:70], BOT]), "access.log")
        journeys = read(path)
        assert len(journeys.code) == 2
        assert [e.row for e in journeys.provenance.examples] == [2, 3, 4, 5, 6]

    @pytest.mark.parametrize("name", ["access.log", "access.log.1", "access_log", "access.log.gz"])
    def test_is_known_by_its_content(self, tmp_path: Path, name: str) -> None:
        text = self.LINES.encode()
        path = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
        assert len(envelopes(path)) == 6

    def test_json_lines_are_known_too(self, tmp_path: Path) -> None:
        path = written(tmp_path, json.dumps(NGINX) + "\n", "access.jsonl")
        assert [e["type"] for e in envelopes(path)] == ["request_failed"]
        assert not is_access_line(b'{"user_id": 1}\n')

    def test_another_file(self, tmp_path: Path) -> None:
        with pytest.raises(errors.FileBroken, match=r"none of its 2 lines can be read as access"):
            read(written(tmp_path, "a\nb\n", "server.log"))

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        raw = COMBINED.encode().replace(b"/a", b"/caf\xe9")
        assert envelopes(written(tmp_path, raw, "a.log"))[0]["properties"]["path"] == "/caf\\xe9"


MBOX = """From ann@mail.example Thu Jan  1 10:00:00 2026
From: =?utf-8?q?Ann_=C3=9Cnal?= <Ann@Mail.example>
To: Shop <shop@firm.example>, other@else.example
Date: Thu, 1 Jan 2026 10:00:00 +0100
Subject: =?iso-8859-1?q?Gr=F6=DFe?=
Message-ID: <1@mail.example>
Content-Type: text/plain; charset=utf-8

Which size do I need?
From what I see, two.
> quoted

From - Thu Jan  1 11:00:00 2026
From: shop@help.firm.example
To: "Unal, Ann" <ann@mail.example>,
 bob@else.example
Cc: boss@firm.example
Date: Thu, 1 Jan 2026 12:00:00 GMT
Subject: Re: size
Message-ID: <2@firm.example>
In-Reply-To: <1@mail.example>
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<style>p {}</style><p>Gr=F6=DFe 40</p>
--b--

From x Thu Jan  1 11:00:00 2026
From: a@firm.example
To: b@firm.example
Date: Thu, 1 Jan 2026 12:00:00 GMT

inside

From x Thu Jan  1 11:00:00 2026
From: ann@mail.example
To: b@firm.example

no date
"""


class TestMail:
    OWN = ("firm.example",)

    def test_messages_become_events_by_direction(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, MBOX, "in.mbox"), own=self.OWN)
        assert [(e["type"], e["direction"], e["identifiers"]["email"]) for e in found] == [
            ("email_received", "inbound", "ann@mail.example"),
            ("email_sent", "outbound", "ann@mail.example"),
            ("email_sent", "outbound", "bob@else.example"),
        ]
        assert found[0]["at"] == "2026-01-01T09:00:00Z"
        assert found[0]["properties"] == {
            "subject": "Größe",
            "text": "Which size do I need? From what I see, two.",
            "mail_id": "<1@mail.example>",
            "from_name": "Ann Ünal",
            "to": ["shop@firm.example"],
        }
        assert found[1]["properties"]["in_reply_to"] == "<1@mail.example>"
        assert found[1]["properties"]["text"] == "Größe 40"
        assert len({e["id"] for e in found}) == 3

    def test_text_is_short_or_left_out(self, tmp_path: Path) -> None:
        path = written(tmp_path, MBOX, "in.mbox")
        assert envelopes(path, own=self.OWN, body_signs=5)[0]["properties"]["text"] == "Which"
        assert "text" not in envelopes(path, own=self.OWN, body_signs=0)[0]["properties"]

    def test_what_is_no_event_is_set_aside(self, tmp_path: Path) -> None:
        journeys = read(written(tmp_path, MBOX, "in.mbox"), Mapping(own=self.OWN))
        reasons = [(e.row, e.reason) for e in journeys.provenance.examples]
        assert reasons == [
            (31, "it went from the firm to nobody outside"),
            (38, "it has no date"),
        ]

    @pytest.mark.parametrize("name", ["one.eml", "Inbox", "one.mbox"])
    def test_a_single_message(self, tmp_path: Path, name: str) -> None:
        text = MBOX.split("\n", 1)[1].split("\nFrom -", maxsplit=1)[0].replace("\n", "\r\n")
        (event,) = envelopes(written(tmp_path, text, name), own=self.OWN)
        assert event["type"] == "email_received"

    def test_the_firm_must_be_told(self, tmp_path: Path) -> None:
        with pytest.raises(errors.ChoiceMissing) as error:
            read(written(tmp_path, MBOX, "in.mbox"))
        assert "firm.example" in said(error)
        assert "--own" in said(error)

    def test_cut_off_in_a_part(self, tmp_path: Path) -> None:
        path = written(tmp_path, MBOX[: MBOX.index("Gr=F6=DFe 40") + 4], "in.mbox")
        assert len(envelopes(path, own=self.OWN)) == 3

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        raw = MBOX.encode().replace(b"Which", b"Wh\xff\xfech")
        assert len(envelopes(written(tmp_path, raw, "in.mbox"), own=self.OWN)) == 3

    def test_a_huge_message(self, tmp_path: Path) -> None:
        text = MBOX.replace("Which size", "Which size" + " y" * 3_000_000)
        found = envelopes(written(tmp_path, text, "in.mbox"), own=self.OWN)
        assert len(found) == 3
        assert len(found[0]["properties"]["text"]) == 200


CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Ann Berg\r
N:Berg;Ann;;;\r
item1.EMAIL;TYPE=work:ann@firm.example\r
EMAIL;TYPE=home,PREF:ann@mail\r
 .example\r
TEL;TYPE=cell:+49 (30) 123-456\r
ORG:Berg\\; Sons;Sales\r
ADR;TYPE=home:;;Main St 1;Berlin;;10115;Germany\r
NOTE:one\\ntwo\\, three\r
PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r
UID:u-1\r
REV:2025-01-02T03:04:05Z\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Bob\r
TEL;VALUE=uri;PREF=1:tel:+1-555-0100;ext=5\r
CATEGORIES:vip,b\\,c\r
REV:20250102T030405Z\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F6rg\r
EMAIL:joerg@mail.example\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Nobody\r
END:VCARD\r
BEGIN:VCARD\r
FN:Cut\r
EMAIL:cut@mail.example\r
"""


class TestVcard:
    def test_cards_become_people_with_traits(self, tmp_path: Path) -> None:
        found = envelopes(written(tmp_path, CARDS, "people.vcf"))
        assert [e["identifiers"] for e in found] == [
            {"email": "ann@mail.example", "phone": "+4930123456", "vcard_uid": "u-1"},
            {"phone": "+15550100"},
            {"email": "joerg@mail.example"},
        ]
        assert {e["type"] for e in found} == {"identified"}
        assert {e["kind"] for e in found} == {"identify"}
        assert found[0]["at"] == found[1]["at"] == "2025-01-02T03:04:05Z"
        assert found[0]["properties"] == {
            "name": "Ann Berg",
            "last_name": "Berg",
            "first_name": "Ann",
            "company": "Berg; Sons",
            "department": "Sales",
            "address": {
                "street": "Main St 1",
                "city": "Berlin",
                "postal_code": "10115",
                "country": "Germany",
            },
            "note": "one\ntwo, three",
            "emails": ["ann@mail.example", "ann@firm.example"],
        }
        assert found[1]["properties"]["tags"] == ["vip", "b,c"]
        assert found[2]["properties"]["name"] == "Jörg"

    def test_what_is_left_out_is_told(self, tmp_path: Path) -> None:
        told = read(written(tmp_path, CARDS, "people.vcf")).provenance
        assert [e.row for e in told.examples] == [28, 32]
        assert told.notes[0] == "1 pictures, sounds and keys were left out."
        assert told.notes[1].startswith("1 cards do not say when")

    def test_no_card(self, tmp_path: Path) -> None:
        with pytest.raises(errors.FileEmpty, match="holds no event"):
            read(written(tmp_path, "hello\n", "people.vcf"))


CALLS: tuple[dict[str, Any], ...] = (
    {
        "type": "track",
        "event": "Order Completed",
        "messageId": "m-1",
        "userId": "u1",
        "anonymousId": "a1",
        "timestamp": "2026-01-01T10:00:00.123Z",
        "properties": {"total": "12.50", "currency": "eur", "products": [{"sku": "x"}]},
        "context": {"ip": "192.0.2.17", "library": {"name": "analytics.js"}, "locale": "de"},
        "integrations": {"All": True},
    },
    {
        "type": "identify",
        "messageId": "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d",
        "userId": "u1",
        "traits": {"email": "Ann@mail.example", "phone": "+49 30 1", "plan": "pro"},
        "originalTimestamp": "2026-01-01T10:01:00Z",
        "integrations": {"Mail": False},
    },
    {
        "type": "page",
        "messageId": "m-3",
        "anonymousId": "a1",
        "name": "Home",
        "timestamp": "2026-01-01T09:00:00Z",
        "properties": {"path": "/"},
    },
    {
        "type": "alias",
        "messageId": "m-4",
        "userId": "u2",
        "previousId": "a9",
        "timestamp": "2026-01-01T09:00:00Z",
    },
    {
        "type": "group",
        "messageId": "m-5",
        "userId": "u2",
        "groupId": "g",
        "traits": {"email": "info@firm.example"},
        "timestamp": "2026-01-01T09:00:00Z",
    },
)


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


class TestSegment:
    @pytest.mark.parametrize("name", ["calls.jsonl", "calls.json.gz", "calls.json"])
    def test_calls_become_what_the_collector_makes_of_them(self, tmp_path: Path, name: str) -> None:
        """An export beside a live stream says the same, field by field."""
        text = lines(*CALLS).encode()
        path = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
        for event, call in zip(envelopes(path), CALLS, strict=True):
            live = segment.read(call, "")
            who = {"user_id": live.user_id, "anonymous_id": live.anonymous_id}
            who |= {"email": live.email, "phone": live.phone}
            assert event["identifiers"] == {n: v for n, v in who.items() if isinstance(v, str)}
            assert event["kind"] == live.kind
            if live.type:
                assert event["type"] == live.type
            assert event.get("channel") == (live.channel or None)
            assert event["properties"] == (live.properties or {})
            assert float(event.get("value", 0)) == (live.value or 0)
            assert event.get("currency") == (live.currency or None)
            context = dict(live.context or {})
            if "ip" in context:
                context["ip"] = "192.0.2.0"
            kept = {n: v for n, v in event["context"].items() if n != "message_id"}
            assert kept == context

    def test_what_is_no_call_is_set_aside(self, tmp_path: Path) -> None:
        bad = (
            {**CALLS[0], "type": "x"},
            {**CALLS[0], "event": ""},
            {**CALLS[2], "anonymousId": ""},
        )
        text = lines(CALLS[0], *bad, {**CALLS[0], "properties": [1]}) + '{"type": "track", \n'
        journeys = read(written(tmp_path, text, "calls.jsonl"))
        assert [e.row for e in journeys.provenance.examples] == [2, 3, 4, 5, 6]
        assert len(journeys.code) == 1

    def test_columns_that_are_told_win(self, tmp_path: Path) -> None:
        path = written(tmp_path, lines(*CALLS[:1]), "calls.jsonl")
        journeys = read(path, Mapping(who="userId", event="event", time="timestamp"))
        assert list(walks(journeys)) == ["u1"]
        assert journeys.events == ("Order Completed",)


def posthog(**more: Any) -> dict[str, Any]:
    return {
        "uuid": "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d",
        "event": "$pageview",
        "distinct_id": "u1",
        "timestamp": "2026-01-01 10:00:00.123+00:00",
        "properties": {
            "$current_url": "https://x.example/",
            "$ip": "192.0.2.17",
            "$device_id": "d1",
        },
        "person_properties": {"email": "Ann@mail.example", "$initial": 1},
    } | more


class TestPosthog:
    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
    def test_rows_become_events(self, tmp_path: Path, form: str) -> None:
        said_in = posthog(
            event="$identify",
            distinct_id="u2",
            uuid="p-2",
            properties={"$anon_distinct_id": "d2", "$set": {"plan": "pro"}, "n": 1.5},
        )
        device = posthog(event="Cart Filled", distinct_id="d1", uuid="p-3", person_properties={})
        rows = [
            {**row, "properties": json.dumps(row["properties"])}
            | {"person_properties": json.dumps(row["person_properties"])}
            for row in (posthog(), said_in, device)
        ]
        path = tmp_path / f"events.{form}"
        if form == "jsonl":
            path.write_text(lines(*rows))
        elif form == "csv":
            pl.DataFrame(rows).write_csv(path)
        else:
            pl.DataFrame(rows).write_parquet(path)
        seen, known, cart = envelopes(path)
        assert (seen["type"], seen["kind"], seen["channel"]) == ("page_viewed", "page", "web")
        assert seen["identifiers"] == {
            "user_id": "u1",
            "email": "Ann@mail.example",
            "anonymous_id": "d1",
        }
        assert seen["context"]["ip"] == "192.0.2.0"
        assert seen["context"]["traits"] == {"email": "Ann@mail.example"}
        assert "$ip" not in seen["properties"]
        assert (known["type"], known["kind"]) == ("identified", "identify")
        assert known["identifiers"]["anonymous_id"] == "d2"
        assert known["properties"] == {"plan": "pro", "$anon_distinct_id": "d2", "n": 1.5}
        assert cart["type"] == "cart_filled"
        assert cart["identifiers"] == {"anonymous_id": "d1"}

    def test_what_is_none_is_set_aside(self, tmp_path: Path) -> None:
        text = lines(posthog(), posthog(properties="{"), posthog(distinct_id=""))
        journeys = read(written(tmp_path, text, "events.jsonl"))
        assert [(e.row, e.reason) for e in journeys.provenance.examples] == [
            (2, "its properties are no JSON object"),
            (3, "it has no distinct_id"),
        ]
