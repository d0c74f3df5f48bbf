"""Which clients are tried, and how each is run: unmodified, as their users install them."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Request
from tests.clients.environments import HERE, MODULES, NODE, PYTHON, node_environ

PROGRAMS = HERE / "programs"
PATIENCE_SECONDS = 60
GATHER_SECONDS = 3.5
"""Clients in browsers gather events for up to three seconds before they send."""
LONG_SECONDS = 8.0


class ClientFailed(Exception):
    """A client's program ended badly."""


@dataclass(frozen=True)
class Client:
    """One client in one language."""

    name: str
    """Of its package."""
    program: str
    """The file in `programs` that uses it as its own manual says."""
    protocol: str
    script: str = ""
    """Of a browser's client: its file in the package."""

    @property
    def source(self) -> str:
        """The source that its events are sent under."""
        return self.program.partition(".")[0].replace("_", "-")

    @property
    def place(self) -> str:
        """Where it runs."""
        if self.script:
            return "browser"
        return "Python" if self.program.endswith(".py") else "Node"

    def version(self) -> str:
        """What is installed."""
        if self.place == "Python":
            told = f"from importlib.metadata import version; print(version({self.name!r}))"
            return _run([PYTHON, "-c", told]).strip()
        package = json.loads((MODULES / self.name / "package.json").read_text())
        return str(package["version"])


CLIENTS = (
    Client("segment-analytics-python", "segment_python.py", "Segment"),
    Client("@segment/analytics-node", "segment_node.mjs", "Segment"),
    Client("@segment/analytics-next", "segment_browser.js", "Segment", "dist/umd/index.js"),
    Client("rudder-sdk-python", "rudder_python.py", "RudderStack"),
    Client("@rudderstack/rudder-sdk-node", "rudder_node.mjs", "RudderStack"),
    Client(
        "@rudderstack/analytics-js",
        "rudder_browser.js",
        "RudderStack",
        "dist/npm/modern/bundled/umd/index.js",
    ),
    Client("posthog", "posthog_python.py", "PostHog"),
    Client("posthog-node", "posthog_node.mjs", "PostHog"),
    Client("posthog-js", "posthog_browser.js", "PostHog", "dist/array.full.no-external.js"),
    Client("snowplow-tracker", "snowplow_python.py", "Snowplow"),
    Client("@snowplow/browser-tracker", "snowplow_browser.js", "Snowplow", "dist/index.umd.min.js"),
    Client("matomo", "matomo_python.py", "Matomo"),
    Client("matomo-tracker", "matomo_node.mjs", "Matomo"),
)


def run_program(client: Client, address: str, key: str, count: int) -> None:
    """Runs a client on a server. Raises ClientFailed."""
    program = PROGRAMS / client.program
    if client.place == "Python":
        _run([PYTHON, program, address, key, str(count)])
        return
    # A module is looked for from where its program lies, so the program lies beside the modules.
    beside = MODULES.parent / client.program
    beside.write_text(program.read_text())
    _run([NODE / "node", beside, address, key, str(count)])


def run_page(client: Client, browser: Browser, address: str, key: str, count: int) -> list[str]:
    """Runs a client in a page of another site; what the page complained about. ClientFailed."""
    scripts = (MODULES / client.name / client.script, PROGRAMS / client.program)
    with site([script.read_text() for script in scripts]) as site_address:
        context = browser.new_context()
        page = context.new_page()
        traffic = Traffic(page)
        page.goto(site_address)
        page.evaluate("([a, k, n]) => window.run(a, k, n)", [address, key, count])
        traffic.settle()
        context.close()
    return traffic.complaints


class Traffic:
    """What a page sends, and what went wrong."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self._page = page
        self._open = 0
        self._last = time.monotonic()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda _: self._count(1))
        page.on("requestfinished", self._finished)
        page.on("requestfailed", self._failed)

    def settle(self) -> None:
        """Returns when nothing was sent or answered for longer than clients gather.

        Of a request that a page leaves behind (`keepalive`) the browser may not tell the end, so
        what seems to be under way is waited for a while, and not for ever.
        """
        while (quiet := time.monotonic() - self._last) < LONG_SECONDS:
            if not self._open and quiet > GATHER_SECONDS:
                return
            self._page.wait_for_timeout(100)

    def _count(self, change: int) -> None:
        self._open += change
        self._last = time.monotonic()

    def _finished(self, request: Request) -> None:
        self._count(-1)
        response = request.response()
        if response is None or response.status >= 400:
            self.complaints.append(f"{request.url}: {response and response.status}")

    def _failed(self, request: Request) -> None:
        self._count(-1)
        self.complaints.append(f"{request.url}: {request.failure}")


@contextmanager
def site(scripts: list[str]) -> Iterator[str]:
    """A shop's page with these scripts, at an origin of its own."""
    tags = "".join(f'<script src="/{n}.js"></script>' for n in range(len(scripts)))
    page = f"<!doctype html><title>Shop</title>{tags}"
    texts = {f"/{n}.js": text for n, text in enumerate(scripts)}

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = texts.get(self.path, page)
            kind = "text/javascript" if self.path in texts else "text/html"
            self.send_response(200)
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def _run(command: list[str | Path]) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=node_environ(),
        timeout=PATIENCE_SECONDS,
    )
    if done.returncode:
        raise ClientFailed(f"{command[1]}: {done.stderr[-3000:]}{done.stdout[-1000:]}")
    return done.stdout
