"""Settings that hold for every test, and the two databases that all tests of the log run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings
from tests.databases import PostgresServer, postgres_server
from tests.promises import Report, gather, keep, select_tests

# The first call of a kernel compiles it, which no deadline should count.
settings.register_profile("desireline", deadline=None)
settings.load_profile("desireline")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--at-length`: as often as docs/reliability.md says, not only as often as is quick."""
    parser.addoption("--at-length", action="store_true", help="the reliability tests at length")
    parser.addoption(
        "--promise",
        action="append",
        default=[],
        metavar="NAME",
        help="only the tests of a promise of docs/reliability.md, such as R-KILL, or all",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`--promise` leaves the tests of that promise."""
    select_tests(config, items)


def pytest_terminal_summary(
    terminalreporter: TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Prints the figures that tests have reported; those of a run at length are kept."""
    found = gather(terminalreporter.stats)
    figures = [(name, figure) for name, kept in found.items() for figure in kept.figures]
    if figures:
        terminalreporter.section("Reliability")
        for name, figure in figures:
            terminalreporter.write_line(f"{name:<12} {figure}")
    asked = config.getoption("--promise")  # of others only some tests may have run
    if config.getoption("--at-length"):
        keep({name: kept for name, kept in found.items() if {"all", name} & set(asked)})


@pytest.fixture
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether there is time: `make reliability`."""
    return bool(request.config.getoption("--at-length"))


@pytest.fixture
def report(record_property: Report) -> Report:
    """Takes the name of a promise and the figures that the test saw."""
    return record_property


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One running PostgreSQL for all tests of a process; a test that kills it makes its own."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desireline.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()
