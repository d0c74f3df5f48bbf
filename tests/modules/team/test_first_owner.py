"""The first owner: open before her, closed after her; the link opens once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.modules.house import House, house
from tests.modules.team.team import (
    PASSWORD,
    audited,
    browser,
    done,
    founded,
    owner_token,
    refused,
    sign_in,
)
from tests.server.processes import TRIED_FAST

from desireline.kit.clock import SetClock
from desireline.modules.team.facade import AT_THE_MACHINE, Invitations, Office
from desireline.modules.team.passwords import Passwords
from desireline.modules.team.tables import invitation, member
from desireline.modules.team.tables import sign_in as session
from desireline.settings import read_settings

NOON = 1_795_000_000_000_000
HOUR = 3_600_000_000


class TestBefore:
    def test_it_is_open_on_this_machine(self, here: House) -> None:
        door = done(here.client.get("/v1/door"))
        assert door == {
            "first_owner_needed": True,
            "signed_in": False,
            "open": True,
            "sign_in_with": [],
            "passkeys": False,
        }
        told = done(here.client.get("/v1/session"))
        assert told["member"] is None
        assert "manage_team" in told["permissions"]
        assert here.client.get("/v1/maps").status_code == 200

    def test_there_is_nobody_whose_account_it_could_be(self, here: House) -> None:
        refused(here.client.get("/v1/sessions"), 403, "not_allowed")
        refused(here.client.post("/v1/second-factor"), 403, "not_allowed")


class TestFound:
    def test_the_first_owner_closes_the_door(self, here: House) -> None:
        told = founded(here)
        assert told["member"]["role"] == "owner"
        assert told["member"]["email"] == "olga@example.com"
        assert "own" in told["permissions"]
        assert done(here.client.get("/v1/session")) == told
        with browser(here) as stranger:
            door = done(stranger.get("/v1/door"))
            assert not door["open"]
            assert not door["first_owner_needed"]
            refused(stranger.get("/v1/maps"), 401, "not_signed_in")
            refused(stranger.post("/v1/events", json={"type": "x"}), 401, "not_signed_in")
        assert audited(here)[-1] == ("Olga Owner", "member_joined", "member:1")

    def test_the_link_opens_once(self, here: House) -> None:
        token = owner_token(here)
        told = {"token": token, "name": "Olga", "email": "o@example.com", "password": PASSWORD}
        done(here.client.post("/v1/first-owner", json=told))
        again = told | {"name": "Eve", "email": "eve@example.com"}
        with browser(here) as stranger:
            refused(stranger.post("/v1/first-owner", json=again), 410, "link_used_up")

    def test_a_link_that_nobody_made_opens_nothing(self, here: House) -> None:
        told = {"token": "x", "name": "Eve", "email": "eve@example.com", "password": PASSWORD}
        refused(here.client.post("/v1/first-owner", json=told), 410, "link_used_up")
        assert done(here.client.get("/v1/door"))["first_owner_needed"]

    def test_what_is_wrong_uses_no_link_up(self, here: House) -> None:
        token = owner_token(here)
        good = {"token": token, "name": "Olga", "email": "o@example.com", "password": PASSWORD}
        for wrong, code in (
            ({"password": "short"}, "password_unfit"),
            ({"password": "aaaaaaaaaaaaaaaa"}, "password_unfit"),
            ({"email": "nobody"}, "email_unfit"),
            ({"name": " "}, "member_name_unfit"),
            ({"name": "Command  Line"}, "member_name_unfit"),
            ({"name": "a\u202eb"}, "member_name_unfit"),
        ):
            refused(here.client.post("/v1/first-owner", json=good | wrong), 422, code)
        done(here.client.post("/v1/first-owner", json=good))

    def test_nothing_secret_is_kept_as_it_is(self, here: House) -> None:
        token = owner_token(here)
        told = {"token": token, "name": "Olga", "email": "o@example.com", "password": PASSWORD}
        cookie = here.client.post("/v1/first-owner", json=told).cookies["desireline_session"]
        with here.rooms.db.reading() as look:
            rows = [look.execute(select(table)).all() for table in (member, invitation, session)]
        assert f"$argon2id$v=19$m={TRIED_FAST},t=3,p=4$" in str(rows)
        for secret in (token, PASSWORD, cookie):
            assert secret not in str(rows)

    def test_to_try_a_password_costs_what_it_should_where_nobody_says_less(self) -> None:
        passwords = Passwords(read_settings({}).password_kibibytes)
        kept = asyncio.run(passwords.hashed(PASSWORD))
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert asyncio.run(passwords.is_right(PASSWORD, kept))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


class TestLink:
    def test_it_ends(self, tmp_path: Path, database_url: str, clock: SetClock) -> None:
        with house(tmp_path / "w", database_url, clock) as here:
            token = owner_token(here)
            clock.move(25 * HOUR)
            told = {"token": token, "name": "Olga", "email": "o@example.com", "password": PASSWORD}
            refused(here.client.post("/v1/first-owner", json=told), 410, "link_used_up")

    def test_one_for_a_member_lets_her_in_again(self, here: House) -> None:
        founded(here)
        office = Office(here.rooms.db, here.rooms.clock, here.rooms.workspace.settings)
        token = Invitations(office).owner_token(AT_THE_MACHINE)
        new = "a new password, please"
        told = {"token": token, "name": "x", "email": "OLGA@example.com", "password": new}
        with browser(here) as other:
            told = done(other.post("/v1/first-owner", json=told))
            assert told["member"]["id"] == 1
            assert told["member"]["name"] == "Olga Owner"
            refused(here.client.get("/v1/session"), 401, "not_signed_in")
            refused(sign_in(other, "olga@example.com", PASSWORD), 401, "sign_in_wrong")
            done(sign_in(other, "olga@example.com", new))
            here.client.cookies = other.cookies
            whats = [what for _, what, _ in audited(here)]
            assert whats[-2:] == ["owner_let_in_again", "signed_in"]
