"""A team in a running house: its owner, colleagues, and their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from tests.modules.house import House
from tests.server.processes import new_client

from desireline.modules.team.facade import first_owner_link

PASSWORD = "correct horse battery staple"
Json = dict[str, Any]


@contextmanager
def browser(here: House, **headers: str) -> Iterator[httpx.Client]:
    """A browser that nobody has signed in with."""
    with new_client(str(here.client.base_url), **headers) as found:
        yield found


def owner_token(here: House) -> str:
    """The token of the link that a start prints."""
    link = first_owner_link(here.rooms, "http://here")
    assert link is not None
    return link.partition("token=")[2]


def founded(here: House, name: str = "Olga Owner", email: str = "olga@example.com") -> Json:
    """The session of the first owner; the client of the house is hers from now on."""
    told = {"token": owner_token(here), "name": name, "email": email, "password": PASSWORD}
    return done(here.client.post("/v1/first-owner", json=told))


def invited(here: House, email: str, role: str, departments: tuple[int, ...] = ()) -> str:
    """The token of an invitation by whoever has the client of the house."""
    told = {"email": email, "role": role, "departments": list(departments)}
    link = done(here.client.post("/v1/invitations", json=told), 201)["link"]
    return str(link.partition("/join?token=")[2])


def joined(here: House, client: httpx.Client, name: str, role: str) -> Json:
    """The session of somebody who was invited; the client is hers."""
    token = invited(here, f"{name.split(maxsplit=1)[0].lower()}@example.com", role)
    told = {"token": token, "name": name, "password": PASSWORD}
    return done(client.post("/v1/invitations/accept", json=told))


def sign_in(client: httpx.Client, email: str, password: str = PASSWORD, code: str = "") -> Any:
    """The answer to a sign-in."""
    told = {"email": email, "password": password} | ({"code": code} if code else {})
    return client.post("/v1/session", json=told)


def done(answer: httpx.Response, status: int = 200) -> Json:
    """What it says; it went well."""
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def refused(answer: httpx.Response, status: int, code: str) -> Json:
    """The problem, which is this one."""
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert answer.json()["hint"]
    return dict(answer.json())


def audited(here: House) -> list[tuple[str, str, str]]:
    """Who did what about what, oldest first."""
    entries = done(here.client.get("/v1/audit", params={"most": 1000}))["entries"]
    return [(e["who"], e["what"], e["about"]) for e in reversed(entries)]
