"""A log on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.log.segments.logs import Log, new_log


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    """An empty log."""
    made = new_log(database_url, tmp_path)
    yield made
    made.db.close()
