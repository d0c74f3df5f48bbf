"""Collects the figures of the reliability tests and prints them at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

Report = Callable[[str, object], None]


@pytest.fixture
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether there is time: `make reliability`."""
    return bool(request.config.getoption("--at-length"))


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
