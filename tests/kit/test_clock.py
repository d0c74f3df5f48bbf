"""The clock: microseconds since 1970 UTC."""

from __future__ import annotations

import time

from desireline.kit.clock import SetClock, SystemClock


class TestNow:
    def test_is_that_of_the_machine(self) -> None:
        before = time.time()
        now = SystemClock().now()
        assert before * 1e6 - 1 <= now <= time.time() * 1e6 + 1

    def test_stands_until_it_is_moved(self) -> None:
        clock = SetClock(5)
        assert (clock.now(), clock.now()) == (5, 5)
        clock.move(2)
        assert clock.now() == 7
