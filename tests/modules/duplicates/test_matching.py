"""Matching against planted truth: worlds of customers, and public files where they are there."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.modules.duplicates.public import fake_1000, febrl
from tests.modules.duplicates.worlds import Kind, World, slipped, world

from desireline.modules.duplicates.matching.blocking import candidates_of
from desireline.modules.duplicates.matching.cleaning import cleaned
from desireline.modules.duplicates.matching.comparing import Level
from desireline.modules.duplicates.matching.explaining import explained
from desireline.modules.duplicates.matching.fields import fields_of
from desireline.modules.duplicates.matching.finding import THRESHOLD, Found, find
from desireline.modules.duplicates.matching.patterns import compared
from desireline.modules.duplicates.matching.records import ColumnsUneven, FieldUnknown, Records
from desireline.modules.duplicates.matching.scoring import Scores, scored

VALUES = st.sampled_from(["ana", "anna", "jan", "", None])
NAMES = ("given_name", "family_name")


def scores_of(found: Found, truth: Sequence[object]) -> Scores:
    suggested = int((found.probability >= THRESHOLD).sum())
    return scored([str(t) for t in truth], found.a, found.b, suggested)


def level(field: str, one: str, other: str) -> Level:
    records = Records.of({field: [one, other]})
    return Level(compared(records, np.array([0]), np.array([1])).levels[0, 0])


class TestWorlds:
    """The truth is planted; nothing of it is told to the matcher."""

    def judged(self, kind: Kind) -> tuple[Scores, World, Found]:
        made = world(kind)
        found = find(Records.of(made.columns), 0.0)
        return scores_of(found, made.truth), made, found

    @pytest.mark.parametrize("seed", [1, 2])
    def test_households_are_no_duplicates(self, seed: int) -> None:
        """Four in ten live with another of their name, half of those share the telephone."""
        scores, _, _ = self.judged(Kind(seed=seed))
        assert scores.precision >= 0.99
        assert scores.recall >= 0.95

    def test_many_slips(self) -> None:
        scores, _, _ = self.judged(Kind(slip=0.4, hole=0.15))
        assert scores.precision >= 0.98
        assert scores.recall >= 0.85

    def test_many_copies(self) -> None:
        scores, _, _ = self.judged(Kind(persons=600, copied=0.8, most_copies=6))
        assert scores.precision >= 0.99
        assert scores.recall >= 0.9

    def test_a_file_without_duplicates_gives_next_to_none(self) -> None:
        for family in (0.0, 0.5):
            _, _, found = self.judged(Kind(copied=0.0, family=family))
            assert (found.probability >= THRESHOLD).sum() <= 0.003 * 2_000

    def test_a_small_file(self) -> None:
        scores, _, _ = self.judged(Kind(persons=60))
        assert scores.precision >= 0.95
        assert scores.recall >= 0.9

    def test_the_share_of_matches_is_learned(self) -> None:
        _, made, found = self.judged(Kind(seed=4))
        pairs = made.n * (made.n - 1) / 2
        true_pairs = scored(made.truth, found.a, found.b, 0).true_pairs
        assert found.model.share * pairs == pytest.approx(true_pairs, rel=0.15)

    def test_blocks_keep_the_pairs_and_drop_most_others(self) -> None:
        made = world(Kind(persons=4_000, slip=0.25))
        candidates = candidates_of(Records.of(made.columns))
        true = scored(made.truth, candidates.a, candidates.b, len(candidates.a))
        assert true.recall >= 0.97
        assert len(candidates.a) < 0.02 * made.n * made.n / 2
        assert (candidates.a < candidates.b).all()
        assert len(set(zip(candidates.a.tolist(), candidates.b.tolist(), strict=True))) == len(
            candidates.a
        )

    def test_the_order_of_records_changes_little(self) -> None:
        made = world(Kind(persons=500))
        turned = {name: texts[::-1] for name, texts in made.columns.items()}
        one = scores_of(find(Records.of(made.columns), 0.0), made.truth)
        other = scores_of(find(Records.of(turned), 0.0), made.truth[::-1])
        assert one.recall == pytest.approx(other.recall, abs=0.02)
        assert one.precision == pytest.approx(other.precision, abs=0.02)


class TestFebrl:
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    @pytest.mark.parametrize("without", [(), ("identifier",)])
    def test_precision_where_nine_in_ten_are_found(
        self, number: int, without: tuple[str, ...]
    ) -> None:
        records, truth = febrl(number, without)
        scores = scores_of(find(records, 0.0), truth)
        assert scores.precision_at_recall is not None
        assert scores.precision_at_recall >= 0.98
        assert scores.precision >= 0.98
        assert scores.recall >= 0.9

    def test_slips_and_holes_beside_those_of_the_file(self) -> None:
        """So that it does not rest on this one file's way of mistyping."""
        records, truth = febrl(4, ("identifier",), spoil=spoiled)
        scores = scores_of(find(records, 0.0), truth)
        assert scores.precision_at_recall is not None
        assert scores.precision_at_recall >= 0.98


class TestFake1000:
    def test_no_worse_than_the_reference(self) -> None:
        records, truth, reference = fake_1000()
        scores = scores_of(find(records, 0.0), truth)
        assert scores.precision >= reference["precision"]
        assert scores.recall >= reference["recall"]
        assert scores.f1 >= reference["f1"]


def spoiled(texts: list[str | None]) -> list[str | None]:
    rng = np.random.default_rng(5)
    found = []
    for text in texts:
        kind = rng.random()
        value = text if kind >= 0.1 else None
        found.append(slipped(rng, value) if value and kind > 0.9 else value)
    return found


class TestLevels:
    @pytest.mark.parametrize(
        ("field", "one", "other", "expected"),
        [
            ("family_name", "Nowak", "nowak ", Level.SAME),
            ("family_name", "Łukasiewicz", "Lukasiewicz", Level.SAME),
            ("family_name", "Иванов", "Ivanov", Level.SAME),
            ("family_name", "Nowak", "Nowka", Level.CLOSE),
            ("given_name", "Robert", "Rob", Level.SIMILAR),
            ("given_name", "Anna Maria", "Maria", Level.SIMILAR),
            ("given_name", "Anna", "Piotr", Level.DIFFERENT),
            ("email", "Anna.Nowak+shop@gmail.com", "annanowak@googlemail.com", Level.SAME),
            ("email", "anna@one.example", "anna@two.example", Level.SIMILAR),
            ("phone", "+48 601 234 567", "0601-234-567", Level.SAME),
            ("phone", "601234567", "601234576", Level.CLOSE),
            ("birth_date", "1971-06-24", "24.06.1971", Level.SAME),
            ("birth_date", "1971-06-04", "1971-04-06", Level.CLOSE),
            ("birth_date", "1971-06-24", "1981-06-24", Level.CLOSE),
            ("birth_date", "1971-06-24", "1985-11-03", Level.DIFFERENT),
            ("company", "Kot Sp. z o.o.", "KOT", Level.SAME),
            ("postcode", "31-002", "31020", Level.CLOSE),
        ],
    )
    def test_of_two_values(self, field: str, one: str, other: str, expected: Level) -> None:
        assert level(field, one, other) == expected
        assert level(field, other, one) == expected

    def test_nothing_said_is_no_level(self) -> None:
        records = Records.of({"family_name": ["Nowak", None, "n/a"], "city": ["a", "b", "c"]})
        levels = compared(records, np.array([0, 1, 0]), np.array([1, 2, 2])).levels
        assert levels[:, 0].tolist() == [Level.UNSAID] * 3

    @given(
        st.lists(st.tuples(*[st.sampled_from(["ana", "anna", "jan", "", None])] * 2), min_size=2)
    )
    @settings(max_examples=50, deadline=None)
    def test_are_the_same_both_ways(self, rows: list[tuple[str | None, str | None]]) -> None:
        records = Records.of({"given_name": [r[0] for r in rows], "city": [r[1] for r in rows]})
        a, b = np.triu_indices(len(rows), 1)
        there, back = compared(records, a, b), compared(records, b, a)
        assert (there.levels == back.levels).all()

    @given(st.text(max_size=30), st.sampled_from(["name", "place", "line", "firm", "code"]))
    def test_cleaning_twice_is_cleaning_once(self, text: str, sort: str) -> None:
        once = cleaned(sort, text)  # type: ignore[arg-type]
        assert once is None or cleaned(sort, once) == once  # type: ignore[arg-type]


class TestFields:
    def test_are_found_by_the_names_of_columns(self) -> None:
        columns = ["First Name", "surname", "DOB", "soc_sec_id", "address_1", "Kod pocztowy", "x"]
        assert fields_of(columns) == {
            "given_name": "First Name",
            "family_name": "surname",
            "birth_date": "DOB",
            "identifier": "soc_sec_id",
            "street": "address_1",
            "postcode": "Kod pocztowy",
        }

    def test_a_full_name_is_taken_apart(self) -> None:
        records = Records.of({"name": ["Anna Maria Nowak", "Nowak Anna", None]})
        assert set(records.columns) == set(NAMES)
        levels = compared(records, np.array([0]), np.array([1]))
        assert levels.exchanged["given_name"].tolist() == [True]
        assert levels.levels[0].tolist() == [Level.SIMILAR, Level.SAME]

    def test_what_is_unknown_or_uneven_is_refused(self) -> None:
        with pytest.raises(FieldUnknown):
            Records.of({"shoe_size": ["42"]})
        with pytest.raises(ColumnsUneven):
            Records.of({"city": ["a"], "postcode": []})

    def test_nobody_and_one_are_no_trouble(self) -> None:
        for rows in ([], ["Nowak"]):
            assert len(find(Records.of({"family_name": rows})).a) == 0


class TestExplanation:
    def test_is_a_sentence(self) -> None:
        made = world(Kind(persons=300))
        rows: list[dict[str, str]] = [
            {
                "given_name": "Zofia",
                "family_name": family,
                "phone": "601234567",
                "birth_date": birth,
                "street": street,
            }
            for family, birth, street in (
                ("Brzozowska", "1980-03-02", "Prosta"),
                ("Brzozovska", "1980-02-03", "Krzywa"),
            )
        ]
        columns = {
            name: [*texts, *(row.get(name) for row in rows)] for name, texts in made.columns.items()
        }
        records = Records.of(columns)
        found = find(records)
        place = int(np.flatnonzero((found.a == made.n) & (found.b == made.n + 1))[0])
        why = explained(records, found, place)
        assert why.sentence == (
            "Same given name and phone number; family name differs by one letter;"
            " day and month of birth exchanged; other street."
        )
        bits = {one.field: one.bits for one in why.fields}
        assert bits["phone"] > bits["birth_date"] > 0 > bits["street"]
        text = json.dumps([one.words for one in why.fields]) + why.sentence
        assert "rzozo" not in text
        assert "601" not in text

    def test_rare_names_prove_more(self) -> None:
        made = world(Kind(persons=500))
        records = Records.of(made.columns)
        found = find(records)
        column = list(found.compared.fields).index("family_name")
        same = np.flatnonzero(found.compared.levels[:, column] == Level.SAME)
        family = records.columns["family_name"]
        codes = family.codes[found.a[same]]
        straight = codes == family.codes[found.b[same]]
        often = family.frequencies[codes[straight]]
        bits = found.weights[same[straight], column]
        assert bits[often <= 3].min() > bits[often >= 10].max()


def test_splink_behind_the_same_door() -> None:
    pytest.importorskip("splink", reason="the extra [dedupe] is not installed")
    from desireline.modules.duplicates.matching.by_splink import find_by_splink  # noqa: PLC0415

    made = world(Kind(persons=800, family=0.0))
    records = Records.of(made.columns)
    found = find_by_splink(records, 0.5)
    scores = scores_of(found, made.truth)
    assert scores.precision >= 0.9
    assert scores.recall >= 0.6
    assert explained(records, found, 0).sentence.startswith("Same ")
    assert (np.diff(found.bits) <= 0).all()
