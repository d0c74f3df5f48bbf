"""A shop of somebody else with our tracker on it: its pages, its visitors, what came of them."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, Request
from sqlalchemy import text
from tests.server.processes import Running, ready, running
from tests.test_docs import ROOT, blocks

from desireline.kit.database import Database

Json = dict[str, Any]
PATIENCE_SECONDS = 30.0
QUIET_SECONDS = 1.5
"""Longer than the first event of a batch waits for others."""
FREE = {"consent": "not_required"}
HIDE = """() => {
    Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
    document.dispatchEvent(new Event("visibilitychange", {bubbles: true}));
}"""
_numbers = count()
FORM = """
<button id="offer" data-desireline="Discount Opened" data-desireline-colour="white"
 data-desireline-product-id="f2"><b>10 %</b></button>
<div onclick="event.stopPropagation()"><a id="deaf" href="#x" data-desireline="link">x</a></div>
<p id="plain">nothing</p><div id="host"></div>
<form name="newsletter" onsubmit="return false"><input name="id" value="field-secret-1">
 <input name="name" value="field-secret-2"><input type="password" name="p" value="field-secret-3">
 <button id="send">Send</button></form>
<form id="quiz" action="/done" method="post" data-desireline="Quiz Answered" data-desireline-n="3">
 <input name="q" value="field-secret-4" required><button id="answer">Go</button></form>
<script>document.querySelector("#host").attachShadow({mode: "open"}).innerHTML =
 '<button data-desireline="shadowed">s</button>'</script>"""
"""A page with everything that can be marked."""
SNIPPET = next(block for block in blocks(ROOT / "docs/tracker.md", "html") if "<script>" in block)
"""The very lines that docs/tracker.md tells people to paste."""
SOURCE, OPTIONS = '"https://events.example.com/t.js"', '{\n    writeKey: "wk_0000",\n  }'
BODY = """<h1>Cat fountains</h1><p style="height: 3000px">Water that runs.</p>"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,">{snippet}<script>{calls}</script></head><body>{body}</body></html>"""


def snippet_for(source: str, options: Json) -> str:
    """The snippet of the page about it, with an address and settings filled in."""
    assert SNIPPET.count(SOURCE) == SNIPPET.count(OPTIONS) == 1
    return SNIPPET.replace(SOURCE, json.dumps(source)).replace(OPTIONS, json.dumps(options))


@dataclass
class Site:
    """A web server of its own, and so another origin than the one that events go to."""

    address: str
    tracker: str
    """Where the script comes from."""
    options: Json
    body: str = BODY
    calls: str = ""
    """Run right after the snippet, mostly before the tracker is there."""

    def page(self, path: str) -> str:
        """What stands at an address."""
        title = f"Shop {path.partition('?')[0]}"
        snippet = snippet_for(self.tracker, self.options)
        return PAGE.format(title=title, snippet=snippet, calls=self.calls, body=self.body)


@contextmanager
def site(server_address: str, write_key: str, **options: Any) -> Iterator[Site]:
    """A shop at `localhost`, while the server is at `127.0.0.1`."""
    made: list[Site] = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = made[0].page(self.path).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as shop:
        address = f"http://localhost:{shop.server_port}"
        made.append(Site(address, f"{server_address}/t.js", {"writeKey": write_key, **options}))
        thread = threading.Thread(target=shop.serve_forever)
        thread.start()
        try:
            yield made[0]
        finally:
            shop.shutdown()
            thread.join()


@dataclass
class Visit:
    """A visitor's browser, and every event that left it."""

    context: BrowserContext
    site: Site
    sent: list[Json] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """A new tab."""
        page = self.context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.site.address}{path}")
        page.wait_for_function("!Array.isArray(window.desireline.calls)")
        return page

    def note(self, request: Request) -> None:
        """Notes what is sent."""
        if request.method != "POST" or not request.url.endswith("/v1/batch"):
            return
        self.requests.append(request)
        self.sent += json.loads(request.post_data or "{}")["events"]

    def rest(self, seconds: float = QUIET_SECONDS) -> None:
        """Time goes by, and what the browser tells meanwhile is heard."""
        pages = self.context.pages
        page = pages[0] if pages else self.context.new_page()
        page.wait_for_timeout(1000 * seconds)
        if not pages:
            page.close()

    def until(self, holds: Callable[[], bool]) -> None:
        """Returns as soon as it is so."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"it did not come to hold in time: {self.complaints}"
            self.rest(0.1)

    def ids(self) -> set[UUID]:
        """Of everything that pages sent while they were there."""
        return {UUID(event["id"]) for event in self.sent}

    def kept(self) -> list[str]:
        """The names under which the tracker stores something."""
        return [name for name in self.stored() if name.startswith("desireline")]

    def stored(self) -> Json:
        """What is in the browser's storage of this site, cookies too."""
        page = self.context.new_page()
        page.goto(f"{self.site.address}/bare")
        found = page.evaluate("({...localStorage, ...sessionStorage})")
        page.close()
        cookies = self.context.cookies()
        assert cookies == []
        return dict(found)


@contextmanager
def visit(browser: Browser, shop: Site, *scripts: str, **settings: Any) -> Iterator[Visit]:
    """A visitor whom nobody knows. The scripts run in each of her pages before anything else."""
    context = browser.new_context(locale="en-GB", **settings)
    for script in scripts:
        context.add_init_script(script)
    found = Visit(context, shop)
    context.on("request", found.note)
    # A page without the tracker, to look at what others have left.
    context.route("**/bare", lambda route: route.fulfill(body="<p>bare", content_type="text/html"))
    try:
        yield found
    finally:
        context.close()


@dataclass
class Logged:
    """An event of the log."""

    position: int
    id: UUID
    type: str
    subject: tuple[str, str]
    identifiers: Json
    properties: Json
    context: Json
    row: Json


SELECT = (
    "SELECT e.*, s.kind AS subject_kind, s.value AS subject_value FROM event e"
    " JOIN subject s ON s.id = e.subject ORDER BY position"
)


def logged(folder: Path) -> list[Logged]:
    """All events of the tail of another process, in the order of their commits."""
    with closing(sqlite3.connect(folder / "desireline.db")) as db:
        db.row_factory = sqlite3.Row
        return [_event(dict(row)) for row in db.execute(SELECT)]


def logged_here(db: Database) -> list[Logged]:
    """The same of this process.

    It must not open the file by a second library: closing that would drop the locks of the first.
    """
    with db.reading() as look:
        return [_event(dict(row)) for row in look.execute(text(SELECT)).mappings()]


def types(events: list[Logged]) -> list[str]:
    """What happened, in the order of the times."""
    return [event.type for event in sorted(events, key=lambda e: (e.row["at"], e.position))]


def _event(row: Json) -> Logged:
    half = 2**64
    return Logged(
        row["position"],
        UUID(int=(row["id_hi"] % half) << 64 | row["id_lo"] % half),
        row["type"],
        (row["subject_kind"], row["subject_value"]),
        json.loads(row["identifiers"] or "{}"),
        json.loads(row["properties"] or "{}"),
        json.loads(row["context"] or "{}"),
        row,
    )


@dataclass
class Shop:
    """A site with a source of its own."""

    site: Site
    name: str
    read: Callable[[], list[Logged]]
    """Gives all events of the log."""

    def log(self) -> list[Logged]:
        """What the log holds of it."""
        return [event for event in self.read() if event.row["source"] == self.name]

    def wait(self, guest: Visit, holds: Callable[[list[Logged]], bool]) -> list[Logged]:
        """What the log holds of it, as soon as it is as wanted."""
        guest.until(lambda: holds(self.log()))
        return self.log()

    def settled(self, guest: Visit) -> list[Logged]:
        """The log, when it has all that was sent; each event once."""
        guest.rest(0.2)
        events = self.wait(guest, lambda found: guest.ids() <= {event.id for event in found})
        assert len({event.id for event in events}) == len(events)
        return events


@dataclass
class Hub:
    """A server and its folder."""

    server: Running
    folder: Path

    @contextmanager
    def shop(self, **options: Any) -> Iterator[Shop]:
        """A shop whose events come here."""
        with shop_of(self.server.client, partial(logged, self.folder), **options) as found:
            yield found


@contextmanager
def shop_of(
    client: httpx.Client, read: Callable[[], list[Logged]], **options: Any
) -> Iterator[Shop]:
    """A shop with a new source of the server that the client asks."""
    name = f"shop-{next(_numbers)}"
    made = client.post("/v1/sources", json={"name": name})
    assert made.status_code == 201, made.text
    address = str(client.base_url).rstrip("/")
    with site(address, made.json()["write_key"], **options) as found:
        yield Shop(found, name, read)


@contextmanager
def hub_in(folder: Path, *words: str) -> Iterator[Hub]:
    """A server that is ready."""
    with running(folder, *words) as server:
        ready(server.client)
        yield Hub(server, folder)
