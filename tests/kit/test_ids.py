"""Ids: they sort by time, and the halves are the whole."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kit.clock import SetClock, SystemClock
from desireline.kit.ids import LATEST, IdUnreadable, read_uuid, uuid7

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


class TestRead:
    @given(st.uuids())
    def test_takes_what_is_written(self, uuid: UUID) -> None:
        assert read_uuid(str(uuid)) == read_uuid(str(uuid).upper()) == uuid

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "order-17",
            "0192f3a07c1e7b3a9f2e3d5c1a2b4c6d",
            "{0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d}",
            "urn:uuid:0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d",
            "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d ",
            "0192f3a07c1e-7b3a-9f2e-3d5c1a2b4c6d-",
            "\u0660192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6",
        ],
    )
    def test_refuses_the_rest(self, text: str) -> None:
        with pytest.raises(IdUnreadable, match="is no UUID") as caught:
            read_uuid(text)
        assert caught.value.hint
