"""Servers for the reliability tests, which are killed, starved and cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.reliability.service import Service

NewService = Callable[..., Service]


@pytest.fixture
def new_service() -> Iterator[NewService]:
    """Makes servers, and ends those that a failing test has left behind."""
    made: list[Service] = []

    def new(*args: Any, **options: Any) -> Service:
        made.append(Service(*args, **options))
        return made[-1]

    yield new
    for one in made:
        one.end()
