"""Maps that the specs of the editor draw in, and how they go about on its canvas."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page
from tests.server.processes import Running

SAVED = "[data-saved=saved]"
Json = dict[str, Any]


def event(name: str) -> Json:
    """A rule: events of this type."""
    return {"type": "event", "in": [name]}


def small_map(key: str) -> Json:
    """A small map: two stages, three touchpoints, two lanes."""
    touchpoints = {
        "look": ("Looks", "page_viewed"),
        "cart": ("Cart", "cart_filled"),
        "order": ("Order", "order_completed"),
    }
    said = {k: {"key": k, "name": n, "rule": event(e)} for k, (n, e) in touchpoints.items()}
    return {
        "format": "desireline.map/1",
        "key": key,
        "name": key.title(),
        "goal": {"statement": "A cat that drinks", "outcome": event("order_completed")},
        "stages": [
            {"key": "before", "name": "Before", "touchpoints": [said["look"]]},
            {"key": "buying", "name": "Buying", "touchpoints": [said["cart"], said["order"]]},
        ],
        "lanes": [
            {
                "key": "think",
                "kind": "think",
                "name": "Think",
                "cells": {"cart": {"text": "Loud?"}},
            },
            {"key": "pain", "kind": "pain", "name": "Pain"},
        ],
    }


def made(server: Running, key: str, *, publish: bool = False) -> str:
    """A map of that key; the address of its editor.

    Where a test is run again on its server, the draft is as it was at first; what the map has
    beside a draft (versions, an owner, comments) stays, so a test of these takes a new key.
    """
    draft = f"/v1/maps/{key}/draft"
    known = server.client.get(draft).headers.get("etag")
    put = server.client.put(
        draft, json=small_map(key), headers={} if known is None else {"if-match": known}
    ).raise_for_status()
    if publish:
        seen = {"if-match": put.headers["etag"]}
        server.client.post(f"/v1/maps/{key}/publish", headers=seen).raise_for_status()
    return f"{server.address}/maps/{key}/edit"


def draft_of(server: Running, key: str) -> Json:
    """The draft as the server has it."""
    return dict(server.client.get(f"/v1/maps/{key}/draft").json())


def way_of(server: Running, key: str) -> str:
    """The stages and touchpoints of a draft, by their keys."""
    stages = draft_of(server, key)["stages"]
    return "; ".join(f"{s['key']}: {' '.join(t['key'] for t in s['touchpoints'])}" for s in stages)


def stands_on(page: Page, cell: str) -> None:
    """Waits until the keyboard is there."""
    page.wait_for_selector(f"[data-cell='{cell}']:focus")


def go_on(page: Page, cell: str) -> None:
    """Puts the keyboard there."""
    page.locator(f"[data-cell='{cell}']").focus()


def menu_item(page: Page, cell: str, item: str) -> None:
    """Does what the menu of a cell offers."""
    go_on(page, cell)
    page.keyboard.press(".")
    page.get_by_role("menuitem", name=item).click()


def changed_by_ben(server: Running, key: str, change: Json) -> None:
    """A change by somebody else, who has read the draft a moment ago."""
    base = int(server.client.get(f"/v1/maps/{key}/draft").headers["etag"].strip('"'))
    sent = {"base_revision": base, "session": "ben", "changes": [change]}
    server.client.post(f"/v1/maps/{key}/draft/changes", json=sent).raise_for_status()
