"""Signed tokens: read back as they were, for what they were made, as long as they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.conftest import NOON

from desireline.kit.database import Database
from desireline.kit.tokens import TokenExpired, TokenUnreadable, opened, secret_of, signed

SECRET = b"s" * 32
NAMES = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=10)
SAYS = st.dictionaries(NAMES, st.integers(-(2**53), 2**53) | st.text(max_size=20), max_size=4)


class TestToken:
    @given(says=SAYS)
    def test_says_what_it_was_made_to_say(self, says: dict[str, str | int]) -> None:
        assert opened(SECRET, "leave", signed(SECRET, "leave", says), NOON) == says

    @given(says=SAYS, at=st.integers(0), to=st.integers(0, 63))
    def test_changed_in_any_place_it_is_refused(
        self, says: dict[str, str | int], at: int, to: int
    ) -> None:
        token = signed(SECRET, "leave", says)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        place = at % (len(token) - 1)  # the last letter has bits that mean nothing
        changed = token[:place] + letters[to] + token[place + 1 :]
        if changed != token:
            with pytest.raises(TokenUnreadable):
                opened(SECRET, "leave", changed, NOON)

    def test_the_last_letter_counts_whole(self) -> None:
        """Two texts of one signature would be two tokens for a list of used ones."""
        token = signed(SECRET, "leave", {"a": 1})
        others = {token[:-1] + c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"} - {token}
        for other in others:
            with pytest.raises(TokenUnreadable):
                opened(SECRET, "leave", other, NOON)

    @pytest.mark.parametrize("token", ["", ".", "a.b", "x" * 5_000, "é.é", "a." + "A" * 43, "\0"])
    def test_rubbish_is_refused(self, token: str) -> None:
        with pytest.raises(TokenUnreadable):
            opened(SECRET, "leave", token, NOON)

    def test_is_for_one_thing(self) -> None:
        with pytest.raises(TokenUnreadable):
            opened(SECRET, "erase", signed(SECRET, "leave", {"a": 1}), NOON)
        with pytest.raises(TokenUnreadable):
            opened(b"t" * 32, "leave", signed(SECRET, "leave", {"a": 1}), NOON)

    def test_ends(self) -> None:
        token = signed(SECRET, "leave", {"a": 1}, until=NOON)
        assert opened(SECRET, "leave", token, NOON) == {"a": 1}
        with pytest.raises(TokenExpired):
            opened(SECRET, "leave", token, NOON + 1)


class TestSecret:
    def test_is_made_once_for_a_workspace(self, db: Database) -> None:
        with db.transaction() as tx:
            first = secret_of(tx)
        with db.transaction() as tx:
            assert secret_of(tx) == first
        assert len(first) == 32
        assert len(set(first)) > 8
