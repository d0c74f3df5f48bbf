"""A database with all tables, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import PostgresServer, ready

from desireline.kit.clock import SetClock
from desireline.kit.database import Database

NOON = 1_750_000_000_000_000


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    database = ready(database_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def many_urls(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """A dozen empty databases of one kind."""
    if request.param == "sqlite":
        return [f"sqlite:///{tmp_path}/{n}.db" for n in range(12)]
    server: PostgresServer = request.getfixturevalue("postgres")
    return [server.new_database() for _ in range(12)]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)
