"""Whose events they are: ids as they stand, in whatever type."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.formats.reading_cases import DAY, csv_of, set_aside, written

from desireline.formats.reading import read


class TestIds:
    @pytest.mark.parametrize(
        ("names", "whole"),
        [
            (["1", "20", "-3"], True),
            (["1", "007"], False),
            (["1", "+2"], False),
            (["1", "99999999999999999999"], False),
            (["1", "a"], False),
        ],
    )
    def test_integers_stay_integers(self, tmp_path, names, whole):
        journeys = read(written(tmp_path, csv_of(*(f"{n},x,2020-01-01" for n in names))))
        assert list(journeys.ids) == names
        assert (journeys.ids.integers is not None) == whole

    def test_whole_numbers_that_pandas_made_floats(self):
        frame = pd.DataFrame({"case": [17850.0, None, 17850.0], "event": ["x", "y", None]})
        journeys = read(frame.assign(time=DAY))
        assert list(journeys.ids) == ["17850"]
        assert [row[:2] for row in set_aside(journeys)] == [(2, "case"), (3, "event")]

    def test_missing_as_pandas_writes_it(self):
        frame = pd.DataFrame({"case": ["a"] * 4, "event": ["x", None, np.nan, pd.NA]}, dtype=object)
        journeys = read(frame.assign(time=DAY))
        assert journeys.events == ("x",)
        assert journeys.provenance.set_aside == 3

    def test_a_number_for_each_row_is_doubted(self):
        journeys = read({"id": [1, 2], "event": ["x", "y"], "time": [DAY, DAY]})
        assert (
            "Every id has one event only: is it the case? See --case." in journeys.provenance.notes
        )

    def test_a_hundred_thousand_event_types(self):
        n = 100_000
        journeys = read(
            {"case": np.zeros(n, int), "event": [f"e{i}" for i in range(n)], "time": np.arange(n)}
        )
        assert journeys.code.dtype == np.uint32
        assert journeys.events[99_999] == "e99999"

    def test_bytes_an_event(self):
        n = 100_000
        journeys = read(
            {
                "case": np.arange(n) // 20,
                "event": np.arange(n) % 7,
                "time": np.arange(n),
                "channel": np.arange(n) % 3,
                "actor": np.arange(n) % 2,
                "value": np.arange(n) / 2,
            }
        )
        assert journeys.nbytes <= 16 * n + 32 * len(journeys)
