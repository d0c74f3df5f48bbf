"""Events of the catalogue's tests, sent, followed, asked for."""

from __future__ import annotations

import json

from tests.modules.house import House

from desireline.log.following import Follower, Logged, Reaction
from desireline.modules.catalogue.reactions import CATALOGUING

DAY = 86_400_000_000


def logged(
    type_: str, at: int, properties: dict[str, object] | None = None, subject: int = 1
) -> Logged:
    said = json.dumps(properties) if properties else None
    blank = ("track", "", "inbound", "", None, None, None)
    return Logged(1, 0, 0, subject, at, at, type_, *blank, said, None, "test")


def follow(here: House, reaction: Reaction = CATALOGUING, rows: int = 2_000) -> None:
    for _ in Follower(here.rooms.db, here.rooms.reader, reaction).catch_up(rows):
        pass


def sent(here: House, *events: dict[str, object]) -> None:
    here.send([{"user_id": "u1"} | event for event in events])
    follow(here)


def asked(here: House, name: str) -> dict[str, object]:
    answer = here.client.get(f"/v1/event-types/{name}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
