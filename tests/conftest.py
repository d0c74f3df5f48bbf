"""Settings that hold for every test, and the two databases that all tests of the log run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.databases import PostgresServer, postgres_server

# The first call of a kernel compiles it, which no deadline should count.
settings.register_profile("desireline", deadline=None)
settings.load_profile("desireline")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--at-length`: as often as docs/reliability.md says, not only as often as is quick."""
    parser.addoption("--at-length", action="store_true", help="the reliability tests at length")


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
