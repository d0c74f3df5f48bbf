"""Enrichment in the house: what is derived of persons, what is said of events, what is off."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select
from tests.modules.house import House, house

from desireline.cli.enrich_command import command
from desireline.log.following import Batch, Follower, Reaction
from desireline.log.tables import subject
from desireline.modules.enrichment import reactions
from desireline.modules.enrichment.fields import EVENTS_ONLY, FIELDS
from desireline.modules.enrichment.origins import Origins
from desireline.modules.enrichment.reactions import ENRICHING
from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.people.facade import Said, Trait, record_traits, traits_of
from desireline.settings import read_settings

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0.0.0 Safari/537.36"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0 Mobile Safari/537.36"
)
POLAND, RENTED = "83.0.0.1", "3.248.0.1"


def follow(here: House, reaction: Reaction = ENRICHING) -> None:
    for _ in Follower(here.rooms.db, here.rooms.reader, reaction).catch_up():
        pass


def known(here: House, kind: str, value: str) -> dict[str, Trait]:
    with here.rooms.db.reading() as look:
        query = select(subject.c.id).where(subject.c.kind == kind, subject.c.value == value)
        return traits_of(look, [look.execute(query).scalar_one()])


def values(here: House, kind: str, value: str) -> dict[str, object]:
    return {name: trait.value for name, trait in known(here, kind, value).items()}


def sent(here: House, *events: dict[str, object]) -> None:
    here.send(list(events))
    follow(here)


IDENTIFIED: dict[str, object] = {
    "kind": "identify",
    "user_id": "u1",
    "email": "ann@shop.zalando.de",
    "phone": "+48221234567",
    "properties": {"name": "dr Ann Maria Smith", "company": {"name": "ACME Sp. z o.o."}},
    "context": {"userAgent": CHROME, "locale": "pl-PL", "country": "PL"},
}


class TestDerive:
    def test_all_that_follows_from_what_was_told(self, here: House) -> None:
        sent(here, IDENTIFIED)
        assert values(here, "user_id", "u1") == {
            "email_domain": "shop.zalando.de",
            "email_kind": "company",
            "company_domain": "zalando.de",
            "phone_country": "PL",
            "phone_kind": "fixed_line",
            "phone_region": "Warsaw",
            "phone_time_zone": "Europe/Warsaw",
            "title": "dr",
            "first_name": "Ann",
            "middle_name": "Maria",
            "last_name": "Smith",
            "company_name": "ACME",
            "company_form": "Sp. z o.o.",
            "company_country": "PL",
            "browser": "Chrome 120",
            "os": "Windows",
            "language": "pl",
            "language_country": "PL",
            "country": "PL",
        }

    def test_each_with_its_source(self, here: House) -> None:
        sent(here, IDENTIFIED)
        found = known(here, "user_id", "u1")
        assert {trait.said_by for trait in found.values()} == {"enriched"}
        assert found["phone_region"].source.startswith("phonenumbers ")
        assert found["country"].source == "IP address of the event"
        assert 0 < found["middle_name"].confidence < 1
        shown = here.client.get("/v1/persons/user_id:u1/traits").json()["traits"]
        region = next(one for one in shown if one["name"] == "phone_region")
        assert (region["said_by"], region["confidence"]) == ("enriched", 0.8)
        assert region["source"].startswith("phonenumbers ")

    def test_never_over_what_a_person_said(self, here: House) -> None:
        """Neither before nor after, nor when it is derived anew."""
        here.send([{"user_id": "u1", "type": "page_viewed"}])
        with here.rooms.db.transaction() as tx:
            number = tx.execute(select(subject.c.id)).scalar_one()
            record_traits(tx, [Said(number, "first_name", "Anna", at=1, source="form")])
        sent(here, IDENTIFIED)
        assert values(here, "user_id", "u1")["first_name"] == "Anna"
        sent(here, IDENTIFIED | {"properties": {"name": "Joan Smith"}})
        assert values(here, "user_id", "u1")["first_name"] == "Anna"
        assert values(here, "user_id", "u1")["last_name"] == "Smith"

    def test_of_who_is_known_by_an_address_alone(self, here: House) -> None:
        sent(here, {"type": "newsletter_opened", "email": "info@gmail.com"})
        assert values(here, "email", "info@gmail.com") == {
            "email_domain": "gmail.com",
            "email_kind": "free",
            "email_is_role": True,
        }

    def test_nothing_of_bots(self, here: House) -> None:
        context = {"userAgent": CHROME, "bot": "Googlebot", "country": "US"}
        sent(here, {"type": "page_viewed", "user_id": "g", "context": context})
        assert values(here, "user_id", "g") == {}

    def test_a_rented_server_is_no_home(self, here: House) -> None:
        context = {"country": "US", "datacenter": "aws"}
        sent(here, {"type": "page_viewed", "user_id": "s", "context": context})
        assert "country" not in values(here, "user_id", "s")

    def test_what_changes_is_derived_anew(self, here: House) -> None:
        for second, country in enumerate(("PL", "DE", "PL")):
            at = f"2026-03-01T10:00:0{second}Z"
            sent(
                here,
                {"type": "a", "user_id": "t", "at": at, "context": {"country": country}},
            )
        with here.rooms.db.reading() as look:
            rows = look.exec_driver_sql("SELECT value FROM trait ORDER BY at").all()
        assert [row[0] for row in rows] == ['"PL"', '"DE"', '"PL"']

    def test_a_batch_that_fails_is_derived_again(self, here: House) -> None:
        def fail(tx: Connection, batch: Batch) -> None:
            ENRICHING.react(tx, batch)
            raise OSError("the disk is away")

        here.send([IDENTIFIED])
        with pytest.raises(OSError, match="away"):
            follow(here, Reaction("enrichment", fail))
        follow(here)
        assert values(here, "user_id", "u1")["phone_country"] == "PL"

    def test_the_same_again_writes_nothing(self, here: House) -> None:
        sent(here, IDENTIFIED)
        reactions._derivers.clear()
        with here.rooms.db.reading() as look:
            before = look.exec_driver_sql("SELECT * FROM trait ORDER BY id").all()
        again = Reaction("enrichment again", ENRICHING.react)
        follow(here, again)
        with here.rooms.db.reading() as look:
            assert look.exec_driver_sql("SELECT * FROM trait ORDER BY id").all() == before


class TestSwitch:
    def test_every_fact_has_a_field(self) -> None:
        told = {
            "email": ("info@zalando.de", "a@gmail.com"),
            "phone": ("+48221234567", "+40721234567"),
            "address": (RENTED,),
            "agent": (ANDROID,),
            "language": ("pl-PL",),
            "company": ("Acme Sp. z o.o.",),
            "name": ("dr Ann Maria Smith Jr.",),
        }
        found = {f.name: kind for kind, of in told.items() for v in of for f in SOURCES[kind](v)}
        assert found == {name: about.follows_from for name, about in FIELDS.items()}
        assert set(FIELDS) > EVENTS_ONLY

    def test_off_nothing_is_derived(self, here: House) -> None:
        put = here.client.put("/v1/enrichment/fields/phone_region", json={"on": False})
        assert put.json()["on"] is False
        sent(here, IDENTIFIED)
        found = values(here, "user_id", "u1")
        assert "phone_region" not in found
        assert found["phone_country"] == "PL"
        listed = here.client.get("/v1/enrichment/fields").json()["fields"]
        assert [field["name"] for field in listed if not field["on"]] == ["phone_region"]
        tried = {"of": "phone", "value": "+48221234567"}
        facts = here.client.post("/v1/enrichment/try", json=tried).json()["facts"]
        assert "phone_region" not in {fact["name"] for fact in facts}

    def test_what_was_derived_is_withdrawn_when_asked(self, here: House) -> None:
        sent(here, IDENTIFIED)
        refused = here.client.post("/v1/enrichment/fields/browser/withdraw")
        assert (refused.status_code, refused.json()["code"]) == (409, "derived_field_on")
        here.client.put("/v1/enrichment/fields/browser", json={"on": False})
        assert values(here, "user_id", "u1")["browser"] == "Chrome 120"
        gone = here.client.post("/v1/enrichment/fields/browser/withdraw")
        assert gone.json() == {"values": 1}
        assert "browser" not in values(here, "user_id", "u1")
        sent(here, IDENTIFIED)
        assert "browser" not in values(here, "user_id", "u1")
        here.client.put("/v1/enrichment/fields/browser", json={"on": True})
        sent(here, IDENTIFIED)
        assert values(here, "user_id", "u1")["browser"] == "Chrome 120"

    def test_an_unknown_field_is_missing(self, here: House) -> None:
        answer = here.client.put("/v1/enrichment/fields/shoe_size", json={"on": False})
        assert (answer.status_code, answer.json()["code"]) == (404, "derived_field_missing")

    def test_who_switched_is_in_the_audit_log(self, here: House) -> None:
        here.client.put("/v1/enrichment/fields/os", json={"on": False})
        here.client.put("/v1/enrichment/fields/os", json={"on": False})
        with here.rooms.db.reading() as look:
            rows = look.exec_driver_sql("SELECT what FROM audit_entry").all()
        assert [row[0] for row in rows].count("enrichment_turned_off") == 1


class TestOrigin:
    """The house trusts a proxy on this machine, so the tests say where they come from."""

    def visit(
        self, here: House, address: str, agent: str = CHROME, **event: object
    ) -> dict[str, object]:
        answer = here.client.post("/v1/sources", json={"name": f"s{time.monotonic_ns()}"})
        key = answer.json()["write_key"]
        body = {"write_key": key, "events": [{"type": "page_viewed", "user_id": "v"} | event]}
        headers = {"user-agent": agent, "x-forwarded-for": address}
        taken = here.client.post("/v1/batch", json=body, headers=headers).json()
        assert taken["stored"] == 1, taken
        with here.rooms.db.reading() as look:
            number = look.execute(select(subject.c.id)).scalar_one()
        found = here.rooms.reader.events_of([number], 100)
        told = dict(max(found, key=lambda one: one.received_at).context)
        assert told.pop("user_agent", None) == (agent if agent == CHROME else None)
        return told

    def test_is_said_of_a_browser(self, here: House) -> None:
        assert self.visit(here, POLAND) == {"country": "PL"}
        assert self.visit(here, RENTED) == {"country": "US", "datacenter": "aws"}
        assert self.visit(here, "127.0.0.1") == {}

    def test_is_not_said_of_a_server(self, here: House) -> None:
        """It sends for many, and is at none of their homes."""
        assert self.visit(here, POLAND, agent="analytics-python/2") == {}

    def test_the_address_in_the_event_counts_before_it_is_cut(self, here: House) -> None:
        found = self.visit(here, RENTED, agent="analytics-node/3", context={"ip": POLAND})
        assert found == {"country": "PL", "ip": "83.0.0.0"}

    def test_what_the_sender_says_stays(self, here: House) -> None:
        assert self.visit(here, POLAND, context={"country": "FR"}) == {"country": "FR"}

    def test_an_operator_may_name_networks(self, tmp_path: Path, database_url: str) -> None:
        file = tmp_path / "ours.txt"
        file.write_text("83.0.0.0/24 our hoster\n")
        told = read_settings(
            {"DESIRELINE_DATACENTERS": str(file)},
            data_dir=tmp_path / "w",
            database_url=database_url,
        )
        with house(tmp_path / "w", database_url, settings=told) as here:
            found = self.visit(here, POLAND)
        assert found == {"country": "PL", "datacenter": "our hoster"}

    def test_is_switched_within_seconds(self, here: House) -> None:
        origins = Origins(here.rooms.db)
        assert origins.of(POLAND) == {"country": "PL"}
        here.client.put("/v1/enrichment/fields/country", json={"on": False})
        origins._read()
        assert origins.of(POLAND) == {}
        assert origins.of(RENTED) == {"datacenter": "aws"}
        origins.close()

    def test_costs_little(self, here: House) -> None:
        """As a ratio within one run: to asking the standard library what an address is."""
        from ipaddress import ip_address  # noqa: PLC0415 - only to compare with

        origins = Origins(here.rooms.db)
        addresses = [f"83.0.{i % 250}.{i // 250}" for i in range(5_000)]
        for address in addresses:
            origins.of(address)
        ours = min(_seconds(origins.of, addresses) for _ in range(5))
        plain = min(_seconds(ip_address, addresses) for _ in range(5))
        origins.close()
        assert ours < plain, (ours, plain)


def _seconds(work: object, addresses: list[str]) -> float:
    """Of a processor: what other threads and other programs do meanwhile counts for neither."""
    begun = time.thread_time()
    for address in addresses:
        work(address)  # type: ignore[operator]
    return time.thread_time() - begun


class TestCommand:
    @pytest.fixture
    def data(self, tmp_path: Path) -> list[str]:
        with house(tmp_path / "w", f"sqlite:///{tmp_path}/w/desireline.db"):
            pass
        return ["--data", str(tmp_path / "w")]

    def test_tries_a_value(self) -> None:
        run = CliRunner().invoke(command, ["+48221234567"])
        assert "phone_region     Warsaw" in run.output
        assert "phonenumbers" in run.output
        assert "email_kind" in CliRunner().invoke(command, ["ann@gmail.com"]).output
        assert "country" in CliRunner().invoke(command, [POLAND]).output
        assert "browser" in CliRunner().invoke(command, [CHROME]).output
        assert "last_name" in CliRunner().invoke(command, ["Jan Kowalski", "--of", "name"]).output
        assert "Nothing follows" in CliRunner().invoke(command, ["+1", "--of", "phone"]).output

    def test_shows_and_switches(self, data: list[str]) -> None:
        shown = CliRunner().invoke(command, ["--show", *data]).output
        assert all(name in shown for name in FIELDS)
        off = CliRunner().invoke(command, ["--off", "browser", *data]).output
        assert "browser is off" in off
        assert "off since" in CliRunner().invoke(command, ["--show", *data]).output
        withdrawn = CliRunner().invoke(command, ["--withdraw", "browser", *data]).output
        assert "0 values" in withdrawn
        assert "browser is on" in CliRunner().invoke(command, ["--on", "browser", *data]).output
