"""Settings that hold for every test, and the two databases that all tests of the log run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings
from tests.databases import CARELESS, OPTIONS, PostgresServer, postgres_server
from tests.promises import Report, gather, keep, select_tests

# Neither the first call of a kernel, which compiles it, nor a machine that is busy is a fault of
# what is tested; how long it takes to draw an example is measured by the clock on the wall.
settings.register_profile("desireline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desireline")

SLOWEST_FIRST = (
    "tests/test_docs.py",
    "tests/web/",
    "tests/clients/",
    "tests/cluster/",
    "tests/test_bench.py",
    "tests/log/index/",
    "tests/log/segments/",
    "tests/reliability/",
    "tests/server/",
    "tests/engine/test_compiled.py",
)
"""What takes long for its number of tests is handed out first: at the end one worker would sit over
it, and the others be idle."""


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
    """`--promise` leaves the tests of that promise; what takes long comes first."""
    items.sort(key=_turn)
    select_tests(config, items)


def _turn(item: pytest.Item) -> int:
    found = (n for n, place in enumerate(SLOWEST_FIRST) if item.nodeid.startswith(place))
    return next(found, len(SLOWEST_FIRST))


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
    with postgres_server(f"{OPTIONS} {CARELESS}") as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database, once of each kind: PostgreSQL with tables, SQLite not there yet.

    `ready` opens it with its tables, and `house` makes a workspace of it.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/desireline.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.migrated_database()
    yield url
    server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/desireline.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.drop(url)
