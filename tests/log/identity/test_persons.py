"""person_of: which identifiers are one person, whatever the order in which links came."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.identity.oracle import connected, slow_persons

from desireline.log.identity.persons import (
    ROLE_RANK,
    Links,
    components,
    distinct,
    person_of,
    places,
    rank_of,
    refused,
)

KINDS = (
    *("user_id", "verified email", "verified phone", "email", "phone"),
    *("loyalty_card", "anonymous_id", "role"),
)


def rank(kind: str) -> int:
    """Of a kind of these tests."""
    verified, _, plain = kind.rpartition(" ")
    return ROLE_RANK if kind == "role" else rank_of(plain, verified=bool(verified))


def persons(kinds: list[str], links: dict[tuple[int, int], str]) -> list[int]:
    """The person of subjects 1, 2, ..."""
    subjects = np.arange(1, len(kinds) + 1)
    ranks = np.array([rank(kind) for kind in kinds], np.uint8)
    sure = [why == "confirmed" for why in links.values()]
    return person_of(subjects, ranks, Links.of(list(links), sure)).tolist()


def told(*pairs: tuple[int, int]) -> dict[tuple[int, int], str]:
    return dict.fromkeys(pairs, "identify")


@st.composite
def circles(draw: st.DrawFn) -> tuple[list[str], dict[tuple[int, int], str]]:
    """Up to nine identifiers, linked at random."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=9))
    ends = st.integers(1, len(kinds))
    pairs = draw(st.lists(st.tuples(ends, ends).filter(lambda p: p[0] < p[1]), max_size=12))
    why = st.sampled_from(["identify", "identify", "identify", "confirmed"])
    return kinds, {pair: draw(why) for pair in pairs}


class TestJoin:
    def test_the_account_names_the_person(self) -> None:
        kinds = ["anonymous_id", "email", "user_id", "email"]
        assert persons(kinds, told((1, 3), (2, 3))) == [3, 3, 3, 4]

    def test_the_known_person_survives_an_older_device(self) -> None:
        assert persons(["anonymous_id", "email", "phone"], told((1, 3), (2, 3))) == [2, 2, 2]
        assert persons(["anonymous_id", "anonymous_id"], told((1, 2))) == [1, 1]

    def test_of_two_accounts_the_first_survives(self) -> None:
        kinds = ["email", "user_id", "user_id"]
        assert persons(kinds, {(2, 3): "confirmed", (1, 3): "identify"}) == [2, 2, 2]

    def test_identifiers_without_an_account_are_one_person(self) -> None:
        assert persons(["email", "anonymous_id", "email"], told((1, 2), (2, 3))) == [1, 1, 1]

    def test_a_chain_of_weak_identifiers_reaches_the_account(self) -> None:
        kinds = ["anonymous_id"] * 4 + ["user_id"]
        assert persons(kinds, told((1, 2), (2, 3), (3, 4), (4, 5))) == [5] * 5


class TestGuard:
    def test_two_accounts_stay_two(self) -> None:
        assert persons(["user_id", "user_id"], told((1, 2))) == [1, 2]

    def test_a_human_may_join_them(self) -> None:
        assert persons(["user_id", "user_id", "email"], {(1, 2): "confirmed", (2, 3): "x"}) == [
            1,
            1,
            1,
        ]

    def test_a_shared_device_belongs_to_neither(self) -> None:
        assert persons(["anonymous_id", "user_id", "user_id"], told((1, 2), (1, 3))) == [1, 2, 3]

    def test_it_takes_nobody_s_mail_address(self) -> None:
        kinds = ["user_id", "email", "anonymous_id", "user_id"]
        assert persons(kinds, told((1, 2), (2, 3), (3, 4))) == [1, 1, 3, 4]

    def test_it_does_not_lend_itself_to_what_hangs_on_it(self) -> None:
        kinds = ["user_id", "user_id", "anonymous_id", "email"]
        assert persons(kinds, told((1, 3), (2, 3), (3, 4))) == [1, 2, 3, 4]

    def test_a_link_between_two_devices_moves_neither(self) -> None:
        kinds = ["user_id", "anonymous_id", "anonymous_id", "user_id"]
        assert persons(kinds, told((1, 2), (2, 3), (3, 4))) == [1, 1, 4, 4]

    def test_an_address_of_a_role_joins_nobody(self) -> None:
        kinds = ["anonymous_id", "role", "anonymous_id", "user_id"]
        assert persons(kinds, told((1, 2), (2, 3), (2, 4))) == [1, 2, 3, 4]
        assert persons(kinds, {(2, 4): "confirmed", (1, 2): "track"}) == [4, 4, 3, 4]

    def test_two_verified_addresses_stay_two(self) -> None:
        kinds = ["verified email", "anonymous_id", "verified email"]
        assert persons(kinds, told((1, 2), (2, 3))) == [1, 2, 3]
        assert persons(["email", "anonymous_id", "verified email"], told((1, 2), (2, 3))) == [1] * 3
        assert persons(kinds, {(1, 2): "track", (2, 3): "track", (1, 3): "confirmed"}) == [1] * 3

    def test_an_account_may_have_many_verified_addresses(self) -> None:
        kinds = ["verified email", "user_id", "verified email", "verified phone"]
        assert persons(kinds, told((1, 2), (2, 3), (2, 4))) == [2] * 4

    def test_a_verified_address_has_its_verified_phone(self) -> None:
        assert persons(["verified email", "verified phone"], told((1, 2))) == [1, 1]

    def test_what_is_confirmed_is_no_longer_shared(self) -> None:
        links = told((1, 3)) | {(2, 3): "confirmed"}
        assert persons(["user_id", "user_id", "anonymous_id"], links) == [1, 2, 2]

    def test_refused_links_are_named(self) -> None:
        links = Links.of([(1, 2), (1, 3), (2, 3)])
        subjects, ranks = np.arange(1, 4), np.array([0, 0, 4], np.uint8)
        found = person_of(subjects, ranks, links)
        assert refused(subjects, found, links).tolist() == [True, True, True]


class TestLaws:
    @given(circles())
    def test_agrees_with_the_slow_one(
        self, circle: tuple[list[str], dict[tuple[int, int], str]]
    ) -> None:
        kinds, links = circle
        assert persons(kinds, links) == list(slow_persons(kinds, links).values())

    @given(circles(), st.randoms())
    def test_order_of_links_does_not_matter(
        self, circle: tuple[list[str], dict[tuple[int, int], str]], random: st.DataObject
    ) -> None:
        kinds, links = circle
        shuffled = list(links.items())
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert persons(kinds, dict(shuffled)) == persons(kinds, links)

    @given(circles())
    def test_no_person_has_two_accounts_unless_confirmed(
        self, circle: tuple[list[str], dict[tuple[int, int], str]]
    ) -> None:
        kinds, links = circle
        unconfirmed = {pair: why for pair, why in links.items() if why != "confirmed"}
        found = persons(kinds, unconfirmed)
        accounts = [p for p, kind in zip(found, kinds, strict=True) if kind == "user_id"]
        assert len(accounts) == len(set(accounts))

    @given(circles(), st.permutations(range(9)))
    def test_numbers_of_subjects_do_not_matter(
        self, circle: tuple[list[str], dict[tuple[int, int], str]], order: list[int]
    ) -> None:
        """Numbers follow from the order of arrival; who is together must not."""
        kinds, links = circle
        new = {old + 1: place + 1 for place, old in enumerate(o for o in order if o < len(kinds))}
        moved = [kinds[old - 1] for old in sorted(new, key=new.__getitem__)]
        relinked = {(min(new[a], new[b]), max(new[a], new[b])): w for (a, b), w in links.items()}
        assert _together(persons(moved, relinked), {n: o for o, n in new.items()}) == _together(
            persons(kinds, links), {n: n for n in new}
        )

    @pytest.mark.parametrize(
        "links",
        [
            [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)],
            [(1, 5), (2, 5), (2, 6), (3, 6), (3, 7), (4, 7), (1, 4)],
            [(1, 2), (1, 5), (2, 5), (3, 5), (3, 6), (4, 6), (6, 7)],
        ],
    )
    def test_all_orders_of_seven_links(self, links: list[tuple[int, int]]) -> None:
        kinds = ["user_id", "user_id", "email", "email", "anonymous_id", "anonymous_id", "phone"]
        every = {tuple(persons(kinds, told(*order))) for order in permutations(links)}
        assert len(every) == 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_components_are_those_of_a_slow_search(edges: list[tuple[int, int]]) -> None:
    ends = np.array(edges, np.int64).reshape(-1, 2)
    found = components(31, ends[:, 0], ends[:, 1])
    assert found.tolist() == list(connected(range(31), edges).values())


@given(st.lists(st.integers(0, 300)), st.lists(st.integers(0, 10**12)))
def test_numbers_close_or_far_are_found_alike(close: list[int], far: list[int]) -> None:
    for numbers in (close, far, close + far):
        array = np.array(numbers, np.int64)
        known = distinct(array)
        assert known.tolist() == sorted(set(numbers))
        assert known[places(known, array)].tolist() == numbers


def test_a_long_chain_is_one_component() -> None:
    chain = np.arange(99_999)
    order = np.random.default_rng(1).permutation(100_000)
    assert set(components(100_000, order[chain], order[chain + 1]).tolist()) == {0}


def _together(found: list[int], name: dict[int, int]) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for number, person in enumerate(found, start=1):
        groups.setdefault(person, set()).add(name[number])
    return {frozenset(group) for group in groups.values()}
