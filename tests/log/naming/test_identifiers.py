"""Identifiers: one spelling for each, and those that are anybody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.factories import NOW, sent

from desireline.kit.clock import SetClock
from desireline.log.decoding import decode
from desireline.log.drafting import COLUMNS, REFUSED, Arrival, Draft
from desireline.log.naming.emails import ROLES
from desireline.log.naming.identifiers import spelled
from desireline.log.naming.placeholders import PLACEHOLDERS, WORDS
from desireline.log.rejecting import Reject


def decoded(country: str = "", **fields: Any) -> Draft | Reject:
    body = json.dumps(sent(**fields)).encode()
    (one,) = decode(body, Arrival.by(SetClock(NOW), country=country))
    return one


def names(country: str = "", **fields: Any) -> tuple[tuple[str, str], ...]:
    one = decoded(country, **fields)
    assert isinstance(one, Draft), one
    return one.names


def context(one: Draft | Reject) -> dict[str, Any]:
    assert isinstance(one, Draft), one
    text = one.columns[COLUMNS.index("context")]
    return json.loads(text) if isinstance(text, str) else {}


class TestEmail:
    @pytest.mark.parametrize(
        ("said", "known"),
        [
            (" Ann@Example.COM ", "ann@example.com"),
            ("\u00c4nn@M\u00dcLLER.de", "\u00e4nn@m\u00fcller.de"),
            ("ann@xn--mller-kva.de", "ann@m\u00fcller.de"),
            ("ann@fa\u00df.de", "ann@fa\u00df.de"),
            ("cafe\u0301@x.fr", "caf\u00e9@x.fr"),
            ("ann@example.com.", "ann@example.com"),
            ("a.n.n+shop@gmail.com", "a.n.n+shop@gmail.com"),
        ],
    )
    def test_has_one_spelling(self, said: str, known: str) -> None:
        assert spelled("email", said) == known
        assert spelled("email", known) == known

    @pytest.mark.parametrize("said", ["n/a", "ann", "ann@", "@x.de", "ann b@x.de", "a@b@c", "-"])
    def test_that_is_none_names_nobody(self, said: str) -> None:
        one = decoded(email=said)
        assert context(one) == {REFUSED: {"email": said}}
        assert isinstance(one, Draft)
        assert one.names == (("user_id", "ann"),)

    def test_of_a_role_comes_last(self) -> None:
        assert names(user_id=None, email="Info@shop.pl", anonymous_id="d") == (
            ("anonymous_id", "d"),
            ("email", "info@shop.pl"),
        )
        assert names(user_id=None, email="office@shop.pl") == (("email", "office@shop.pl"),)


class TestPhone:
    @pytest.mark.parametrize(
        ("said", "country", "known"),
        [
            ("+48 22 123-45-67", "", "+48221234567"),
            ("0049 (0)171 1234567", "", "+491711234567"),
            ("tel:+48-22-123-45-67", "", "+48221234567"),
            ("0171/1234567", "DE", "+491711234567"),
            ("(555) 010-0199", "US", "+15550100199"),
            ("011 49 171 1234567", "US", "+491711234567"),
            ("+48 22 123 45 67 ext. 12", "", "+48221234567;ext=12"),
            ("0171/123-4567", "", "01711234567"),
            ("+49", "", "+49"),
            ("5551234", "US", "5551234"),
            ("1-800-FLOWERS", "", "1-800-FLOWERS"),
        ],
    )
    def test_has_one_spelling(self, said: str, country: str, known: str) -> None:
        assert spelled("phone", said, country) == known
        assert spelled("phone", known, country) == known
        assert names(country, phone=said, user_id=None, anonymous_id="d")[-1][0] == "anonymous_id"

    @pytest.mark.parametrize("said", ["n/a", "-", "000 000 000", "1"])
    def test_that_is_none_names_nobody(self, said: str) -> None:
        one = decoded(phone=said)
        assert list(context(one)[REFUSED]) == ["phone"]

    @given(st.text(min_size=1), st.sampled_from(["", "PL", "US"]))
    def test_whatever_is_said_is_spelled_and_stays(self, said: str, country: str) -> None:
        if said.strip():
            known = spelled("phone", said, country)
            assert spelled("phone", known, country) == known


class TestOthers:
    def test_are_their_own_systems_words(self) -> None:
        assert spelled("user_id", " Ann ") == "Ann"
        assert spelled("device_id", "AB-C") == "ab-c"
        assert spelled("crm_id", 7) == "7"


class TestPlaceholders:
    @pytest.mark.parametrize(
        "said",
        [
            *("null", "NULL", "Undefined", "0", 0, -1, "anonymous", "[object Object]", '"null"'),
            *("00000000-0000-0000-0000-000000000000", "guest", "None", "000", "NaN"),
        ],
    )
    def test_are_noted_and_the_event_stays(self, said: str | int) -> None:
        one = decoded(user_id=said, anonymous_id="d", context={"page": 1})
        assert context(one) == {REFUSED: {"user_id": str(said)}, "page": 1}
        assert isinstance(one, Draft)
        assert one.names == (("anonymous_id", "d"),)
        assert one.columns[COLUMNS.index("identifiers")] is None

    def test_alone_they_fail_with_a_reason(self) -> None:
        one = decoded(user_id="null")
        assert isinstance(one, Reject)
        assert one.code == "identifier_missing"
        assert "`user_id` is 'null'" in one.reason

    def test_of_any_kind(self) -> None:
        one = decoded(identifiers={"crm_id": "undefined", "order_id": "A1"})
        assert context(one) == {REFUSED: {"crm_id": "undefined"}}

    def test_are_no_ordinary_ids(self) -> None:
        ordinary = {"10", "100", "a", "ann", "nullo", "0042", "id-1", "na"}
        assert PLACEHOLDERS.isdisjoint(ordinary)


class TestEarlierId:
    def test_is_a_link_and_no_second_name(self) -> None:
        one = decoded(kind="alias", type=None, identifiers={"previous_id": "old"})
        assert isinstance(one, Draft)
        assert (one.names, one.earlier) == ((("user_id", "ann"),), "old")
        assert one.columns[COLUMNS.index("properties")] == '{"previous_id":"old"}'

    def test_alone_is_the_person(self) -> None:
        assert names(user_id=None, identifiers={"previous_id": "old"}) == (("user_id", "old"),)


def test_the_guide_names_every_role_and_placeholder() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "identity.md").read_text(encoding="utf-8")
    assert [word for word in (*ROLES, *WORDS) if f"`{word}`" not in guide] == []
