"""A log for each test, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.log.index.factories import Log, new_log


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    """An empty log with six subjects: account, device, mail, account, device, mail."""
    made = new_log(database_url, tmp_path)
    made.add_subjects("user_id", "anonymous_id", "email", "user_id", "anonymous_id", "email")
    yield made
    made.close()
