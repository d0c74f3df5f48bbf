"""A house on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.modules.house import House, house


@pytest.fixture
def here(tmp_path: Path, database_url: str) -> Iterator[House]:
    """A running server, once on SQLite and once on PostgreSQL."""
    with house(tmp_path / "w", database_url) as found:
        yield found
