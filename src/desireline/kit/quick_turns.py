"""How soon a thread that waits for Python's lock may have it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SECONDS = 1e-4
"""Instead of Python's own 5 ms."""

_guard = Lock()
_usual: list[float] = []
"""What it was before each of those who are within."""


@contextmanager
def quick_turns() -> Iterator[None]:
    """Meanwhile all threads hand on Python's lock quickly.

    For work that lets go of the lock some hundred times, as each statement and each large array
    does, beside threads that are always busy: each time it would wait 5 ms to have it back, and an
    index of 0.3 s took 1.4. Not for good: answers to single events, which go from thread to thread,
    came a fifth slower.
    """
    with _guard:
        _usual.append(sys.getswitchinterval())
        sys.setswitchinterval(SECONDS)
    try:
        yield
    finally:
        with _guard:
            usual = _usual.pop()
            if not _usual:
                sys.setswitchinterval(usual)
