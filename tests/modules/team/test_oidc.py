"""Signing in by OpenID Connect: the whole way with a real provider, and lies of another one."""

from __future__ import annotations

import hmac
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.modules.house import House, house
from tests.modules.team.authenticator import encoded
from tests.modules.team.team import audited, browser, done, founded, invited, refused

from desireline.kit.egress import Egress
from desireline.modules.team.errors import ProviderAnswerUnfit
from desireline.modules.team.provider import Described, Provider, account_of
from desireline.settings import read_settings

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
PEOPLE = (
    {"sub": "o-1", "email": "olga@example.com", "email_verified": True, "name": "Olga"},
    {"sub": "b-2", "email": "bob@example.com", "email_verified": True, "name": "Bob Builder"},
    {"sub": "e-3", "email": "olga@example.com", "email_verified": False, "name": "Eve"},
    {"sub": "n-4", "name": "Nobody"},
)
NOW = 1_795_000_000_000_000


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider that speaks the protocol, as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while not _answers(address):
            assert time.monotonic() < end
            time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    try:
        url = f"{address}/.well-known/openid-configuration"
        return httpx.get(url, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def team(tmp_path: Path, database_url: str, issuer: str) -> Iterator[House]:
    """A house with its owner and the provider."""
    told = read_settings({}, data_dir=tmp_path / "w", database_url=database_url)
    with house(tmp_path / "w", database_url, None, replace(told, egress_allow=LOOPBACK)) as here:
        founded(here)
        provider = {"name": "acme", "label": "Acme", "issuer": issuer}
        provider |= {"client_id": "desireline", "client_secret": "very secret"}
        done(here.client.post("/v1/oidc-providers", json=provider), 201)
        yield here


def gone(client: httpx.Client) -> str:
    """Where the browser is sent."""
    answer = client.get("/v1/oidc/acme/start")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def back(url: str, person: str) -> str:
    """Where the provider sends the browser of a person who says yes."""
    answer = httpx.post(url, data={"sub": person}, trust_env=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def signed_in(client: httpx.Client, person: str) -> str:
    """Where the browser is sent at the end."""
    answer = client.get(back(gone(client), person))
    assert answer.status_code == 303
    return str(answer.headers["location"])


class TestProvider:
    def test_is_listed_without_its_secret(self, team: House) -> None:
        listed = team.client.get("/v1/oidc-providers").text
        assert '"client_id":"desireline"' in listed
        assert "very secret" not in listed
        with browser(team) as stranger:
            door = done(stranger.get("/v1/door"))
            assert door["sign_in_with"] == [{"name": "acme", "label": "Acme"}]
        assert team.client.delete("/v1/oidc-providers/acme").status_code == 204
        refused(team.client.delete("/v1/oidc-providers/acme"), 404, "provider_unknown")

    def test_one_that_does_not_answer_is_not_added(self, team: House) -> None:
        told = {"name": "x", "label": "X", "issuer": str(team.client.base_url)}
        told |= {"client_id": "a", "client_secret": "b"}
        refused(team.client.post("/v1/oidc-providers", json=told), 502, "provider_answer_unfit")

    def test_one_inside_is_not_asked(self, here: House, issuer: str) -> None:
        founded(here)
        told = {"name": "x", "label": "X", "issuer": issuer, "client_id": "a"}
        answer = here.client.post("/v1/oidc-providers", json=told | {"client_secret": "b"})
        refused(answer, 403, "address_forbidden")

    def test_settings_describe_one(self, tmp_path: Path, database_url: str, issuer: str) -> None:
        told = read_settings({}, data_dir=tmp_path / "w", database_url=database_url)
        told = replace(told, egress_allow=LOOPBACK, oidc_issuer=issuer, oidc_client_id="d")
        told = replace(told, oidc_client_secret="s", oidc_label="Acme")
        with house(tmp_path / "w", database_url, None, told) as here, browser(here) as olga:
            founded(here)
            assert done(olga.get("/v1/door"))["sign_in_with"] == [{"name": "sso", "label": "Acme"}]
            url = olga.get("/v1/oidc/sso/start").headers["location"]
            assert olga.get(back(url, "o-1")).headers["location"] == "/"
            done(olga.get("/v1/session"))


class TestWay:
    def test_asks_as_the_standard_says(self, team: House, issuer: str) -> None:
        with browser(team) as olga:
            url = urlsplit(gone(olga))
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            assert url.geturl().startswith(f"{issuer}/oauth2/authorize?")
            assert asked["response_type"] == "code"
            assert asked["code_challenge_method"] == "S256"
            assert len(asked["code_challenge"]) == 43
            assert {"openid", "email"} <= set(asked["scope"].split())
            assert asked["redirect_uri"] == f"{olga.base_url}/v1/oidc/acme/callback".replace(
                "//v1", "/v1"
            )
            assert olga.cookies["desireline_oidc"] == asked["state"]

    def test_lets_a_member_in(self, team: House) -> None:
        with browser(team) as olga:
            assert signed_in(olga, "o-1") == "/"
            assert done(olga.get("/v1/session"))["member"]["id"] == 1
            assert done(olga.get("/v1/sessions"))["sessions"][0]["how"] == "acme"
            assert signed_in(olga, "o-1") == "/"
        assert audited(team)[-1] == ("Olga Owner", "signed_in", "member:1")

    def test_makes_a_member_of_whoever_was_invited(self, team: House) -> None:
        with browser(team) as bob:
            assert signed_in(bob, "b-2") == "/sign-in?problem=account_unknown"
            invited(team, "bob@example.com", "sales")
            assert signed_in(bob, "b-2") == "/"
            member = done(bob.get("/v1/session"))["member"]
            assert (member["name"], member["role"]) == ("Bob Builder", "sales")
            assert signed_in(bob, "b-2") == "/"
        assert done(team.client.get("/v1/invitations"))["invitations"] == []

    @pytest.mark.parametrize("person", ["e-3", "n-4"])
    def test_an_address_that_nobody_has_verified_is_nobodys(self, team: House, person: str) -> None:
        with browser(team) as eve:
            assert signed_in(eve, person) == "/sign-in?problem=account_unknown"
            refused(eve.get("/v1/session"), 401, "not_signed_in")

    def test_the_way_back_is_for_one_browser_and_once(self, team: House) -> None:
        with browser(team) as olga, browser(team) as eve:
            url = back(gone(olga), "o-1")
            assert eve.get(url).headers["location"] == "/sign-in?problem=link_used_up"
            assert olga.get(url).headers["location"] == "/sign-in?problem=link_used_up"
            url = back(gone(olga), "o-1")
            kept = olga.cookies["desireline_oidc"]
            assert olga.get(url).headers["location"] == "/"
            olga.cookies.set("desireline_oidc", kept)
            assert olga.get(url).headers["location"] == "/sign-in?problem=link_used_up"

    def test_who_is_shut_out_stays_out(self, team: House) -> None:
        with browser(team) as bob:
            invited(team, "bob@example.com", "sales")
            assert signed_in(bob, "b-2") == "/"
            done(team.client.patch("/v1/members/2", json={"active": False}))
            assert signed_in(bob, "b-2") == "/sign-in?problem=account_unknown"

    def test_an_unknown_provider_is_said(self, team: House) -> None:
        answer = team.client.get("/v1/oidc/other/start")
        assert answer.headers["location"] == "/sign-in?problem=provider_unknown"


@contextmanager
def saying(documents: dict[str, Any]) -> Iterator[str]:
    """A server that says these documents."""

    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(documents[self.path]).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Says)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


KEY = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "k", "use": "sig"})
SECONDS = NOW // 1_000_000
TRUE = {
    "iss": "https://acme.example",
    "aud": "desireline",
    "sub": "o-1",
    "nonce": "n",
    "exp": SECONDS + 300,
    "iat": SECONDS,
    "email": "Olga@Example.com",
    "email_verified": True,
    "name": "Olga",
}


def believed(token: str) -> Any:
    """Whom a token is about."""
    with saying({"/jwks": {"keys": [KEY.as_dict(private=False)]}}) as address:
        about = Described("https://acme.example", "", "", f"{address}/jwks")
        provider = Provider("acme", "Acme", "https://acme.example", "desireline", "secret")
        return account_of(Egress(LOOPBACK), about, provider, token, ("n", NOW))


class TestToken:
    def test_a_true_one_says_who_it_is(self) -> None:
        found = believed(jwt.encode({"alg": "RS256", "kid": "k"}, TRUE, KEY))
        assert (found.subject, found.email, found.name) == ("o-1", "olga@example.com", "Olga")

    @pytest.mark.parametrize(
        "lie",
        [
            {"iss": "https://evil.example"},
            {"aud": "another"},
            {"aud": ["another", "one more"]},
            {"azp": "another"},
            {"nonce": "m"},
            {"nonce": None},
            {"exp": SECONDS - 600},
            {"exp": None},
            {"sub": None},
        ],
        ids=str,
    )
    def test_what_does_not_fit_is_not_believed(self, lie: dict[str, Any]) -> None:
        said = {name: value for name, value in (TRUE | lie).items() if value is not None}
        with pytest.raises(ProviderAnswerUnfit):
            believed(jwt.encode({"alg": "RS256", "kid": "k"}, said, KEY))

    def test_one_of_another_key_is_not_believed(self) -> None:
        with pytest.raises(ProviderAnswerUnfit):
            believed(jwt.encode({"alg": "RS256", "kid": "k"}, TRUE, OTHER))

    def test_one_that_nobody_signed_is_not_believed(self) -> None:
        head, said, _ = jwt.encode({"alg": "RS256", "kid": "k"}, TRUE, KEY).split(".")
        nobody = "eyJhbGciOiJub25lIn0"
        for token in (f"{nobody}.{said}.", f"{head}.{said}.", f"{head}.{said}", "", "a.b.c"):
            with pytest.raises(ProviderAnswerUnfit):
                believed(token)

    def test_one_that_the_public_key_signed_is_not_believed(self) -> None:
        """What verifies is public: as a secret of HMAC anybody could sign with it."""
        _, said, _ = jwt.encode({"alg": "RS256", "kid": "k"}, TRUE, KEY).split(".")
        head = encoded(b'{"alg":"HS256","kid":"k"}')
        public = KEY.as_pem(private=False)
        seal = encoded(hmac.digest(public, f"{head}.{said}".encode(), "sha256"))
        token = f"{head}.{said}.{seal}"
        with pytest.raises(ProviderAnswerUnfit):
            believed(token)
