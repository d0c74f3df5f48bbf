"""R-BAD: bytes that no honest sender writes. A verdict each, and never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.bad_events import BAD, GOOD, decoded, with_property

from desireline.log.decoding.examining import examine
from desireline.log.drafting import Draft
from desireline.log.rejecting import MOST_KEPT, Reject, Unfit


def codes(data: bytes, **limits: int) -> list[str]:
    found = decoded(data, **limits)
    for one in found:
        if isinstance(one, Reject):
            one.reason.encode()
            assert "\0" not in one.reason
            assert one.reason.endswith(".")
            assert one.hint
            assert len(one.body) <= MOST_KEPT
    return [one.code if isinstance(one, Reject) else "ok" for one in found]


class TestBadEvents:
    @pytest.mark.parametrize("name", BAD)
    def test_fail_with_their_reason(self, name: str) -> None:
        code, value = BAD[name]
        assert codes(with_property(value)) == [code]

    @pytest.mark.parametrize("name", BAD)
    @pytest.mark.parametrize("door", [b'{"events":[%s,%s,%s]}', b"[%s,%s,%s]"])
    def test_do_not_hurt_their_neighbours(self, name: str, door: bytes) -> None:
        code, value = BAD[name]
        assert codes(door % (GOOD, with_property(value), GOOD)) == ["ok", code, "ok"]

    def test_are_kept_as_they_came(self) -> None:
        for code, value in BAD.values():
            (reject,) = decoded(with_property(value))
            assert isinstance(reject, Reject)
            assert reject.body == with_property(value)[:MOST_KEPT]
            assert ("are kept" in reject.reason) == (len(with_property(value)) > MOST_KEPT), code

    @pytest.mark.parametrize(
        ("code", "event"),
        [
            ("name_twice", b'{"type":"a","type":"a","user_id":"1"}'),
            ("name_twice", b'{"type":"a","user_id":"1","user_id":null}'),
            ("nul_character", rb'{"type":"a\u0000","user_id":"1"}'),
            ("nul_character", rb'{"type":"a","user_id":"\u0000"}'),
            ("nul_character", rb'{"type":"a","user_id":"1","id":"\u0000"}'),
            ("surrogate_alone", rb'{"type":"a","user_id":"\udfff"}'),
            ("number_out_of_range", b'{"type":"a","user_id":18446744073709551616}'),
            ("number_out_of_range", b'{"type":"a","user_id":"1","value":1e400}'),
            ("number_out_of_range", b'{"type":"a","user_id":"1","at":1e400}'),
            ("number_not_finite", b'{"type":"a","user_id":"1","value":NaN}'),
        ],
    )
    def test_fail_at_the_top_as_well(self, code: str, event: bytes) -> None:
        assert codes(event) == [code]

    @pytest.mark.parametrize(
        "value",
        [
            rb'"\\u0000"', rb'"\ud83d\ude00"', b"9223372036854775807",
            b"-9223372036854775808", b'"123456789012345678901234567890"',
            b"0.1234567890123456789012345", b"1e308", b"1e-400",
            b"[" * 62 + b"]" * 62, b'"' + b"{" * 500 + b'"', rb'"\u0022"', b'{"a":{"a":{"a":1}}}',
            b'""', b'{"":""}', rb'"\/"', b'"\x7f"', b"[]", b"[[],[]]", b"-0", b"1E5",
        ],
    )  # fmt: skip
    def test_are_not_mixed_up_with_strange_ones(self, value: bytes) -> None:
        (draft,) = decoded(with_property(value))
        assert isinstance(draft, Draft), draft
        kept = json.loads(str(draft.columns[-2]))
        assert kept == {"p": json.loads(value)}


class TestBadBodies:
    @pytest.mark.parametrize(
        "body",
        [
            b"", b"   ", b"\x00", b"\xff\xfe", b"hello", b"{", b"[", b"}", b"]", b'"', b"[[]",
            b"[}", b"{]", b"[,]", b"[1,]", b"[,1]", b"[1]]", b"[1][2]", GOOD + GOOD, GOOD + b",",
            b"[" + GOOD, b"[" + GOOD + b",", b'{"events":[' + GOOD, b'{"events":[' + GOOD + b"]",
            b'{"events":[' + GOOD + b'], "even', b'{"events":["}', b"{events:[]}", b"<xml/>",
            b"type=a&user_id=1", b"\x1f\x8b\x08\x00", b"[" * 1_000_000, b'["' + b"\\" * 100_001,
        ],
        ids=lambda body: repr(body[:20]),
    )  # fmt: skip
    def test_fail_once(self, body: bytes) -> None:
        assert codes(body) in (["body_not_json"], ["event_not_json"], ["text_not_utf8"])

    def test_say_what_is_beside_the_list(self) -> None:
        (one,) = decoded(b'{"events":[' + GOOD + b'],"sent_at":1}')
        assert isinstance(one, Reject)
        assert one.code == "field_unknown"
        assert "sent_at" in one.reason

    def test_may_hold_one_list_only(self) -> None:
        listed = b"[" + GOOD + b"]"
        assert codes(b'{"events":%s,"batch":%s}' % (listed, listed)) == ["name_twice"]
        assert codes(b'{"events":%s,"events":%s}' % (listed, listed)) == ["name_twice"]
        assert codes(b'{"events":{"a":1}}') == ["body_wrong"]
        assert codes(b'{"batch":null}') == ["body_wrong"]
        assert codes(b'{"events":}') == ["body_wrong"]

    def test_have_limits(self) -> None:
        assert codes(b"[" + b",".join([GOOD] * 5) + b"]", events=4) == ["events_too_many"]
        assert codes(b"[" + b",".join([GOOD] * 4) + b"]", events=4) == ["ok"] * 4
        assert codes(GOOD, body=len(GOOD) - 1) == ["body_too_large"]
        assert codes(GOOD, body=len(GOOD)) == ["ok"]
        assert codes(GOOD, event=len(GOOD) - 1) == ["event_too_large"]
        assert codes(GOOD, event=len(GOOD)) == ["ok"]

    def test_with_a_million_names_fail(self) -> None:
        body = b"{" + b",".join(b'"%d":1' % n for n in range(380_000)) + b"}"
        assert codes(body) == ["event_too_large"]
        assert codes(body * 3) == ["body_too_large"]

    def test_are_told_apart_where_only_the_inside_is_broken(self) -> None:
        body = b'{"events":[%s,{"type":NaN,"a":"]},{"},%s]}' % (GOOD, GOOD)
        assert codes(body) == ["ok", "number_not_finite", "ok"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(["a", "b", ":", '"', "\\", "é", " ", ""])


@st.composite
def objects_with_repeats(draw: st.DrawFn) -> str:
    """JSON text of an object in which names may repeat, in any spelling and with any spaces."""
    members = draw(st.lists(st.tuples(NAMES, NAMES | st.integers(0, 9)), max_size=5))
    escaped = draw(st.booleans())

    def spell(value: str | int) -> str:
        if isinstance(value, str) and escaped and draw(st.booleans()):
            return '"' + "".join(f"\\u{ord(sign):04x}" for sign in value) + '"'
        return json.dumps(value, ensure_ascii=False)

    space = draw(st.sampled_from(["", " ", "\n"]))
    return "{" + ",".join(f"{spell(n)}{space}:{space}{spell(v)}" for n, v in members) + "}"


class TestWhateverComes:
    @given(st.binary(max_size=200))
    def test_gets_a_verdict(self, body: bytes) -> None:
        assert all(isinstance(one, Draft | Reject) for one in decoded(body))

    @given(st.text(alphabet='[]{},:"\\ae1u0 ', max_size=60))
    def test_gets_a_verdict_where_it_looks_like_json(self, body: str) -> None:
        for door in ("%s", "[%s]", '{"events":[%s]}'):
            assert all(isinstance(one, Draft | Reject) for one in decoded((door % body).encode()))

    @given(st.lists(JSON, max_size=4))
    def test_gets_a_verdict_an_event(self, values: list[Any]) -> None:
        found = decoded(json.dumps(values).encode())
        assert len(found) == len(values)

    @given(st.dictionaries(st.text(st.characters(), max_size=5), JSON, max_size=4))
    def test_is_kept_as_it_is_or_refused(self, properties: dict[str, Any]) -> None:
        event = json.dumps({"type": "a", "user_id": "1", "properties": properties}).encode()
        (one,) = decoded(event)
        if isinstance(one, Draft):
            kept = one.columns[-2]
            assert (json.loads(str(kept)) if kept else {}) == properties
            assert examine(event) == json.loads(event)
        else:
            with pytest.raises(Unfit) as refused:
                examine(event)
            assert one.code == refused.value.code

    @given(objects_with_repeats())
    def test_has_no_name_twice(self, text: str) -> None:
        names = [name for name, _ in json.loads(text, object_pairs_hook=list)]
        expected = "ok" if len(set(names)) == len(names) else "name_twice"
        assert codes(with_property(text.encode())) == [expected]
