"""The application asks the server through the generated client alone."""

from __future__ import annotations

import re

import pytest
from tests.web.browsing import ROOT
from tests.web.documented import strangers

SOURCE = ROOT / "web/src"
STREAMS = {
    "features/maps/live/stream.ts": "figures and drafts of maps, the pulse of the log",
    "features/sources/use_arrivals.ts": "events as they come",
}
"""The files that open a stream: a generated client cannot."""
DIRECT = re.compile(r"\bfetch\(|XMLHttpRequest|sendBeacon|new WebSocket|new EventSource|axios")


def test_no_code_asks_by_itself() -> None:
    files = [*SOURCE.rglob("*.ts"), *SOURCE.rglob("*.tsx")]
    assert len(files) > 100
    found = {
        str(file.relative_to(SOURCE))
        for file in files
        if not {"tests", "api"} & set(file.parts[len(SOURCE.parts) :])
        and DIRECT.search(file.read_text(encoding="utf-8"))
    }
    assert found - STREAMS.keys() == set()


@pytest.mark.parametrize(
    ("method", "path", "known"),
    [
        ("GET", "/v1/maps/shop/figures", True),
        ("GET", "/v1/persons/user_id:u3", True),
        ("GET", "/app/assets/x.js", True),
        ("GET", "/maps/shop", True),
        ("GET", "/v1/nothing", False),
        ("DELETE", "/v1/maps/shop/figures", False),
        ("POST", "/elsewhere", False),
    ],
)
def test_strangers_are_told_from_routes(method: str, path: str, *, known: bool) -> None:
    assert (strangers([(method, f"http://127.0.0.1:1{path}")]) == set()) is known
