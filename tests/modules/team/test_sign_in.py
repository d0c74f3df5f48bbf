"""Signing in: passwords, sessions, tries that are counted, second factors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyotp
import pytest
from sqlalchemy import select
from tests.modules.house import House, house
from tests.modules.team.team import (
    PASSWORD,
    Json,
    audited,
    browser,
    done,
    founded,
    joined,
    refused,
    sign_in,
)

from desireline.kit.clock import SetClock
from desireline.modules.team.tables import attempt, member, recovery_code
from desireline.settings import read_settings

NOON = 1_795_000_000_000_000
SECOND = 1_000_000
DAY = 86_400 * SECOND
OLGA = "olga@example.com"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def timed(tmp_path: Path, database_url: str, clock: SetClock) -> Iterator[House]:
    """A house by a clock that tests move, with its owner."""
    with house(tmp_path / "w", database_url, clock) as found:
        founded(found)
        yield found


class TestSignIn:
    def test_gives_a_session_of_its_own(self, timed: House, clock: SetClock) -> None:
        clock.move(SECOND)
        with browser(timed, **{"user-agent": "Firefox on a phone"}) as phone:
            answer = sign_in(phone, "  Olga@Example.com ")
            cookie = answer.headers["set-cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie
            assert "Secure" not in cookie
            told = done(answer)
            assert told["member"]["name"] == "Olga Owner"
            sessions = done(phone.get("/v1/sessions"))["sessions"]
            assert [(s["how"], s["current"]) for s in sessions] == [
                ("password", True),
                ("link", False),
            ]
            assert sessions[0]["device"] == "Firefox on a phone"
        assert audited(timed)[-1] == ("Olga Owner", "signed_in", "member:1")

    def test_behind_tls_the_cookie_is_for_tls(self, timed: House) -> None:
        with browser(timed, **{"x-forwarded-proto": "https"}) as far:
            assert "Secure" in sign_in(far, OLGA).headers["set-cookie"]

    def test_who_is_unknown_hears_the_same_as_who_is_wrong(self, timed: House) -> None:
        with browser(timed) as other:
            wrong = refused(sign_in(other, OLGA, "something else, really"), 401, "sign_in_wrong")
            unknown = refused(sign_in(other, "eve@example.com", PASSWORD), 401, "sign_in_wrong")
            assert wrong | {"request_id": ""} == unknown | {"request_id": ""}

    def test_a_session_that_was_planted_is_not_used(self, timed: House) -> None:
        """Whoever makes a browser show a session knows nothing of the one that follows."""
        with browser(timed) as other:
            done(sign_in(other, OLGA))
            planted = other.cookies["desireline_session"]
            done(sign_in(other, OLGA))
            assert other.cookies["desireline_session"] != planted
            other.cookies.set("desireline_session", planted)
            refused(other.get("/v1/session"), 401, "not_signed_in")

    @pytest.mark.parametrize(("days", "lasts"), [(13, True), (15, False)])
    def test_an_idle_session_ends(
        self, timed: House, clock: SetClock, days: int, lasts: bool
    ) -> None:
        clock.move(days * DAY)
        assert timed.client.get("/v1/session").status_code == (200 if lasts else 401)

    def test_each_session_ends_some_day(self, timed: House, clock: SetClock) -> None:
        for _ in range(6):
            done(timed.client.get("/v1/session"))
            clock.move(10 * DAY)
        done(timed.client.get("/v1/session"))
        clock.move(DAY)
        refused(timed.client.get("/v1/session"), 401, "not_signed_in")

    def test_a_page_of_another_site_changes_nothing(self, timed: House) -> None:
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            told = {"name": "theirs"}
            answer = timed.client.post("/v1/departments", json=told, headers=headers)
            refused(answer, 403, "origin_foreign")
            refused(timed.client.delete("/v1/session", headers=headers), 403, "origin_foreign")
        assert done(timed.client.get("/v1/departments"))["departments"] == []


class TestSessions:
    def test_end_one_by_one_and_all(self, timed: House) -> None:
        with browser(timed) as phone, browser(timed) as tablet:
            done(sign_in(phone, OLGA))
            done(sign_in(tablet, OLGA))
            sessions = done(timed.client.get("/v1/sessions"))["sessions"]
            assert len(sessions) == 3
            number = done(phone.get("/v1/sessions"))["sessions"]
            its = next(one["id"] for one in number if one["current"])
            assert timed.client.delete(f"/v1/sessions/{its}").status_code == 204
            refused(phone.get("/v1/session"), 401, "not_signed_in")
            refused(timed.client.delete(f"/v1/sessions/{its}"), 404, "session_unknown")
            assert done(timed.client.delete("/v1/sessions")) == {"ended": 1}
            refused(tablet.get("/v1/session"), 401, "not_signed_in")
            assert timed.client.delete("/v1/session").status_code == 204
            refused(timed.client.get("/v1/session"), 401, "not_signed_in")

    def test_are_ones_own(self, timed: House) -> None:
        with browser(timed) as bob:
            joined(timed, bob, "Bob Viewer", "viewer")
            olgas = done(timed.client.get("/v1/sessions"))["sessions"][0]["id"]
            refused(bob.delete(f"/v1/sessions/{olgas}"), 404, "session_unknown")
            assert done(bob.delete("/v1/sessions")) == {"ended": 0}
            done(timed.client.get("/v1/session"))

    def test_a_new_password_ends_all_others(self, timed: House) -> None:
        with browser(timed) as phone:
            done(sign_in(phone, OLGA))
            new = "another password, please"
            change = {"password": new, "old_password": "not that one at all"}
            answer = timed.client.patch("/v1/session/member", json=change)
            refused(answer, 403, "password_wrong")
            change = {"password": new, "old_password": PASSWORD, "locale": "pl", "name": "Ola"}
            told = done(timed.client.patch("/v1/session/member", json=change))
            assert (told["member"]["name"], told["member"]["locale"]) == ("Ola", "pl")
            refused(phone.get("/v1/session"), 401, "not_signed_in")
            refused(sign_in(phone, OLGA), 401, "sign_in_wrong")
            done(sign_in(phone, OLGA, new))


class TestAttempts:
    def test_an_account_is_tried_ten_times_then_once_a_minute(
        self, timed: House, clock: SetClock
    ) -> None:
        with browser(timed) as eve:
            for n in range(10):
                headers = {"x-forwarded-for": f"203.0.113.{n}"}
                told = {"email": OLGA, "password": f"a wrong password {n}"}
                answer = eve.post("/v1/session", json=told, headers=headers)
                refused(answer, 401, "sign_in_wrong")
            answer = sign_in(eve, OLGA)
            refused(answer, 429, "attempts_too_many")
            assert 0 < int(answer.headers["retry-after"]) <= 60
            refused(sign_in(eve, "OLGA@EXAMPLE.COM"), 429, "attempts_too_many")
            clock.move(60 * SECOND)
            done(sign_in(eve, OLGA))
            refused(sign_in(eve, OLGA, "a wrong password"), 401, "sign_in_wrong")

    def test_an_address_is_tried_thirty_times(self, timed: House) -> None:
        with browser(timed, **{"x-forwarded-for": "203.0.113.7"}) as eve:
            told = {"token": "none", "name": "Eve", "password": PASSWORD}
            codes = set()
            for _ in range(29):
                told["token"] += "x"
                codes.add(eve.post("/v1/invitations/accept", json=told).status_code)
            assert codes == {410}
            refused(sign_in(eve, "x@example.com"), 401, "sign_in_wrong")
            refused(sign_in(eve, OLGA), 429, "attempts_too_many")
        with browser(timed, **{"x-forwarded-for": "203.0.113.8"}) as olga:
            done(sign_in(olga, OLGA))

    def test_is_kept_for_other_processes_and_names_nobody(self, timed: House) -> None:
        with browser(timed) as eve:
            refused(sign_in(eve, OLGA, "a wrong password"), 401, "sign_in_wrong")
        with timed.rooms.db.reading() as look:
            kept = look.execute(select(attempt)).all()
        assert len([row for row in kept if row.until_at > NOON]) == 2
        assert OLGA not in str(kept)


def second_factor(client: httpx.Client, clock: SetClock) -> tuple[pyotp.TOTP, list[str]]:
    """An app with the secret of the client's member, and the codes to recover with."""
    begun = done(client.post("/v1/second-factor"))
    app = pyotp.TOTP(begun["secret"])
    assert begun["qr_svg"].startswith("<svg")
    assert pyotp.parse_uri(begun["uri"]).secret == begun["secret"]
    told = {"code": app.at(clock.now() // SECOND)}
    codes = done(client.post("/v1/second-factor/confirm", json=told))["recovery_codes"]
    return app, codes


class TestSecondFactor:
    def test_is_asked_for_and_counts_once(self, timed: House, clock: SetClock) -> None:
        app, _ = second_factor(timed.client, clock)
        assert done(timed.client.get("/v1/session"))["member"]["two_factor"]
        with browser(timed) as phone:
            refused(sign_in(phone, OLGA), 401, "second_factor_needed")
            refused(sign_in(phone, OLGA, "a wrong password"), 401, "sign_in_wrong")
            used = app.at(clock.now() // SECOND)
            refused(sign_in(phone, OLGA, code=used), 401, "second_factor_wrong")
            clock.move(30 * SECOND)
            now = app.at(clock.now() // SECOND)
            done(sign_in(phone, OLGA, code=f"{now[:3]} {now[3:]}"))
            refused(sign_in(phone, OLGA, code=now), 401, "second_factor_wrong")
            clock.move(120 * SECOND)
            late = app.at(clock.now() // SECOND - 60)
            refused(sign_in(phone, OLGA, code=late), 401, "second_factor_wrong")
            early = app.at(clock.now() // SECOND + 30)
            done(sign_in(phone, OLGA, code=early))

    def test_a_recovery_code_opens_once(self, timed: House, clock: SetClock) -> None:
        _, codes = second_factor(timed.client, clock)
        assert len(set(codes)) == 10
        with browser(timed) as phone:
            done(sign_in(phone, OLGA, code=codes[0].upper()))
            refused(sign_in(phone, OLGA, code=codes[0]), 401, "second_factor_wrong")
            done(sign_in(phone, OLGA, code=codes[1].replace("-", " ")))

    def test_codes_are_no_less_counted_than_passwords(self, timed: House, clock: SetClock) -> None:
        second_factor(timed.client, clock)
        with browser(timed) as eve:
            for n in range(10):
                answer = sign_in(eve, OLGA, code=f"{n:06}")
                refused(answer, 401, "second_factor_wrong")
            refused(sign_in(eve, OLGA, code="000011"), 429, "attempts_too_many")

    def test_is_taken_away_with_a_code(self, timed: House, clock: SetClock) -> None:
        _, codes = second_factor(timed.client, clock)
        refused(timed.client.post("/v1/second-factor"), 409, "second_factor_on")
        wrong = timed.client.request("DELETE", "/v1/second-factor", json={"code": "nothing"})
        refused(wrong, 401, "second_factor_wrong")
        gone = timed.client.request("DELETE", "/v1/second-factor", json={"code": codes[3]})
        assert gone.status_code == 204
        with browser(timed) as phone:
            done(sign_in(phone, OLGA))
        with timed.rooms.db.reading() as look:
            assert look.execute(select(recovery_code)).all() == []

    def test_nothing_of_it_is_kept_as_it_is(self, timed: House, clock: SetClock) -> None:
        app, codes = second_factor(timed.client, clock)
        with timed.rooms.db.reading() as look:
            kept = str(
                look.execute(select(member)).all() + look.execute(select(recovery_code)).all()
            )
        assert app.secret not in kept
        assert not [code for code in codes if code in kept or code.replace("-", "") in kept]
        file = timed.rooms.data_dir / "secret.key"
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.read_text() not in kept

    def test_a_key_of_the_settings_replaces_the_file(
        self, tmp_path: Path, database_url: str, clock: SetClock
    ) -> None:
        told = read_settings({}, data_dir=tmp_path / "w", database_url=database_url)
        told = replace(told, secret_key="new one,old one")
        with house(tmp_path / "w", database_url, clock, told) as here:
            founded(here)
            second_factor(here.client, clock)
            assert not (tmp_path / "w" / "secret.key").exists()


class TestForm:
    def test_what_is_not_known_is_refused(self, timed: House) -> None:
        told: Json = {"email": OLGA, "password": PASSWORD, "role": "owner"}
        refused(timed.client.post("/v1/session", json=told), 422, "request_unfit")
        change = {"name": "Olga", "role": "admin"}
        answer = timed.client.patch("/v1/session/member", json=change)
        assert json.loads(refused(answer, 422, "request_unfit") and answer.text)["parts"]
