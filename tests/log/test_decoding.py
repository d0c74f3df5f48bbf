"""What the door makes of what senders write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import jsonschema
import msgspec
import pytest
from tests.log.factories import NOW, sent

from desireline.kit.clock import SetClock
from desireline.log.decoding import decode
from desireline.log.drafting import COLUMNS, Arrival, Draft
from desireline.log.event_ids import NAMESPACE, text_of
from desireline.log.rejecting import Reject
from desireline.log.schema import schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas" / "event.schema.json"
DAY = 86_400_000_000


def decoded(body: Any) -> list[Draft | Reject]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return decode(data, Arrival.by(SetClock(NOW)))


def taken(**fields: Any) -> dict[str, Any]:
    """The columns of the one event with these fields, its names and its id."""
    (one,) = decoded(sent(**fields))
    assert isinstance(one, Draft), one
    columns = dict(zip(COLUMNS, one.columns, strict=True))
    return columns | {"names": one.names, "id": text_of(one.id)}


def refused(**fields: Any) -> Reject:
    (one,) = decoded(sent(**fields))
    assert isinstance(one, Reject), one
    assert one.reason.endswith("."), one.reason
    assert json.loads(one.body) == sent(**fields)
    return one


class TestBodies:
    def test_takes_one_event_a_list_and_an_object_with_a_list(self) -> None:
        events = [sent(id=f"n{n}") for n in range(3)]
        ids = [draft.id for event in events for draft in decoded(event)]
        for body in (events, {"events": events}, {"batch": events}):
            assert [draft.id for draft in decoded(body)] == ids
        spaced = b'\r\n { "events" : ' + json.dumps(events, indent=2).encode() + b" }\n\t"
        assert [draft.id for draft in decoded(spaced)] == ids

    @pytest.mark.parametrize("body", [b"[]", b'{"events":[]}', b'{"batch" : [ ] } '])
    def test_takes_an_empty_list(self, body: bytes) -> None:
        assert decoded(body) == []

    def test_forgives_a_byte_order_mark(self) -> None:
        (one,) = decoded(b"\xef\xbb\xbf" + json.dumps(sent()).encode())
        assert isinstance(one, Draft)

    def test_takes_the_word_events_inside_of_an_event(self) -> None:
        assert taken(properties={"events": [1], "batch": 2})["properties"] is not None

    def test_keeps_the_bytes_of_each_event(self) -> None:
        body = b'[{"type": "a",  "user_id": "1"}, 7 ]'
        assert [bytes(one.body) for one in decoded(body)] == [
            b'{"type": "a",  "user_id": "1"}',
            b"7",
        ]


class TestFields:
    def test_spells_out_what_is_not_said(self) -> None:
        assert taken(id="0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d") == {
            "id": "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d",
            "names": (("user_id", "ann"),),
            "at": NOW,
            "type": "product_viewed",
            "kind": "track",
            "channel": "",
            "direction": "inbound",
            "actor": "",
            "value": None,
            "currency": None,
            "identifiers": None,
            "properties": None,
            "context": None,
        }

    def test_keeps_all_that_is_said(self) -> None:
        columns = taken(
            kind="page",
            at="2025-03-01T12:34:56.789Z",
            anonymous_id="a-1",
            channel="web",
            direction="outbound",
            actor="employee",
            value=39.9,
            currency="EUR",
            properties={"colour": "white", "sizes": [1, 2.5, None, True, {"x": "é😀"}]},
            context={"page": "/shop"},
        )
        del columns["id"]
        assert columns == {
            "names": (("user_id", "ann"), ("anonymous_id", "a-1")),
            "at": 1_740_832_496_789_000,
            "type": "product_viewed",
            "kind": "page",
            "channel": "web",
            "direction": "outbound",
            "actor": "employee",
            "value": 39.9,
            "currency": "EUR",
            "identifiers": '{"anonymous_id":"a-1"}',
            "properties": '{"colour":"white","sizes":[1,2.5,null,true,{"x":"é😀"}]}',
            "context": '{"page":"/shop"}',
        }

    def test_takes_null_for_not_said(self) -> None:
        nothing = dict.fromkeys(
            ("at", "timestamp", "kind", "channel", "direction", "actor", "value", "currency",
             "properties", "context", "identifiers", "email", "phone", "anonymous_id", "event"),
        )  # fmt: skip
        said, silent = taken(id="1", **nothing), taken(id="1")
        assert said == silent

    def test_takes_zero_for_a_value(self) -> None:
        assert taken(value=0)["value"] == 0
        assert taken(at=0)["at"] == 0
        assert taken(user_id=7)["names"] == (("user_id", "7"),)

    @pytest.mark.parametrize("number", [2**63 - 1, -(2**63), 2**53 + 1, 0.1, 1e308, 5e-324, -0.0])
    def test_keeps_numbers_exactly(self, number: float) -> None:
        properties = taken(properties={"n": number})["properties"]
        assert repr(json.loads(properties)["n"]) == repr(number)

    def test_takes_other_names(self) -> None:
        (one,) = decoded({"event": "x", "messageId": "m", "timestamp": 5, "user_id": "ann"})
        (same,) = decoded({"type": "x", "id": "m", "at": 5, "user_id": "ann"})
        assert isinstance(one, Draft)
        assert isinstance(same, Draft)
        assert (one.id, one.columns) == (same.id, same.columns)

    @pytest.mark.parametrize(
        "two",
        [
            {"event": "other"},
            {"id": "a", "message_id": "b"},
            {"message_id": "a", "messageId": "b"},
            {"at": 5, "timestamp": 0},
            {"id": "a", "context": {"message_id": "b"}},
        ],
    )
    def test_refuses_two_answers_to_one_question(self, two: dict[str, Any]) -> None:
        assert refused(**two).code == "field_twice"

    def test_takes_the_same_answer_twice(self) -> None:
        assert taken(event="product_viewed", id="a", message_id="a", context={"message_id": "a"})

    def test_knows_the_type_of_a_kind(self) -> None:
        (one,) = decoded({"kind": "page", "user_id": "ann"})
        assert isinstance(one, Draft)
        assert one.columns[1:3] == ("page_viewed", "page")
        (none,) = decoded({"kind": "track", "user_id": "ann"})
        assert isinstance(none, Reject)
        assert none.code == "type_missing"

    @pytest.mark.parametrize(
        ("wrong", "meant"),
        [
            ("userId", "user_id"),
            ("Traits", "properties"),
            ("propertis", "properties"),
            ("time", "at"),
        ],
    )
    def test_names_what_an_unknown_field_may_mean(self, wrong: str, meant: str) -> None:
        reject = refused(**{wrong: "x"})
        assert reject.code == "field_unknown"
        assert repr(wrong) in reject.reason
        assert f"Did you mean `{meant}`?" in reject.hint

    @pytest.mark.parametrize(
        "wrong",
        [
            {"type": 3}, {"type": ""}, {"type": "x" * 201}, {"kind": "click"}, {"kind": 1},
            {"channel": ["web"]}, {"direction": "in"}, {"actor": False}, {"value": "39.90"},
            {"value": True}, {"value": 2**53 + 2}, {"value": -1e300}, {"currency": "eur"},
            {"currency": "EURO"}, {"currency": "EUR\n"}, {"currency": "€"}, {"properties": []},
            {"properties": "x"}, {"context": 1}, {"user_id": 1.5}, {"user_id": True},
            {"user_id": ""}, {"user_id": {}}, {"user_id": "x" * 201}, {"identifiers": ["a"]},
            {"identifiers": {"email": 1.5}}, {"id": 5}, {"id": ""}, {"id": "x" * 201},
            {"at": True}, {"at": {}}, {"at": ""}, {"timestamp": []},
        ],
        ids=str,
    )  # fmt: skip
    def test_refuses_wrong_types(self, wrong: dict[str, Any]) -> None:
        reject = refused(**wrong)
        assert reject.code == "field_wrong"
        assert f"`{next(iter(wrong))}`" in reject.reason
        assert reject.hint

    @pytest.mark.parametrize("what", [b"null", b"3", b'"x"', b"true", b"[[]]", b"[null]"])
    def test_refuses_what_is_no_object(self, what: bytes) -> None:
        (one,) = decoded(what)
        assert isinstance(one, Reject)
        assert one.code == "event_not_object"


class TestIds:
    def test_keeps_a_uuid_in_any_spelling(self) -> None:
        text = "0192F3A0-7C1E-7B3A-9F2E-3D5C1A2B4C6D"
        for spelled in (text, text.lower(), text.replace("-", "")):
            columns = taken(id=spelled)
            assert columns["id"] == text.lower()
            assert columns["context"] is None

    @pytest.mark.parametrize(
        "text", ["order-4711", "é", "0192f3a07c1e-7b3a-9f2e-3d5c1a2b4c6d----", " "]
    )
    def test_makes_a_uuid_of_any_other_text_and_keeps_it(self, text: str) -> None:
        columns = taken(id=text, context={"page": "/"})
        assert UUID(columns["id"]) == uuid5(NAMESPACE, text)
        assert json.loads(columns["context"]) == {"page": "/", "message_id": text}

    def test_gives_each_event_without_an_id_its_own(self) -> None:
        found = decoded([sent(), sent()])
        assert found[0].id != found[1].id  # type: ignore[union-attr]


class TestIdentifiers:
    def test_ranks_them(self) -> None:
        names = taken(
            anonymous_id="d", phone="+49 1", email=" Ann@Example.ORG ", identifiers={"loyalty": 7}
        )["names"]
        assert names == (
            ("user_id", "ann"),
            ("email", "ann@example.org"),
            ("phone", "+491"),
            ("loyalty", "7"),
            ("anonymous_id", "d"),
        )

    def test_needs_one(self) -> None:
        (one,) = decoded({"type": "x"})
        assert isinstance(one, Reject)
        assert one.code == "identifier_missing"

    def test_takes_one_among_identifiers(self) -> None:
        (one,) = decoded({"type": "x", "identifiers": {"email": "A@b.c"}})
        assert isinstance(one, Draft)
        assert one.names == (("email", "a@b.c"),)

    @pytest.mark.parametrize(
        ("code", "wrong"),
        [
            ("identifier_empty", {"user_id": "  "}),
            ("identifier_empty", {"identifiers": {"email": "\t"}}),
            ("identifier_twice", {"identifiers": {"user_id": "bob"}}),
            ("identifier_kind_wrong", {"identifiers": {"User Id": "bob"}}),
            ("identifier_kind_wrong", {"identifiers": {"": "bob"}}),
            ("identifiers_too_many", {"identifiers": {f"k{n}": "x" for n in range(16)}}),
        ],
    )
    def test_refuses(self, code: str, wrong: dict[str, Any]) -> None:
        assert refused(**wrong).code == code


class TestTimes:
    @pytest.mark.parametrize(
        ("at", "microseconds"),
        [
            ("2025-03-01T12:34:56Z", 1_740_832_496_000_000),
            ("2025-03-01T14:34:56+02:00", 1_740_832_496_000_000),
            ("2025-03-01 07:04:56.5-05:30", 1_740_832_496_500_000),
            ("2025-03-01T12:34:56", 1_740_832_496_000_000),
            ("20250301T123456Z", 1_740_832_496_000_000),
            ("2025-03-01T12:34:56.123456789Z", 1_740_832_496_123_456),
            ("2025-03-01", 1_740_787_200_000_000),
            ("1900-01-01T00:00:00Z", -2_208_988_800_000_000),
            (1_740_832_496, 1_740_832_496_000_000),
            (1_740_832_496.25, 1_740_832_496_250_000),
            (1_740_832_496_789, 1_740_832_496_789_000),
            (1_740_832_496_789.5, 1_740_832_496_789_500),
            (-1, -1_000_000),
            ("2026-01-02T00:00:00Z", NOW + DAY),
        ],
    )
    def test_takes(self, at: str | float, microseconds: int) -> None:
        assert taken(at=at)["at"] == microseconds

    @pytest.mark.parametrize(
        ("code", "at"),
        [
            ("at_unreadable", "yesterday"),
            ("at_unreadable", "2025-02-29T00:00:00Z"),
            ("at_unreadable", "2025-03-01+10:00"),
            ("at_unreadable", "2025-03-01T25:00:00Z"),
            ("at_unreadable", "2025-03-01T12:00:60Z"),
            ("at_unreadable", "0000-01-01T00:00:00Z"),
            ("at_unreadable", "10000-01-01T00:00:00Z"),
            ("at_unreadable", "1740832496"),
            ("at_too_early", "0001-01-01T00:00:00Z"),
            ("at_too_early", "0001-01-01T00:00:00+14:00"),
            ("at_too_early", "1899-12-31T23:59:59Z"),
            ("at_too_early", -(10**18)),
            ("at_in_future", "9999-12-31T23:59:59-12:00"),
            ("at_in_future", "2026-01-02T00:00:00.000001Z"),
            ("at_in_future", 10**18),
            ("at_in_future", 1e300),
        ],
    )
    def test_refuses(self, code: str, at: str | float) -> None:
        reject = refused(at=at)
        assert reject.code == code
        assert reject.hint


class TestSchema:
    def test_is_published_as_it_is(self) -> None:
        text = msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"
        assert PUBLISHED.read_bytes() == text, "write docs/schemas/event.schema.json anew"

    def test_takes_what_the_decoder_takes_and_no_more(self) -> None:
        jsonschema.Draft202012Validator.check_schema(schema())
        jsonschema.validate(sent(value=1, currency="EUR", at="2025-03-01", id="x"), schema())
        for wrong in ({"colour": "red"}, {"value": "1"}, {"currency": "eur"}, {"user_id": ""}):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(sent(**wrong), schema())
            assert refused(**wrong)
