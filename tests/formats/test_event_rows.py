"""Columns of codes combined: each row keeps what it said, whatever is put together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.formats.event_rows import combining
from desireline.formats.event_rows.combining import Dense, combined, dense

COLUMNS = st.integers(0, 30).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(-1, 9), min_size=rows, max_size=rows), min_size=1, max_size=5
    )
)


def said(columns: list[Dense], row: int) -> dict[int, int]:
    """What a row has in each column, read from the groups."""
    found = {}
    for group in combined(columns):
        own = group.own[row]
        assert 0 <= own < group.count
        for column, codes in group.members:
            found[column] = int(codes[own])
    return found


@given(COLUMNS)
def test_a_row_has_in_the_groups_what_it_has_in_the_columns(codes: list[list[int]]) -> None:
    columns = [dense(np.array(column, np.int64), 10) for column in codes]
    for row in range(len(codes[0])):
        assert said(columns, row) == {i: int(c.own[row]) for i, c in enumerate(columns)}
        for column, told in zip(columns, codes, strict=True):
            own = column.own[row]
            assert (column.met[own] if own >= 0 else -1) == told[row]


def test_columns_of_many_values_stay_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combining, "MOST_COMBINED", 20)
    rng = np.random.default_rng(1)
    columns = [dense(rng.integers(-1, n, 500), n) for n in (3, 400, 4, 2)]
    groups = combined(columns)
    assert [sorted(column for column, _ in group.members) for group in groups] == [[0, 3], [2], [1]]
