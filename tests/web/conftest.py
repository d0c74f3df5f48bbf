"""One Chromium, and one server, for all files of specs that a process runs in a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running, walks
from tests.web.browsing import close_shared, shared_browser

HERE = Path(__file__).parent
WALKERS = 400
"""Of whom half fill a cart."""


@pytest.fixture
def browser() -> Browser:
    """A browser; what a test does in it belongs into a context of its own."""
    return shared_browser()


@pytest.fixture
def walked(tmp_path_factory: pytest.TempPathFactory) -> Running:
    """A server with events of `WALKERS` people, for specs that make maps of their own there."""
    if not _WALKED:
        server = _HELD.enter_context(running(tmp_path_factory.mktemp("walked") / "w"))
        ready(server.client)
        server.client.post("/v1/batch", json={"batch": walks(WALKERS)}).raise_for_status()
        caught_up(server.client)
        _WALKED.append(server)
    return _WALKED[0]


_HELD = ExitStack()
_WALKED: list[Running] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """Where no spec follows, both end: `asyncio.run` of other tests cannot go beside a browser."""
    yield
    if nextitem is None or HERE not in nextitem.path.parents:
        close_shared()
        _WALKED.clear()
        _HELD.close()
