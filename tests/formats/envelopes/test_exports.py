"""Exports of Segment and PostHog: what their calls and rows become."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.formats.envelopes.cases import envelopes, lines
from tests.formats.reading_cases import walks, written

from desireline.formats.reading import Mapping, read
from desireline.modules.collect.protocols import segment

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


class TestSegment:
    @pytest.mark.parametrize("name", ["calls.jsonl", "calls.json.gz", "calls.json"])
    def test_calls_become_what_the_collector_makes_of_them(self, tmp_path: Path, name: str) -> None:
        """An export beside a live stream says the same, field by field."""
        text = lines(*CALLS).encode()
        path = written(tmp_path, gzip.compress(text) if name.endswith("gz") else text, name)
        for event, call in zip(envelopes(path), CALLS, strict=True):
            live = segment.read(call, "")
            who = {"user_id": live.user_id, "anonymous_id": live.anonymous_id}
            who |= {"email": live.email, "phone": live.phone} | dict(live.identifiers or {})
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
