"""Python's lock goes from thread to thread quickly for as long as anybody asks for it."""

from __future__ import annotations

import sys
from contextlib import suppress

from desireline.kit.quick_turns import SECONDS, quick_turns


def test_the_interval_is_as_before_when_the_last_has_gone() -> None:
    usual = sys.getswitchinterval()
    first, second = quick_turns(), quick_turns()
    with suppress(ZeroDivisionError), quick_turns():
        raise ZeroDivisionError
    assert sys.getswitchinterval() == usual

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)  # who came first may go first
    assert sys.getswitchinterval() < SECONDS * 1.5
    second.__exit__(None, None, None)

    assert sys.getswitchinterval() == usual
