"""An empty log, once in SQLite and once in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.databases import ready

from desireline.kit.database import Database


@pytest.fixture
def log(database_url: str) -> Iterator[Database]:
    """A database with the tables of an empty log."""
    db = ready(database_url)
    yield db
    db.close()
