"""Takes the pictures of the docs from real pages: the application, the map as a file, public logs.

    python scripts/pictures.py [FOLDER WITH THE PUBLIC LOGS]

Needs Debian's chromium and the built application. The application shows the simulated shop of
`desireline demo`, while its visitors walk. Writes docs/images/*.png, but for sources.png, which
was taken of a server with clients; without the folder, also but for those of the public logs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

import desireline as dl

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
GOOGLE = "https://www.google.de/"
PERSONS = 20_000
PATIENCE_MS = 120_000
SETTLE_MS = 1_500
FRESH = "[data-fresh]:not([data-fresh='0'])"
ADDRESS = re.compile(r"(http://[^/\s]+)/maps/(\S+)")
LOGS = {
    "bpic2012": ("Loan applications (BPIC 2012)", "event_index"),
    "sepsis": ("Sepsis patients", "event_order"),
    "traffic_fines_sample": ("Traffic fines", "event_order"),
    "receipt_coselog": ("Permit applications, receipt phase", "event_index"),
}


@dataclass(frozen=True)
class Shot:
    """A picture: of which view, how large, in which colours.

    `shows` is what is waited for, `middle` what is brought to the middle of the view. In a view
    `{map}` is the key of the demo's map, `{person}` one of its visitors.
    """

    name: str
    view: str = ""
    width: int = 1280
    height: int = 820
    scheme: str = "light"
    shows: str = "main"
    middle: str = ""


FILE = (
    Shot("map"),
    Shot("map-dark", scheme="dark"),
    Shot("map-narrow", width=400, height=860),
    Shot("map-narrow-dark", width=400, height=860, scheme="dark"),
    Shot("flow", view="#view=flow"),
    Shot("funnel", view="#view=funnel"),
    Shot("journeys", view="#view=journeys"),
    Shot("panel", view="#open=product_added"),
)
STEPS = quote(json.dumps(["product_viewed", "product_added", "order_completed"]))
ANSWERED = "[role=status] p"
APP = (
    Shot("live", "/maps/{map}", shows=FRESH),
    Shot("live-dark", "/maps/{map}", scheme="dark", shows=FRESH),
    Shot("live-narrow", "/maps/{map}", width=400, height=860, shows=FRESH),
    Shot("live-narrow-dark", "/maps/{map}", width=400, height=860, scheme="dark", shows=FRESH),
    Shot("live-panel", "/maps/{map}#open=page_viewed", shows=FRESH),
    Shot("editor", "/maps/{map}/edit"),
    Shot("editor-dark", "/maps/{map}/edit", scheme="dark"),
    Shot("explore-funnel", f"/explore/funnel?steps={STEPS}", shows=ANSWERED),
    Shot("explore-funnel-dark", f"/explore/funnel?steps={STEPS}", scheme="dark", shows=ANSWERED),
    Shot(
        "explore-funnel-narrow",
        f"/explore/funnel?steps={STEPS}",
        width=400,
        height=860,
        shows=ANSWERED,
    ),
    Shot("explore-flow", "/explore/transitions", shows=ANSWERED),
    Shot("explore-retention", "/explore/retention", shows=ANSWERED),
    Shot("person", "/people/{person}", shows="h2"),
)
ANNS = "/people/user_id:4711?order=oldest"
STORY = (Shot("timeline", ANNS, height=900, shows="li[data-what]"),)
"""Ann, from an anonymous page over a chat and an order to a survey answer."""
FOUND = "main a[data-kind]"
COLOURS = (("", "light"), ("-dark", "dark"))
FINDINGS = (
    *(
        Shot(f"found{suffix}", "/maps/{map}#open=checkout_started", 1280, 900, scheme, FOUND)
        for suffix, scheme in COLOURS
    ),
    Shot("found-narrow", "/maps/{map}", 400, 860, shows=FOUND, middle=FOUND),
    *(
        Shot(f"{page}{suffix}", f"/maps/{{map}}/{page}", width, 860, scheme, "p[role=status]")
        for page in ("pains", "moments", "endings")
        for suffix, scheme, width in (
            *((suffix, scheme, 1280) for suffix, scheme in COLOURS),
            ("-narrow", "light", 400),
        )
    ),
)
"""What the log says of the map, on it and on the pages that say how it is known."""


@contextmanager
def opened(browser: Browser, address: str, shot: Shot) -> Iterator[Page]:
    """A page in a browser that has never been there."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture, once the page shows what it is for."""
    with opened(browser, address, shot) as page:
        page.wait_for_selector(shot.shows, timeout=PATIENCE_MS)
        if shot.middle:
            found = page.locator(shot.middle).first
            found.evaluate("element => element.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=IMAGES / f"{shot.name}.png")


def page_of(journeys: dl.Journeys, name: str, folder: Path) -> Path:
    """The page of some journeys' draft map."""
    living = journeys.bind(journeys.discover(name=name).journey_map)
    return dl.write_page(living.to_dict(), folder)[0].resolve()


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """Address and map of a running demo."""
    words = ["demo", "--port", "0", "--persons", str(PERSONS)]
    running = subprocess.Popen(
        [sys.executable, "-m", "desireline", *words], stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        found = next(filter(None, map(ADDRESS.search, running.stdout)))
        yield found[1], found[2]
    finally:
        running.terminate()
        running.wait()


def tell_of_ann(address: str) -> None:
    """The walk of docs/people.md, told to a running server that nobody owns yet."""
    fountain = {"category": "Cats", "name": "Fountain"}
    cookie, known = {"anonymous_id": "a-1"}, {"user_id": "4711", "email": "ann@example.com"}
    invoice = {"name": "invoice-1001.pdf", "type": "application/pdf", "bytes": 48_213}
    bought = {"order_id": "1001", "products": [fountain], "attachments": [invoice]}
    name = {"name": "Ann Miller", "plan": "gold"}
    walk: list[tuple[str, str, str, dict[str, str], dict[str, Any]]] = [
        ("03-01T18:00", "page_viewed", "web", cookie, {"path": "/", "referrer": GOOGLE}),
        ("03-01T18:04", "product_viewed", "web", cookie, {"path": "/fountain", **fountain}),
        ("03-01T18:09", "page_viewed", "web", cookie, {"path": "/fountain/reviews"}),
        ("03-02T09:00", "chat_started", "chat", cookie, {"text": "Is it quiet?"}),
        ("03-02T09:07", "chat_answered", "chat", cookie | known, {"text": "Like a cat."}),
        ("03-02T19:00", "identified", "web", cookie | known, name),
        ("03-02T19:02", "order_completed", "web", known, bought),
        ("03-04T10:00", "parcel_delivered", "", known, {"department": "sales"}),
        ("03-10T08:00", "call_taken", "phone", known, {"about": "How to clean it"}),
        ("03-20T08:00", "survey_answered", "e-mail", known, {"score": 9}),
    ]
    employees = ("chat_answered", "parcel_delivered")
    events = [
        {"type": type_, "at": f"2026-{at}:00Z", "identifiers": who, "properties": told}
        | ({"channel": channel} if channel else {})
        | ({"kind": "identify"} if type_ == "identified" else {})
        | ({"actor": "employee", "direction": "outbound"} if type_ in employees else {})
        | ({"value": 39.9, "currency": "EUR"} if type_ == "order_completed" else {})
        for at, type_, channel, who, told in walk
    ]
    body = json.dumps({"events": events}).encode()
    heads = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}/v1/events", body, heads)
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["failed"] == 0


def visitor(address: str) -> str:
    """Somebody who has ordered in these minutes."""
    with urllib.request.urlopen(f"{address}/v1/events/recent") as answer:
        events = json.load(answer)["events"]
    ordered = [event for event in events if event["type"] == "order_completed"]
    identifiers = (ordered or events)[0]["identifiers"]
    return quote(":".join(next(iter(identifiers.items()))))


def main(logs: Path | None) -> None:
    """All pictures."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shop = page_of(dl.simulate(), "Cat-fountain shop", Path(folder))
        for shot in FILE:
            take(browser, f"file://{shop}{shot.view}", shot)
        for log, (name, order) in LOGS.items() if logs else ():
            journeys = dl.read_events(logs / log / "events.parquet", order=order)
            page = page_of(journeys, name, Path(folder))
            take(browser, f"file://{page}", Shot(log, height=620, width=1600))
        with demo() as (address, key):
            tell_of_ann(address)
            person = ""
            for shot in (*FINDINGS, *STORY, *APP):
                if "{person}" in shot.view:  # by now visitors have come
                    person = visitor(address)
                view = shot.view.replace("{map}", key).replace("{person}", person)
                take(browser, address + view, shot)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
