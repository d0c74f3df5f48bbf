"""Transactions that others wait for take as many rows as fit into a hundredth of a second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desireline.log.pacing import FIRST_ROWS, GROWTH, LEAST_ROWS, MOST_SECONDS, Pace

MOST = 1_000


def after(pace: Pace, seconds_a_row: float, transactions: int) -> list[int]:
    """The rows of so many transactions whose rows cost so much."""
    sizes = []
    for _ in range(transactions):
        sizes.append(pace.rows())
        pace.learn(sizes[-1], sizes[-1] * seconds_a_row)
    return sizes


def test_what_is_much_work_is_done_in_few_rows() -> None:
    assert after(Pace(MOST), MOST_SECONDS / 100, 3) == [FIRST_ROWS, 100, 100]


def test_what_is_no_work_grows_by_steps_to_the_most() -> None:
    assert after(Pace(MOST), 0.0, 4) == [FIRST_ROWS, GROWTH * FIRST_ROWS, MOST, MOST]


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(1, MOST))
def test_there_is_always_something_done_and_never_too_much(costs: list[float], most: int) -> None:
    pace = Pace(most)
    for cost in costs:
        after(pace, cost, 1)
        assert min(LEAST_ROWS, most) <= pace.rows() <= most
