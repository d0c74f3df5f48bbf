"""The law of consent, on a real database, against a slow oracle that thinks in stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from tests.databases import ready

from desireline.kit.database import Database
from desireline.log.identity.links import link, withdraw
from desireline.log.identity.people import subjects_of
from desireline.log.identity.persons import CONFIRMED
from desireline.log.naming.subjects import numbers_of
from desireline.log.tables import identity_link
from desireline.modules.consent.ledger import Decision, enter, may
from desireline.modules.consent.rule import Answer, Row, State, answer_of
from desireline.modules.consent.tables import consent

NOON = 1_750_000_000_000_000
IDENTIFIERS = 4
CHANNELS = ("", "email", "sms")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("consent")
    database = ready(f"sqlite:///{folder}/d.db")
    yield database
    database.close()


@dataclass(frozen=True)
class Said:
    """Somebody decides, by one identifier."""

    who: int
    state: State
    channel: str
    at: int


@dataclass(frozen=True)
class Linked:
    """Two identifiers become one person, or no longer are."""

    a: int
    b: int
    together: bool


who = st.integers(0, IDENTIFIERS - 1)
said = st.builds(
    Said,
    who,
    st.sampled_from(["granted", "granted", "denied", "withdrawn", "pending"]),
    st.sampled_from(CHANNELS),
    st.integers(0, 6),
)
linked = st.builds(Linked, who, who, st.booleans()).filter(lambda one: one.a < one.b)
stories = st.lists(said | linked, max_size=12)


class Oracle:
    """Remembers the whole story: who was one with whom when something was said."""

    def __init__(self) -> None:
        self.links: set[tuple[int, int]] = set()
        self.told: list[tuple[Said, frozenset[int]]] = []

    def hears(self, one: Said | Linked) -> None:
        if isinstance(one, Linked):
            (self.links.add if one.together else self.links.discard)((one.a, one.b))
        else:
            self.told.append((one, self.person(one.who)))

    def person(self, who: int) -> frozenset[int]:
        found = {who}
        while more := {x for pair in self.links for x in pair if found & set(pair)} - found:
            found |= more
        return frozenset(found)

    def may(self, who: int, channel: str, at: int) -> bool:
        """Some yes, and no no that stands."""
        person = self.person(who)
        heard = [
            (n, one, then)
            for n, (one, then) in enumerate(self.told)
            if one.at <= at and one.state != "pending" and one.who in person
        ]
        yeses = [h for h in heard if h[1].state == "granted" and h[1].channel in ("", channel)]
        noes = [
            h
            for h in heard
            if h[1].state != "granted" and (channel == "" or h[1].channel in ("", channel))
        ]
        return bool(yeses) and all(any(self._answers(y, n) for y in yeses) for n in noes)

    def _answers(
        self, yes: tuple[int, Said, frozenset[int]], no: tuple[int, Said, frozenset[int]]
    ) -> bool:
        """A later yes: of the same identifier, or one that knew that the other had said no."""
        if yes[1].at <= no[1].at:
            return False
        if yes[1].who == no[1].who:
            return True
        knew = any(
            one.who == no[1].who and one.state in ("denied", "withdrawn")
            for one, _ in self.told[: yes[0]]
        )
        return knew and no[1].who in yes[2]


def told(db: Database, story: list[Said | Linked]) -> tuple[Oracle, list[int]]:
    """The oracle, and the numbers of the identifiers in a database that was told the same."""
    oracle = Oracle()
    with db.transaction() as tx:
        tx.execute(delete(consent))
        tx.execute(delete(identity_link))
        names = [("anonymous_id", f"c{i}") for i in range(IDENTIFIERS)]
        numbers = numbers_of(tx, names)
    ids = [numbers[name] for name in names]
    go_on(db, ids, story)
    for one in story:
        oracle.hears(one)
    return oracle, ids


def go_on(db: Database, ids: list[int], story: list[Said | Linked], about: str = "mailing") -> None:
    """What happens next."""
    with db.transaction() as tx:
        for one in story:
            if isinstance(one, Linked) and one.together:
                link(tx, ids[one.a], ids[one.b], CONFIRMED, NOON)
            elif isinstance(one, Linked):
                withdraw(tx, ids[one.a], ids[one.b], NOON)
            else:
                at, channel = NOON + one.at, one.channel
                decided = Decision(purpose=about, state=one.state, channel=channel, at=at)
                enter(tx, ids[one.who], decided, NOON)


def answer(db: Database, subject: int, channel: str, at: int) -> Answer:
    with db.reading() as look:
        return may(look, subject, "mailing", channel, NOON + at)


class TestLaw:
    @settings(max_examples=250)
    @given(story=stories, person=who, channel=st.sampled_from(CHANNELS), at=st.integers(0, 7))
    def test_is_what_the_oracle_says(
        self, db: Database, story: list[Said | Linked], person: int, channel: str, at: int
    ) -> None:
        oracle, ids = told(db, story)
        with db.reading() as look:
            together = frozenset(subjects_of(look, ids[person]))
        assert together == {ids[one] for one in oracle.person(person)}
        assert answer(db, ids[person], channel, at).allowed == oracle.may(person, channel, at)

    @settings(max_examples=100)
    @given(story=stories, pair=linked, channel=st.sampled_from(CHANNELS))
    def test_a_merge_never_widens(
        self, db: Database, story: list[Said | Linked], pair: Linked, channel: str
    ) -> None:
        """Who is made one by a first link may what each of them could, and no more."""
        decisions: list[Said | Linked] = [one for one in story if isinstance(one, Said)]
        _, ids = told(db, decisions)
        before = [answer(db, ids[one], channel, 9) for one in (pair.a, pair.b)]
        with db.transaction() as tx:
            link(tx, ids[pair.a], ids[pair.b], CONFIRMED, NOON)
        both = answer(db, ids[pair.a], channel, 9)
        assert both.allowed == answer(db, ids[pair.b], channel, 9).allowed
        refused = [one for one in before if one.because in ("denied", "withdrawn")]
        assert not (both.allowed and refused)
        assert both.allowed <= any(one.allowed for one in before)

    @settings(max_examples=60)
    @given(story=stories, pair=linked, channel=st.sampled_from(CHANNELS))
    def test_unmerged_each_has_its_own_again(
        self, db: Database, story: list[Said | Linked], pair: Linked, channel: str
    ) -> None:
        decisions: list[Said | Linked] = [one for one in story if isinstance(one, Said)]
        _, ids = told(db, decisions)
        alone = [answer(db, ids[one], channel, 9) for one in range(IDENTIFIERS)]
        with db.transaction() as tx:
            link(tx, ids[pair.a], ids[pair.b], CONFIRMED, NOON)
            decided = Decision(purpose="mailing", state="granted", channel=channel, at=NOON + 8)
            enter(tx, ids[pair.a], decided, NOON)
        both = answer(db, ids[pair.b], channel, 9)
        assert both.allowed  # a yes that came last, and knew both
        with db.transaction() as tx:
            withdraw(tx, ids[pair.a], ids[pair.b], NOON)
        assert answer(db, ids[pair.b], channel, 9) == alone[pair.b]

    @settings(max_examples=60)
    @given(story=stories, person=who, at=st.integers(0, 7))
    def test_what_comes_later_changes_nothing_before(
        self, db: Database, story: list[Said | Linked], person: int, at: int
    ) -> None:
        decisions = [one for one in story if isinstance(one, Said)]
        _, ids = told(db, [one for one in decisions if one.at <= at])
        then = answer(db, ids[person], "email", at).allowed
        _, ids = told(db, list(decisions))
        assert answer(db, ids[person], "email", at).allowed == then


def row(state: State, at: int, channel: str = "", ident: int = 1) -> Row:
    return Row(id=ident, subject=1, purpose="mailing", channel=channel, state=state, at=at)


class TestCases:
    """With a pencil."""

    @pytest.mark.parametrize(
        ("rows", "asked", "allowed", "because"),
        [
            ([], "email", False, "unknown"),
            ([row("pending", 1)], "email", False, "pending"),
            ([row("granted", 1)], "email", True, "granted"),
            ([row("granted", 6)], "email", False, "unknown"),  # it is five now
            ([row("granted", 1, "sms")], "email", False, "unknown"),
            ([row("granted", 1), row("withdrawn", 2)], "email", False, "withdrawn"),
            ([row("withdrawn", 2), row("granted", 3)], "email", True, "granted"),
            ([row("withdrawn", 3), row("granted", 3, ident=2)], "email", False, "withdrawn"),
            ([row("granted", 1), row("withdrawn", 2, "email")], "email", False, "withdrawn"),
            ([row("granted", 1), row("withdrawn", 2, "email")], "sms", True, "granted"),
            ([row("granted", 1), row("withdrawn", 2, "email")], "", False, "withdrawn"),
            ([row("granted", 1, "email")], "", False, "unknown"),
            ([row("withdrawn", 1, "email"), row("granted", 2)], "email", True, "granted"),
            ([row("withdrawn", 1), row("pending", 2)], "email", False, "withdrawn"),
            ([row("granted", 1), row("pending", 2)], "email", True, "granted"),
        ],
    )
    def test_where_consent_is_needed(
        self, rows: list[Row], asked: str, allowed: bool, because: str
    ) -> None:
        found = answer_of(rows, {1}, asked, 5, needs_consent=True)
        assert (found.allowed, found.because) == (allowed, because)

    def test_where_it_is_not_needed_only_a_no_counts(self) -> None:
        assert answer_of([], {1}, "", 5, needs_consent=False).because == "not_needed"
        assert answer_of([], {1}, "", 5, needs_consent=False).allowed
        assert answer_of([row("pending", 1)], {1}, "", 5, needs_consent=False).allowed
        assert not answer_of([row("withdrawn", 1)], {1}, "", 5, needs_consent=False).allowed
