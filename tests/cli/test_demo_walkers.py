"""The demo's visitors before a server that is busy: a real one, of this file, that answers so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from desireline.cli import demo_walkers
from desireline.cli.demo_shop import DAY, Shop
from desireline.cli.demo_walkers import LATE, Walkers

NOW = 1_772_000_000_000_000
SILENT = 0
"""The status of an answer that never comes."""
END = "The simulated year is over; the map stays as it is."
PATIENCE_SECONDS = 30.0


@dataclass
class Door:
    """What a server answers next to a path, and the events that it has taken, each once."""

    trouble: dict[str, list[int]] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def answer(self, path: str, body: Any) -> tuple[int, Any]:
        """Status and body; what is sent to a silent server is taken all the same."""
        self.asked.append(path)
        for event in (body or {}).get("batch", ()):
            self.taken.setdefault(event["id"], len(self.taken))
        status = self.trouble[path].pop(0) if self.trouble.get(path) else 200
        said: dict[str, Any] = {
            "/v1/maps": {"maps": [{"key": "shop", "version": 1}]},
            "/v1/maps/shop/figures": {"figures": {"as_of": "2000-01-01T00:00:00Z"}},
        }
        return status, said.get(path, {})


@pytest.fixture
def door() -> Iterator[Door]:
    found = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        def _answer(self, body: Any) -> None:
            status, said = found.answer(self.path, body)
            if status == SILENT:
                found.closed.wait(PATIENCE_SECONDS)
                self.close_connection = True
                return
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_port}"
        yield found
        found.closed.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Waits that a test can wait for."""
    for name, seconds in (("ANSWER", 0.3), ("AGAIN", 0.01), ("BEAT", 0.001)):
        monkeypatch.setattr(demo_walkers, f"{name}_SECONDS", seconds)
    return monkeypatch


@pytest.fixture(scope="module")
def visitors() -> Shop:
    return Shop.simulated(60, 7, NOW)[0]


def _said(door: Door, shop: Shop) -> list[str]:
    """What the visitors say until they have come to an end."""
    said: list[str] = []
    ended = threading.Event()

    def tell(words: str) -> None:
        said.append(words)
        if words != LATE:
            ended.set()

    walkers = Walkers(shop, 30 * DAY, tell)
    walkers.start(door.address, lambda _: None)
    assert ended.wait(PATIENCE_SECONDS), door.asked
    walkers.stop()
    return said


@pytest.mark.usefixtures("hasty")
class TestWalkers:
    def test_ask_a_busy_server_again_and_say_nothing(self, door: Door, visitors: Shop) -> None:
        door.trouble = {
            "/v1/maps": [503],
            "/v1/maps/shop/figures": [SILENT],
            "/v1/batch": [SILENT, 429, 500],
        }
        assert _said(door, visitors) == [END]
        sent = [event["id"] for _, event in visitors.later(0)]
        assert len(sent) > 0
        assert list(door.taken) == sent, "none is lost, and they come in their order"
        assert door.asked.count("/v1/batch") >= 4

    def test_say_once_that_it_lasts(
        self, door: Door, visitors: Shop, hasty: pytest.MonkeyPatch
    ) -> None:
        hasty.setattr(demo_walkers, "LASTING_SECONDS", 0.0)
        door.trouble = {"/v1/maps": [503, 503], "/v1/batch": [SILENT, 503, 503]}
        assert _said(door, visitors) == [LATE, END]

    def test_stop_where_asking_again_is_no_use(self, door: Door, visitors: Shop) -> None:
        door.trouble = {"/v1/batch": [401]}
        [words] = _said(door, visitors)
        assert words.startswith("The visitors stopped: Client error '401")
        assert door.asked.count("/v1/batch") == 1
