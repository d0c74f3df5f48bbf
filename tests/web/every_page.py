"""Every page of the application: its route, where it is on the sample shop, and what it is for.

docs/pages.md is written from it, scripts/page_pictures.py takes a picture of each, and
tests/web/test_every_page.py opens each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from tests.server.processes import Running, caught_up, new_client, ready, running, until
from tests.web.owned import OWNER, PASSWORD, entered, printed_token

STEPS = [{"rule": rule} for rule in ("product_viewed", "product_added", "order_completed")]
ORDERED = {"type": "event", "in": ["order_completed"]}
ASKED = {"type": "event", "in": ["chat_started"]}
WITHOUT_SESSION = ("/sign-in", "/welcome", "/join")


@dataclass(frozen=True)
class Place:
    """One page: the picture's name, the route, the address there, and what a person does there.

    In the address, `{map}`, `{person}` and the like stand for what `furnished` made.
    """

    name: str
    route: str
    says: str
    at: str = ""
    shows: str = "main h1"

    @cached_property
    def address(self) -> str:
        """The path of the page, before its places are filled in."""
        return self.at or self.route

    @property
    def is_open(self) -> bool:
        """Whether one comes here without an account."""
        return self.route in WITHOUT_SESSION

    def filled(self, where: Mapping[str, str]) -> str:
        """The path of the page on a shop that was furnished so."""
        return re.sub(r"\{(\w+)\}", lambda found: where[found[1]], self.address)


MAP = "/maps/{map}"
ASK = quote(json.dumps([step["rule"] for step in STEPS]))
PLACES = (
    Place("welcome", "/welcome", "The first owner makes an account.", "/welcome?token={first}"),
    Place("join", "/join", "Somebody who was invited joins the team.", "/join?token={invited}"),
    Place("sign-in", "/sign-in", "A member signs in."),
    Place("home", "/", "What is new on the maps, and where to go on.", shows="h1"),
    Place("start", "/start", "The guided start: from a plan and data to the first draft."),
    Place("maps", "/maps", "All maps, each with its goal, its kind and how it stands."),
    Place("new-map", "/maps/new", "A new map: discovered, from a template, from notes or a file."),
    Place("live-map", "/maps/$key", "The map over live data.", MAP, "[data-live='live']"),
    Place("edit", "/maps/$key/edit", "The editor of a map.", MAP + "/edit", "[data-cell]"),
    Place("notes", "/maps/$key/notes", "Sticky notes that grow into a map.", "/maps/ideas/notes"),
    Place(
        "versions",
        "/maps/$key/versions",
        "What was published, and how two versions differ.",
        MAP + "/versions",
    ),
    Place(
        "map-pains",
        "/maps/$key/pains",
        "Where people are slowed or lost, by harm.",
        MAP + "/pains",
        "p[role=status]",
    ),
    Place(
        "map-moments",
        "/maps/$key/moments",
        "Moments that decide whether people reach the goal.",
        MAP + "/moments",
        "p[role=status]",
    ),
    Place(
        "map-endings",
        "/maps/$key/endings",
        "How journeys end, and which are likely to end soon.",
        MAP + "/endings",
        "p[role=status]",
    ),
    Place(
        "desire-lines",
        "/maps/$key/desire-lines",
        "Where people leave the way as designed.",
        MAP + "/desire-lines",
        "p[role=status]",
    ),
    Place(
        "improvements",
        "/maps/$key/improvements",
        "Weak points, what is done, what it changed.",
        MAP + "/improvements",
    ),
    Place("hypotheses", "/hypotheses", "What the team claims, and how the log answers."),
    Place("explore", "/explore", "Leads to the first of the analyses."),
    Place(
        "funnel",
        "/explore/$analysis",
        "One of the analyses: how many come from step to step.",
        f"/explore/funnel?steps={ASK}",
        "[role=status] p",
    ),
    Place("dashboards", "/dashboards", "All dashboards, and the alerts of missed targets."),
    Place(
        "dashboard",
        "/dashboards/$number",
        "Kept questions side by side, with targets.",
        "/dashboards/{dashboard}",
        "article h2",
    ),
    Place("people", "/people", "People, found by what they are known by."),
    Place(
        "person",
        "/people/$person",
        "One person: who it is, and all that happened.",
        "/people/{person}",
        "main h2",
    ),
    Place(
        "case",
        "/cases/new",
        "A real journey, made anonymous and told as a map.",
        "/cases/new?person={person}",
    ),
    Place("personas", "/personas", "Personas, with whom each describes and whom none does."),
    Place("new-persona", "/personas/new", "A new persona."),
    Place(
        "persona",
        "/personas/$key",
        "One persona, with the figures of its people.",
        "/personas/careful_buyer",
    ),
    Place("tasks", "/tasks", "What there is to do on all maps."),
    Place("nominate", "/nominate", "The front line says where customers hurt."),
    Place("sources", "/sources", "Where events come from, and whether they come."),
    Place("data", "/data", "Files that were brought in."),
    Place("import", "/data/$id", "What the columns of a file mean.", "/data/{import}"),
    Place("settings", "/settings", "One's own account: password, second factor, sessions."),
    Place("team", "/settings/team", "Members, roles, departments and invitations."),
    Place("keys", "/settings/keys", "Keys of programs, each with its scopes."),
    Place("appearance", "/settings/appearance", "Own colours and logo."),
    Place("privacy", "/settings/privacy", "What is kept, for how long, and who may know it."),
)


@dataclass(frozen=True)
class Shop:
    """The sample shop with one of everything, and its owner's session."""

    server: Running
    session: str
    where: dict[str, str]
    """What fills the addresses of the pages."""


@contextmanager
def furnished_shop(folder: Path, told: Callable[[str], None]) -> Iterator[Shop]:
    """A server with the sample shop; `told` sends events of user 4711 to its address at first."""
    with running(folder) as server:
        ready(server.client)
        key = _drawn(server, told)
        first = printed_token(server)
        anna = {"token": first, "name": "Anna", "email": OWNER, "password": PASSWORD}
        session = entered(server.address, "first-owner", **anna)
        with new_client(server.address, origin=server.address) as client:
            client.cookies.set("desireline_session", session)
            where = furnished(client, key) | {"first": first}
        yield Shop(server, session, where)


def _drawn(server: Running, told: Callable[[str], None]) -> str:
    """The key of the map that the events of the sample and of that person draw."""
    client = server.client
    made = client.post("/v1/imports/sample").raise_for_status().json()
    until(lambda: client.get(f"/v1/imports/{made['id']}").json()["state"] == "done")
    told(server.address)
    caught_up(client)
    new = {"name": "Cat-fountain shop", "publish": True}
    return str(client.post("/v1/maps/discover", json=new).raise_for_status().json()["key"])


def furnished(client: httpx.Client, key: str) -> dict[str, str]:
    """Puts one of everything beside the shop's map `key`, as an owner; what fills the addresses."""

    def made(way: str, told: Any) -> dict[str, Any]:
        method = client.put if "/draft" in way or "/personas/" in way else client.post
        answer = method(way, json=told)
        assert answer.is_success, f"{way}: {answer.text}"
        return dict(answer.json())

    funnel = {"name": "From product to order", "query": {"analysis": "funnel", "steps": STEPS}}
    question = made("/v1/questions", funnel)["id"]
    variants = {"name": "Ways people take", "query": {"analysis": "variants", "top": 5}}
    ways = made("/v1/questions", variants)["id"]
    share = ["converted", "share"]
    target = {"name": "Orders", "figure": share, "op": "at_least", "threshold": 0.9}
    made("/v1/targets", target | {"question": question})
    number = {"question": question, "view": "number", "figure": share}
    tiles = [number, {"question": ways, "place": {"y": 1, "w": 6}}]
    board = made("/v1/dashboards", {"name": "The shop this month", "tiles": tiles})
    made("/v1/personas/careful_buyer", PERSONA)
    _worked_on(made, client, key)
    made("/v1/maps/ideas/draft", IDEAS)
    file = client.post("/v1/imports", params={"name": "calls.csv"}, content=CALLS)
    invited = {"email": "ben@shop.example", "role": "editor", "departments": []}
    link = made("/v1/invitations", invited)["link"]
    return {
        "map": key,
        "dashboard": str(board["id"]),
        "import": str(file.raise_for_status().json()["id"]),
        "invited": link.partition("token=")[2],
        "person": "user_id:4711",
    }


def _worked_on(made: Any, client: httpx.Client, key: str) -> None:
    """A weak point with an improvement, a task, a nomination and a hypothesis of the map."""
    stages = client.get(f"/v1/maps/{key}/draft").raise_for_status().json()["stages"]
    touchpoint = stages[0]["touchpoints"][0]["key"]
    place = {"touchpoint": touchpoint}
    made(f"/v1/maps/{key}/tasks", place | {"text": "Ask three buyers what they searched for"})
    scores = {"effort": 2, "customer_value": 5, "business_value": 4}
    weak = {"map": key, "touchpoint": touchpoint, "title": "Nobody answers in the evening"}
    point = made("/v1/opportunities", weak | scores)["id"]
    made("/v1/improvements", {"opportunity": point, "title": "Answer chats within four hours"})
    said = {"text": "Callers ask how loud it is", "times_a_week": 12, "map": key}
    made("/v1/nominations", said | {"touchpoint": touchpoint})
    claim = {"claim": "A third of those who fill a cart order within three days"}
    rules = {"entered": "product_added", "reached": "order_completed", "within_days": 3}
    made("/v1/hypotheses", claim | rules | {"number": 0.33})


PERSONA = {
    "name": "The careful buyer",
    "summary": "Reads the reviews, asks before she buys, and comes back when she was answered.",
    "goals": ["A cat that drinks enough", "No noise at night"],
    "needs": ["A clear answer before she pays"],
    "motives": ["Her cat was ill last year"],
    "expectations": ["An answer within a day"],
    "verbatims": [{"text": "Is it quiet at night?", "source": "Chat"}],
    "rule": ASKED,
}
NOTES = ("Sees an ad", "Compares prices", "Asks in the chat", "Orders", "Cleans it", "Buys filters")
IDEAS = {
    "format": "desireline.map/1",
    "key": "ideas",
    "name": "Filters by subscription",
    "kind": "hypothesis",
    "goal": {"statement": "Fresh filters without thinking of them", "outcome": ORDERED},
    "notes": [
        {"key": f"n{i}", "text": text, "x": 40 + i % 3 * 200, "y": 40 + i // 3 * 160}
        for i, text in enumerate(NOTES)
    ],
}
CALLS = """\
user_id,timestamp,event,minutes
4711,2026-03-10 08:00,call_taken,4
4712,2026-03-10 08:20,call_taken,11
4713,2026-03-10 09:05,call_missed,0
"""
