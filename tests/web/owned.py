"""A workspace with people in it: its owner has a password, and there is a map over some events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running, walks
from tests.web.browsing import WIDE, Seen
from tests.web.drafts import made

TOKEN = "open sesame, please"
PASSWORD = "correct horse battery staple"
OWNER = "anna@shop.example"


def printed_link(server: Running) -> str:
    """The link for the first owner, which the server prints once."""
    assert server.process.stdout is not None
    line = next(line for line in server.process.stdout if "/welcome?token=" in line)
    return next(word for word in line.split() if word.startswith("http"))


def printed_token(server: Running) -> str:
    """What that link holds."""
    return printed_link(server).partition("token=")[2]


def entered(address: str, door: str, **told: str) -> str:
    """The session of somebody who comes in by a link: `first-owner`, `invitations/accept`."""
    answer = httpx.post(f"{address}/v1/{door}", json=told, timeout=60, trust_env=False)
    return answer.raise_for_status().cookies["desireline_session"]


def joined(
    client: httpx.Client, name: str, departments: Sequence[int] = (), role: str = "editor"
) -> str:
    """The session of somebody whom the client's owner invites; by her first name."""
    email = f"{name.split(maxsplit=1)[0].lower()}@shop.example"
    told = {"email": email, "role": role, "departments": list(departments)}
    link = client.post("/v1/invitations", json=told).raise_for_status().json()["link"]
    token = link.partition("token=")[2]
    address = str(client.base_url).rstrip("/")
    return entered(address, "invitations/accept", token=token, name=name, password=PASSWORD)


@contextmanager
def owned(folder: Path) -> Iterator[Running]:
    """A server that one signs in to as `OWNER`; its own client has the token of the machine."""
    with running(folder, DESIRELINE_TOKEN=TOKEN) as server:
        ready(server.client)
        told = {"token": printed_token(server), "name": "Anna", "email": OWNER}
        entered(server.address, "first-owner", **told, password=PASSWORD)
        server.client.headers["authorization"] = f"Bearer {TOKEN}"
        server.client.post("/v1/batch", json={"batch": walks(60)}).raise_for_status()
        caught_up(server.client)
        made(server, "plan", publish=True)
        yield server


@contextmanager
def member_at(
    browser: Browser, address: str, session: str, *, width: int = WIDE, scheme: str = "light"
) -> Iterator[Seen]:
    """A page as the member whose session it is sees it."""
    context = browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    door = "/".join(address.split("/")[:3])  # of the whole application, not of this page
    context.add_cookies([{"name": "desireline_session", "value": session, "url": door}])
    seen = Seen(context.new_page())
    seen.watch()
    seen.page.goto(address)
    seen.page.wait_for_selector("main")
    yield seen
    context.close()
