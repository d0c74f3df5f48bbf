"""A log on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.log.importing.logs import ImportLog, import_log


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[ImportLog]:
    """An empty log."""
    made = import_log(database_url, tmp_path)
    yield made
    made.segments.db.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[ImportLog]:
    """Another one, on SQLite."""
    made = import_log(f"sqlite:///{tmp_path}/other/desireline.db", tmp_path / "other")
    yield made
    made.segments.db.close()
