"""Passkeys, with a device in software: what it proves, and what proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from tests.modules.house import House
from tests.modules.team.authenticator import PRESENT, Authenticator
from tests.modules.team.team import audited, browser, done, founded, joined, refused


@contextmanager
def at_localhost(here: House) -> Iterator[httpx.Client]:
    """A browser that knows the server by name; passkeys are for names."""
    with browser(here, host=f"localhost:{here.client.base_url.port}") as found:
        yield found


@pytest.fixture
def team(here: House) -> House:
    founded(here)
    return here


@pytest.fixture
def olga(team: House) -> Iterator[httpx.Client]:
    with at_localhost(team) as found:
        found.cookies = team.client.cookies
        yield found


@pytest.fixture
def device(team: House) -> Authenticator:
    return Authenticator(f"http://localhost:{team.client.base_url.port}")


def added(client: httpx.Client, device: Authenticator) -> Any:
    options = done(client.post("/v1/passkeys/begin"))
    return client.post("/v1/passkeys", json={"credential": device.made(options), "name": "Key"})


def signed_in(client: httpx.Client, device: Authenticator) -> Any:
    options = done(client.post("/v1/session/passkey/begin"))
    return client.post("/v1/session/passkey", json={"credential": device.shown(options)})


class TestPasskey:
    def test_signs_in_alone(self, team: House, olga: httpx.Client, device: Authenticator) -> None:
        made = done(added(olga, device), 201)
        assert (made["name"], made["host"], made["used_at"]) == ("Key", "localhost", None)
        with at_localhost(team) as phone:
            assert done(phone.get("/v1/door"))["passkeys"]
            told = done(signed_in(phone, device))
            assert told["member"]["name"] == "Olga Owner"
            assert done(phone.get("/v1/sessions"))["sessions"][0]["how"] == "passkey"
            assert done(phone.get("/v1/passkeys"))["passkeys"][0]["used_at"] is not None
        assert audited(team)[-1] == ("Olga Owner", "signed_in", "member:1")

    def test_is_for_names(self, team: House) -> None:
        assert not done(team.client.get("/v1/door"))["passkeys"]
        refused(team.client.post("/v1/passkeys/begin"), 409, "passkeys_impossible")

    def test_a_challenge_is_answered_once(
        self, team: House, olga: httpx.Client, device: Authenticator
    ) -> None:
        done(added(olga, device), 201)
        with at_localhost(team) as phone:
            options = done(phone.post("/v1/session/passkey/begin"))
            told = {"credential": device.shown(options)}
            done(phone.post("/v1/session/passkey", json=told))
            refused(phone.post("/v1/session/passkey", json=told), 400, "passkey_unfit")

    @pytest.mark.parametrize(
        "other",
        [
            {"origin": "https://evil.example"},
            {"host": "evil.example"},
            {"flags": PRESENT},
            {"flags": 0},
            {"key": Authenticator("").key},
        ],
        ids=["origin", "host", "nobody asked for a finger", "nobody there", "key"],
    )
    def test_what_does_not_fit_is_refused(
        self, team: House, olga: httpx.Client, device: Authenticator, other: dict[str, Any]
    ) -> None:
        done(added(olga, device), 201)
        with at_localhost(team) as phone:
            refused(signed_in(phone, replace(device, **other)), 400, "passkey_unfit")
            refused(phone.get("/v1/session"), 401, "not_signed_in")
            done(signed_in(phone, replace(device, used=5)))
            copied = replace(device, used=3)
            refused(signed_in(phone, copied), 400, "passkey_unfit")

    @pytest.mark.parametrize(
        "other", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}]
    )
    def test_none_is_added_that_does_not_fit(
        self, olga: httpx.Client, device: Authenticator, other: dict[str, Any]
    ) -> None:
        refused(added(olga, replace(device, **other)), 400, "passkey_unfit")
        assert done(olga.get("/v1/passkeys"))["passkeys"] == []

    def test_a_challenge_is_for_whom_it_was_made(
        self, team: House, olga: httpx.Client, device: Authenticator
    ) -> None:
        with at_localhost(team) as bob:
            joined(team, bob, "Bob", "viewer")
            options = done(bob.post("/v1/passkeys/begin"))
            told = {"credential": device.made(options)}
            refused(olga.post("/v1/passkeys", json=told), 400, "passkey_unfit")

    def test_one_that_is_dropped_opens_nothing(
        self, team: House, olga: httpx.Client, device: Authenticator
    ) -> None:
        made = done(added(olga, device), 201)
        with at_localhost(team) as bob:
            joined(team, bob, "Bob", "viewer")
            refused(bob.delete(f"/v1/passkeys/{made['id']}"), 404, "passkey_unknown")
        assert olga.delete(f"/v1/passkeys/{made['id']}").status_code == 204
        with at_localhost(team) as phone:
            refused(signed_in(phone, device), 404, "passkey_unknown")

    @pytest.mark.parametrize(
        "credential",
        [
            {},
            {"id": 5},
            {"response": {"clientDataJSON": "?"}},
            {"response": []},
            {"response": None},
        ],
    )
    def test_rubbish_is_no_passkey(self, olga: httpx.Client, credential: Any) -> None:
        for path in ("/v1/passkeys", "/v1/session/passkey"):
            answer = olga.post(path, json={"credential": credential})
            refused(answer, 400, "passkey_unfit")
