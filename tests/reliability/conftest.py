"""Collects the figures of the reliability tests and prints them at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from tests.reliability.service import Service

Report = Callable[[str, object], None]
NewService = Callable[..., Service]


@pytest.fixture
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether there is time: `make reliability`."""
    return bool(request.config.getoption("--at-length"))


@pytest.fixture
def new_service() -> Iterator[NewService]:
    """Makes servers, and ends those that a failing test has left behind."""
    made: list[Service] = []

    def new(*args: Any, **options: Any) -> Service:
        made.append(Service(*args, **options))
        return made[-1]

    yield new
    for one in made:
        one.end()


@pytest.fixture
def report(record_property: Report) -> Report:
    """Takes the name of a promise and the figures that the test saw."""
    return record_property


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The figures of every test that said some."""
    done = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])]
    figures = [figure for r in done if "reliability" in r.nodeid for figure in r.user_properties]
    if figures:
        terminalreporter.section("Reliability")
        for name, figure in figures:
            terminalreporter.write_line(f"{name:<12} {figure}")
