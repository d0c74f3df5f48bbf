"""Mappings: read and written without loss, refused in sentences, suggested with reasons."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.reading_cases import walks, written

from desireline.formats.columns.zones import in_utc
from desireline.formats.envelopes.choices import Keys
from desireline.formats.errors import ChoiceUnfit, TypesAllLeftOut, ValuesUnfit
from desireline.formats.mapping import (
    Mapping,
    MappingInvalid,
    mapping_from,
    mapping_text,
    read_mapping,
    write_mapping,
)
from desireline.formats.mapping.files import plain, schema
from desireline.formats.mapping.suggesting import Suggestion, suggested
from desireline.formats.reading import read

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "mapping.schema.json"
BEGIN = datetime(1970, 1, 1)  # noqa: DTZ001 - what clocks show
COLUMN = st.text(min_size=1, max_size=12)
MAPPINGS = st.builds(
    Mapping,
    who=st.none()
    | COLUMN
    | st.dictionaries(st.sampled_from(["email", "crm_id"]), COLUMN, min_size=1),
    event=st.none() | COLUMN,
    order=st.lists(COLUMN, max_size=2).map(tuple),
    time_zone=st.none() | st.sampled_from(["Europe/Berlin", "UTC"]),
    types=st.dictionaries(st.text(max_size=5), st.none() | COLUMN, max_size=3),
    constants=st.dictionaries(st.sampled_from(["channel", "actor"]), COLUMN, max_size=2),
    properties=st.just("all") | st.lists(COLUMN, max_size=2).map(tuple),
    own=st.lists(COLUMN, max_size=2).map(tuple),
    body_signs=st.integers(0, 10_000),
)
SHOP = (
    "customer,email,activity,time,amount,currency\n"
    "7,ann@x.example,Add to cart,2026-03-01 10:00,,EUR\n"
    "7,,heartbeat,2026-03-01 10:01,,\n"
    ",bob@x.example,Order,2026-07-02 09:00,12.5,EUR\n"
    "9,,Cart,2026-07-02T09:00:00Z,,\n"
)


def looked_at(folder: Path, text: str = SHOP, **told: Any) -> Suggestion:
    return suggested(written(folder, text), mapping_from(told), Keys())


class TestDocument:
    @given(MAPPINGS)
    def test_comes_back_from_yaml_and_json(self, mapping: Mapping) -> None:
        assert mapping_from(plain(mapping)) == mapping
        jsonschema.validate(plain(mapping), schema())

    @pytest.mark.parametrize("name", ["m.yaml", "m.json"])
    def test_comes_back_from_a_file(self, tmp_path: Path, name: str) -> None:
        mapping = Mapping(who={"email": "E-Mail: \t#1"}, types={"no": None, "12": "yes"})
        assert read_mapping(write_mapping(mapping, tmp_path / name)) == mapping

    def test_says_only_what_was_said(self) -> None:
        assert mapping_text(Mapping(event="e")) == "format: desireline.mapping/1\nevent: e\n"

    def test_has_a_published_schema(self) -> None:
        text = json.dumps(schema(), indent=2, ensure_ascii=False).encode() + b"\n"
        assert SCHEMA.read_bytes() == text, "write docs/schemas/mapping.schema.json anew"

    @pytest.mark.parametrize(
        ("told", "said", "hint"),
        [
            ({"evnt": "x"}, "unknown field `evnt`", "Do you mean 'event'?"),
            ({"who": {}}, "names no column", "Name one"),
            ({"who": {"E Mail": "x"}}, "no kind of identifier", "small letters"),
            ({"time_zone": "Europe/Berln"}, "no time zone", "Do you mean Europe/Berlin?"),
            ({"constants": {"currency": "EURO"}}, "no currency", "three letters"),
            ({"constants": {"direction": "up"}}, "no direction", "inbound"),
            ({"event": "e", "constants": {"event": "x"}}, "both the column 'e'", "one of them"),
            ({"body_signs": -1}, "body_signs", "schema"),
            ({"format": "desireline.mapping/2"}, "format", "schema"),
            ([], "Expected `object`", "schema"),
        ],
    )
    def test_is_refused_in_a_sentence(self, told: Any, said: str, hint: str) -> None:
        with pytest.raises(MappingInvalid) as error:
            mapping_from(told)
        assert said in str(error.value)
        assert hint in error.value.hint

    def test_a_broken_file_is_told_by_its_line(self, tmp_path: Path) -> None:
        path = written(tmp_path, "event: e\nevent: f\n", "m.yaml")
        with pytest.raises(MappingInvalid, match="line 2"):
            read_mapping(path)


class TestSuggestion:
    def test_is_whole_and_says_why(self, tmp_path: Path) -> None:
        found = looked_at(tmp_path)
        assert plain(found.mapping) == {
            "format": "desireline.mapping/1",
            "who": {"user_id": "customer"},
            "event": "activity",
            "time": "time",
            "value": "amount",
            "currency": "currency",
        }
        assert {(r.role, r.column) for r in found.reasons} == {
            ("who", "customer"),
            ("event", "activity"),
            ("time", "time"),
            ("value", "amount"),
            ("currency", "currency"),
        }
        assert any("add email: email to `who`" in note for note in found.notes)

    @pytest.mark.parametrize(
        ("head", "who", "rest"),
        [
            (
                "Klient;Zdarzenie;Data;Kwota;Kanał",
                "Klient",
                ("Zdarzenie", "Data", "Kwota", "Kanał"),
            ),
            (
                "ID клиента;Событие;Дата;Сумма;Канал",
                "ID клиента",
                ("Событие", "Дата", "Сумма", "Канал"),
            ),
            (
                "Cod client;Acțiune;Data creării;Preț;Canal",
                "Cod client",
                ("Acțiune", "Data creării", "Preț", "Canal"),
            ),
            (
                "COD_CLIENT;ACTIUNE;DATA_CREARII;PRET;CANAL",
                "COD_CLIENT",
                ("ACTIUNE", "DATA_CREARII", "PRET", "CANAL"),
            ),
            (
                "Kunden-Nr.;Aktivität;Datum;Betrag;Kanal",
                "Kunden-Nr.",
                ("Aktivität", "Datum", "Betrag", "Kanal"),
            ),
        ],
    )
    def test_names_in_other_languages(
        self, tmp_path: Path, head: str, who: str, rest: tuple[str, ...]
    ) -> None:
        rows = "7;kupno;2026-03-01 10:00;12,50;web\n8;kupno;2026-03-02 10:00;3,99;sklep\n"
        found = looked_at(tmp_path, f"{head}\n{rows}")
        assert found.problem is None
        mapping = found.mapping
        assert mapping.who == {"user_id": who}
        assert (mapping.event, mapping.time, mapping.value, mapping.channel) == rest
        assert found.events[0]["value"] == 12.5

    @pytest.mark.parametrize(
        ("column", "kind"),
        [
            ("email", "email"),
            ("E-Mail", "email"),
            ("Telefon", "phone"),
            ("anonymousId", "anonymous_id"),
        ],
    )
    def test_who_may_be_told_by_an_address_alone(
        self, tmp_path: Path, column: str, kind: str
    ) -> None:
        value = "+48221234567" if kind == "phone" else "ann@x.example"
        found = looked_at(tmp_path, f"id,{column},status,time\n1,{value},paid,2026-03-01 10:00\n")
        assert found.mapping.who == {kind: column}, "a number of a row is nobody"
        assert found.events[0]["identifiers"] == {kind: value}

    def test_english_names_come_first(self, tmp_path: Path) -> None:
        rows = "customer,klient,event,time,data\n7,Ann,paid,2026-03-01 10:00,{}\n"
        mapping = looked_at(tmp_path, rows).mapping
        assert (mapping.who, mapping.time) == ({"user_id": "customer"}, "time")

    def test_said_again_is_itself(self, tmp_path: Path) -> None:
        found = looked_at(tmp_path)
        again = looked_at(tmp_path, **plain(found.mapping))
        assert (again.mapping, again.events) == (found.mapping, found.events)
        assert again.signature == found.signature

    def test_a_currency_that_is_none_stays_a_property(self, tmp_path: Path) -> None:
        text = SHOP.replace("EUR", "euros")
        found = looked_at(tmp_path, text)
        assert found.mapping.currency is None
        assert found.events[0]["properties"]["currency"] == "euros"
        named = looked_at(tmp_path, text, currency="currency")
        assert isinstance(named.problem, ValuesUnfit)
        assert "column currency: 'euros' is no currency" in str(named.problem)

    def test_is_the_same_for_the_same_columns(self, tmp_path: Path) -> None:
        header, *rows = SHOP.splitlines()
        assert looked_at(tmp_path, f"{header}\n{rows[1]}\n").signature == (
            looked_at(tmp_path).signature
        )
        assert looked_at(tmp_path, SHOP.replace("amount", "sum")).signature != (
            looked_at(tmp_path).signature
        )

    def test_of_a_form_that_says_itself_what_it_means(self, tmp_path: Path) -> None:
        card = "BEGIN:VCARD\nFN:Ann\nEMAIL:ann@x.example\nREV:2026-01-01T00:00:00Z\nEND:VCARD\n"
        path = written(tmp_path, card * 3_000, "c.vcf")
        found = suggested(path, Mapping(), Keys())
        assert (found.form, found.signature, found.columns) == ("vcard", "vcard", {})
        assert found.events[0]["identifiers"] == {"email": "ann@x.example"}
        assert len(found.events) == 5


class TestMapped:
    def test_identifiers_of_several_kinds(self, tmp_path: Path) -> None:
        who = {"user_id": "customer", "email": "email"}
        found = looked_at(tmp_path, who=who)
        assert [e["identifiers"] for e in found.events] == [
            {"user_id": "7", "email": "ann@x.example"},
            {"user_id": "7"},
            {"email": "bob@x.example"},
            {"user_id": "9"},
        ]
        journeys = read(written(tmp_path, SHOP), Mapping(who=who))
        assert [journeys.journey_id(j) for j in range(len(journeys))] == ["7", "bob@x.example", "9"]

    def test_types_are_renamed_joined_and_left_out(self, tmp_path: Path) -> None:
        types = {"Add to cart": "cart", "Cart": "cart", "heartbeat": None, "ordr": "x"}
        found = looked_at(tmp_path, types=types, who="email")
        assert [e["type"] for e in found.events] == ["cart", "Order"]
        assert len(found.set_aside) == 1, "a row that is left out is not set aside"
        assert any("'ordr', which the file has not" in note for note in found.notes)
        who = {"user_id": "customer", "email": "email"}
        journeys = read(written(tmp_path, SHOP), mapping_from({"types": types, "who": who}))
        assert journeys.events == ("cart", "Order")
        assert journeys.provenance.rows == 3
        with pytest.raises(TypesAllLeftOut):
            read(
                written(tmp_path, SHOP),
                Mapping(types=dict.fromkeys(journeys.events + tuple(types))),
            )

    def test_constants_stand_in_every_row(self, tmp_path: Path) -> None:
        text = "customer,time\na,2026-01-01\nb,2026-01-02\n"
        constants = {"event": "order_placed", "channel": "shop", "currency": "EUR"}
        found = looked_at(tmp_path, text, constants=constants)
        assert [e["type"] for e in found.events] == ["order_placed"] * 2
        assert {(e["channel"], e["currency"]) for e in found.events} == {("shop", "EUR")}
        assert walks(read(written(tmp_path, text), mapping_from({"constants": constants})))

    def test_a_zone_is_of_times_that_say_none(self, tmp_path: Path) -> None:
        found = looked_at(
            tmp_path, time_zone="Europe/Berlin", who={"email": "email", "x": "customer"}
        )
        assert [e["at"] for e in found.events] == [
            "2026-03-01T09:00:00Z",
            "2026-03-01T09:01:00Z",
            "2026-07-02T07:00:00Z",
            "2026-07-02T09:00:00Z",
        ]
        assert any("Europe/Berlin" in note for note in found.notes)

    @given(
        st.lists(st.datetimes(BEGIN, BEGIN.replace(year=2100)), min_size=1),
        st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"]),
    )
    def test_zones_are_those_of_the_clocks(self, shown: list[datetime], name: str) -> None:
        zone = ZoneInfo(name)
        local = np.array([(one - BEGIN) // timedelta(microseconds=1) for one in shown])
        right = [one.replace(tzinfo=zone).astimezone(UTC) for one in shown]
        begun = BEGIN.replace(tzinfo=UTC)
        assert in_utc(local, zone).tolist() == [
            (one - begun) // timedelta(microseconds=1) for one in right
        ]


class TestUnfit:
    @pytest.mark.parametrize("told", [{"who": "x"}, {"time": "x"}, {"constants": {"actor": "x"}}])
    def test_columns_of_a_form_that_has_none(self, tmp_path: Path, told: dict[str, Any]) -> None:
        path = written(tmp_path, "BEGIN:VCARD\nEMAIL:a@b\nEND:VCARD\n", "c.vcf")
        with pytest.raises(ChoiceUnfit, match=r"c\.vcf is read as vcard, which says itself"):
            suggested(path, mapping_from(told), Keys())

    @pytest.mark.parametrize(
        ("told", "said"), [({"object_type": "o"}, "ocel"), ({"own": ["o"]}, "mail")]
    )
    def test_choices_of_another_form(self, tmp_path: Path, told: dict[str, Any], said: str) -> None:
        with pytest.raises(ChoiceUnfit, match=f"is for {said} alone"):
            read(written(tmp_path, SHOP), mapping_from(told))
