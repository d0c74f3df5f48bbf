"""Traits: nothing is overwritten, and what counts does not depend on who came first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert
from tests.databases import ready
from tests.log.factories import NOW

from desireline.kit.database import Database
from desireline.log.tables import subject
from desireline.modules.people.errors import PersonUnknown, PersonUnnamed
from desireline.modules.people.facade import (
    Said,
    find_person,
    history_of,
    record_traits,
    traits_of,
)
from desireline.modules.people.traits import Kept, Trait, counting, taken_in

HOUR = 3_600_000_000


@pytest.fixture
def tx(database_url: str) -> Iterator[Connection]:
    db = Database(database_url)
    ready(database_url).close()
    with db.transaction() as connection:
        named = [("user_id", "ann"), ("email", "ann@example.com"), ("anonymous_id", "a-1")]
        rows = [{"id": i, "kind": k, "value": v} for i, (k, v) in enumerate(named, 1)]
        connection.execute(insert(subject), rows)
        yield connection
    db.close()


def said(name: str, value: object, hour: int = 0, **more: object) -> Said:
    told = {"subject": 1, "at": NOW + hour * HOUR, "source": "api", **more}
    return Said(name=name, value=value, **told)  # type: ignore[arg-type]


class TestFindPerson:
    def test_by_number_and_by_identifier(self, tx: Connection) -> None:
        assert find_person(tx, "2") == 2
        assert find_person(tx, "user_id:ann") == 1
        assert find_person(tx, "email: Ann@Example.com ") == 2

    @pytest.mark.parametrize("text", ["4", "99999999999999999999", "email:bob@example.com"])
    def test_nobody_is_told_with_the_value(self, tx: Connection, text: str) -> None:
        with pytest.raises(PersonUnknown, match=text.partition(":")[2] or text) as problem:
            find_person(tx, text)
        assert problem.value.status == 404
        assert problem.value.hint

    @pytest.mark.parametrize("text", ["", "ann", ":ann", "email:", "-1", "٣"])
    def test_what_names_nobody_is_refused(self, tx: Connection, text: str) -> None:
        with pytest.raises(PersonUnnamed, match="names no person"):
            find_person(tx, text)


class TestRecordTraits:
    def test_a_new_value_leaves_the_old_one(self, tx: Connection) -> None:
        record_traits(tx, [said("plan", "free"), said("city", "Bonn")])
        record_traits(tx, [said("plan", "pro", 5)])
        assert {k: t.value for k, t in traits_of(tx, [1]).items()} == {
            "city": "Bonn",
            "plan": "pro",
        }
        plans = [(t.value, t.at) for t in history_of(tx, [1]) if t.name == "plan"]
        assert plans == [("free", NOW), ("pro", NOW + 5 * HOUR)]

    def test_saying_it_again_makes_no_row(self, tx: Connection) -> None:
        record_traits(tx, [said("plan", {"name": "pro", "seats": [1, 2.5]})])
        assert record_traits(tx, [said("plan", {"seats": [1, 2.5], "name": "pro"})]) == 0
        record_traits(tx, [said("plan", {"seats": [1, 2.5], "name": "pro"}, 3)])
        [only] = history_of(tx, [1])
        assert (only.at, only.last_at) == (NOW, NOW + 3 * HOUR)

    def test_what_a_person_said_outlasts_what_was_found_out_later(self, tx: Connection) -> None:
        record_traits(tx, [said("country", "DE")])
        later = [
            said("country", "FR", 9, said_by="enriched", source="phone", confidence=0.9),
            said("country", "AT", 9, said_by="inferred", source="language", confidence=0.5),
            said("country", "CH", 9, said_by="observed", source="address", confidence=0.7),
            said("carrier", "o2", 9, said_by="enriched", source="phone", confidence=0.9),
        ]
        record_traits(tx, later)
        found = traits_of(tx, [1])
        assert found["country"].value == "DE"
        assert (found["carrier"].value, found["carrier"].confidence) == ("o2", 0.9)
        assert len(history_of(tx, [1])) == 5

    def test_what_was_taken_back_is_gone_and_in_the_history(self, tx: Connection) -> None:
        record_traits(tx, [said("plan", "pro"), said("plan", None, 1)])
        assert traits_of(tx, [1]) == {}
        assert [t.value for t in history_of(tx, [1])] == ["pro", None]

    def test_a_person_has_the_traits_of_all_subjects(self, tx: Connection) -> None:
        record_traits(tx, [said("plan", "free", subject=3), said("plan", "pro", 1)])
        assert traits_of(tx, [1, 3])["plan"].value == "pro"
        assert traits_of(tx, [3])["plan"].value == "free"

    def test_once_counts_only_where_nothing_was_said(self, tx: Connection) -> None:
        record_traits(tx, [said("first_page", "/a", once=True)])
        record_traits(tx, [said("first_page", "/b", 1, once=True)])
        assert traits_of(tx, [1])["first_page"].value == "/a"

    def test_who_is_erased_takes_the_traits_along(self, tx: Connection) -> None:
        record_traits(tx, [said("plan", "pro")])
        tx.execute(delete(subject).where(subject.c.id == 1))
        assert history_of(tx, [1]) == []
        assert record_traits(tx, [said("plan", "pro")]) == 0


told = st.builds(
    said,
    name=st.sampled_from(["plan", "city"]),
    value=st.sampled_from(["a", "b", None]),
    hour=st.integers(0, 6),
)


class TestTakenIn:
    @given(st.lists(told, max_size=8), st.randoms(use_true_random=False), st.integers(0, 8))
    def test_what_counts_does_not_depend_on_the_order(
        self, some: list[Said], random: object, cut: int
    ) -> None:
        numbered = [_numbered(one, i) for i, one in enumerate(some, 1)]
        latest = {one.name: one.value for one in sorted(numbered, key=lambda s: (s.at, s.position))}
        shuffled = list(numbered)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        kept = taken_in([], shuffled[:cut])
        kept = taken_in(kept, shuffled[cut:])
        kept = taken_in(kept, numbered)
        found = {name: one.value for name, one in counting(_as_traits(kept)).items()}
        assert found == {name: value for name, value in latest.items() if value is not None}


def _numbered(one: Said, position: int) -> Said:
    """No two at the same time: then the order of positions would decide, which is another test."""
    return said(one.name, one.value, at=one.at + position, position=position)


def _as_traits(kept: list[Kept]) -> list[Trait]:
    import msgspec  # noqa: PLC0415

    return [
        Trait(
            subject=row.subject,
            name=row.name,
            value=msgspec.json.decode(row.value),
            at=row.at,
            last_at=row.last_at,
            source=row.source,
            said_by=row.said_by,
            confidence=row.confidence,
            position=row.position,
        )
        for row in kept
    ]
