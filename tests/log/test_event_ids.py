"""Ids of events: sixteen bytes, and the two halves that the database keeps."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kit.ids import from_halves
from desireline.log.event_ids import halves, id_of, ids_of, text_of

SMALLEST, LARGEST = -(2**63), 2**63 - 1


class TestHalves:
    @given(st.lists(st.uuids()))
    def test_give_the_same_ids_again(self, uuids: list[UUID]) -> None:
        ids = [uuid.bytes for uuid in uuids]
        high, low = halves(ids)
        assert high.dtype == low.dtype == np.int64
        assert ids_of(high, low) == ids
        assert [
            from_halves(*pair) for pair in zip(high.tolist(), low.tolist(), strict=True)
        ] == uuids

    @pytest.mark.parametrize(
        ("text", "pair"),
        [
            ("00000000-0000-0000-0000-000000000001", (0, 1)),
            ("00000000-0000-0001-8000-000000000000", (1, SMALLEST)),
            ("7fffffff-ffff-ffff-7fff-ffffffffffff", (LARGEST, LARGEST)),
            ("ffffffff-ffff-ffff-ffff-ffffffffffff", (-1, -1)),
        ],
    )
    def test_by_hand(self, text: str, pair: tuple[int, int]) -> None:
        high, low = halves([UUID(text).bytes])
        assert (high[0], low[0]) == pair
        assert str(from_halves(*pair)) == text


class TestText:
    @given(st.uuids())
    def test_of_a_uuid_is_its_own_in_small_letters(self, uuid: UUID) -> None:
        for sent in (str(uuid), str(uuid).upper(), uuid.hex, uuid.hex.upper()):
            id_ = id_of(sent)
            assert id_ == uuid.bytes
            assert text_of(id_, sent) == text_of(id_) == str(uuid)
