"""Ids: they sort by time, and the halves are the whole."""

from __future__ import annotations

from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from desireline.kit.clock import SetClock, SystemClock
from desireline.kit.ids import LATEST, uuid7

SMALLEST, LARGEST = -(2**63), 2**63 - 1


class TestUuid7:
    def test_is_a_uuid_of_version_7(self) -> None:
        uuid = uuid7(SystemClock())
        assert (uuid.version, uuid.variant) == (7, RFC_4122)

    def test_holds_the_milliseconds(self) -> None:
        # The example of RFC 9562, appendix A.6.
        uuid = uuid7(SetClock(0x017F22E279B0 * 1000))
        assert str(uuid).startswith("017f22e2-79b0-7000-")

    def test_differs_each_time(self) -> None:
        clock = SetClock(1)
        assert len({uuid7(clock) for _ in range(1000)}) == 1000

    @given(st.integers(0, LATEST), st.integers(0, LATEST))
    def test_sorts_by_microseconds(self, a: int, b: int) -> None:
        one, other = uuid7(SetClock(a)), uuid7(SetClock(b))
        if a != b:
            assert (one < other) == (a < b)
        assert (str(one) < str(other)) == (one < other)

    @given(st.integers(SMALLEST, LARGEST))
    def test_is_made_at_any_time(self, now: int) -> None:
        assert uuid7(SetClock(now)).version == 7
