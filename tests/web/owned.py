"""A workspace with people in it: its owner has a password, and there is a map over some events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests.server.processes import Running, caught_up, ready, running, walks
from tests.web.drafts import made

TOKEN = "open sesame, please"
PASSWORD = "correct horse battery staple"
OWNER = "anna@shop.example"


def welcome_token(server: Running) -> str:
    """What the link for the first owner holds, which the server prints once."""
    assert server.process.stdout is not None
    line = next(line for line in server.process.stdout if "/welcome?token=" in line)
    return line.partition("token=")[2].split()[0]


@contextmanager
def owned(folder: Path) -> Iterator[Running]:
    """A server that one signs in to as `OWNER`; its own client has the token of the machine."""
    with running(folder, DESIRELINE_TOKEN=TOKEN) as server:
        ready(server.client)
        told = {"token": welcome_token(server), "name": "Anna", "email": OWNER}
        httpx.post(
            f"{server.address}/v1/first-owner",
            json=told | {"password": PASSWORD},
            timeout=60,
            trust_env=False,
        ).raise_for_status()
        server.client.headers["authorization"] = f"Bearer {TOKEN}"
        server.client.post("/v1/batch", json={"batch": walks(60)}).raise_for_status()
        caught_up(server.client)
        made(server, "plan", publish=True)
        yield server
