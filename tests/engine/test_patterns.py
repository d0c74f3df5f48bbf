"""Path patterns: the language, its errors, and where walks end against a naive matcher."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, kept_events, shards_at, some_journeys

from desireline.engine.rules import (
    Pattern,
    PatternTooLarge,
    PatternUnreadable,
    automaton,
    from_dict,
    lexing,
    matches,
    parse,
    to_dict,
    to_text,
    walking,
)
from desireline.engine.rules.tree import ANYTHING, Either, One, PatternTree, Repeat, Then

NAMES = st.text(min_size=0, max_size=8) | st.sampled_from(
    ["cart", "within", "add to cart", 'say "no"', "a.b", "a-b", "3d", "\\", "ż", "page/home"]
)


def trees(names: st.SearchStrategy[str]) -> st.SearchStrategy[PatternTree]:
    one = st.builds(
        One, st.lists(names, min_size=1, max_size=3).map(tuple), st.booleans()
    ) | st.just(One(negated=True))

    def larger(part: st.SearchStrategy[PatternTree]) -> st.SearchStrategy[PatternTree]:
        parts = st.lists(part | st.just(ANYTHING), min_size=2, max_size=3).map(tuple)
        times = st.tuples(st.integers(0, 2), st.none() | st.integers(0, 2))
        return (
            st.builds(Then, parts)
            | st.builds(Either, parts)
            | st.builds(
                lambda part, t: Repeat(part, t[0], None if t[1] is None else max(t[0] + t[1], 1)),
                part,
                times,
            )
        )

    return st.recursive(one, larger, max_leaves=6)


def patterns(names: st.SearchStrategy[str]) -> st.SearchStrategy[Pattern]:
    within = st.none() | st.integers(0, 10**13).map(lambda n: n / 10**6)
    return st.builds(Pattern, trees(names), within, st.booleans(), st.booleans())


def ends_of(tree: PatternTree, names: tuple[str, ...], start: int) -> frozenset[int]:
    """Where a walk of `tree` that begins at `start` can end, by trying: the definition itself."""

    @cache
    def ends(tree: PatternTree, at: int) -> frozenset[int]:
        match tree:
            case One(wanted, negated):
                fits = at < len(names) and (names[at] in wanted) != negated
                return frozenset({at + 1}) if fits else frozenset()
            case Then(parts):
                here = frozenset({at})
                for part in parts:
                    here = frozenset(e for h in here for e in ends(part, h))
                return here
            case Either(parts):
                return frozenset(e for part in parts for e in ends(part, at))
            case Repeat(part, low, high):
                most = low + len(names) + 1 if high is None else high
                found = frozenset({at}) if low == 0 else frozenset()
                here = frozenset({at})
                for n in range(1, most + 1):
                    here = frozenset(e for h in here for e in ends(part, h))
                    found |= here if n >= low else frozenset()
                return found

    return ends(tree, start)


def naive_matches(journeys, pattern):
    """`matches` for a pattern by trying every start at every event."""
    out = np.zeros(len(journeys.code), np.bool_)
    for kept in kept_events(journeys):
        names = tuple(journeys.events[int(journeys.code[i])] for i in kept)
        for start in range(1 if pattern.from_start else len(kept)):
            for end in ends_of(pattern.tree, names, start):
                if end == start:
                    continue
                took = journeys.time[kept[end - 1]] - journeys.time[kept[start]]
                within = pattern.within_seconds
                in_time = within is None or took <= round(within * 1e6)
                if in_time and (not pattern.to_end or end == len(kept)):
                    out[kept[end - 1]] = True
    return out


class TestParse:
    @pytest.mark.parametrize(
        ("text", "tree"),
        [
            ("cart", One(("cart",))),
            ("[a b]", One(("a", "b"))),
            ("[^a, b]", One(("a", "b"), negated=True)),
            (".", One(negated=True)),
            ("a -> b", Then((One(("a",)), One(("b",))))),
            ("a ~> b", Then((One(("a",)), ANYTHING, One(("b",))))),
            ("a...b", Then((One(("a",)), ANYTHING, One(("b",))))),
            ("a.b", One(("a.b",))),
            ("a->b", Then((One(("a",)), One(("b",))))),
            ("a-b", One(("a-b",))),
            ("a* | b{2,}", Either((Repeat(One(("a",))), Repeat(One(("b",)), 2)))),
            ("a{3}?", Repeat(Repeat(One(("a",)), 3, 3), 0, 1)),
            ('"add to cart"+', Repeat(One(("add to cart",)), 1)),
        ],
    )
    def test_reads_each_form(self, text, tree):
        assert parse(text).tree == tree

    def test_reads_anchors_and_window(self):
        assert parse("^ a -> b $ within 1.5 h") == Pattern(
            Then((One(("a",)), One(("b",)))), 5400.0, from_start=True, to_end=True
        )

    @given(patterns(NAMES))
    def test_reads_back_what_is_printed(self, pattern):
        assert parse(to_text(pattern)) == pattern

    @given(patterns(NAMES))
    def test_reads_back_its_json(self, pattern):
        assert from_dict(to_dict(pattern)) == pattern

    @given(st.text(max_size=12) | st.text('ab[]()^$|*+?{},->~ ."3dwithin', max_size=20))
    def test_any_text_is_a_pattern_or_refused_at_a_character(self, text):
        pattern = refused = None
        try:
            pattern = parse(text)
        except PatternUnreadable as error:
            refused = error
        if pattern is not None:
            assert parse(to_text(pattern)) == pattern
        else:
            assert 0 <= refused.at <= len(text)

    @pytest.mark.parametrize(
        ("text", "at", "message", "hint"),
        [
            ("cart - order", 5, "'-' means nothing", "Did you mean '->'?"),
            ("cart order", 5, "Found 'order'", "Put -> between"),
            ("a -> (b", 7, "ends too early", ""),
            ("a -> ", 5, "ends too early", ""),
            ("a within 3", 9, "expected a duration such as", ""),
            ("a within 3 parsecs", 9, "expected a duration such as", ""),
            ("a{2,1}", 2, "a larger number", ""),
            ("a{1001}", 2, "a number up to 1000", ""),
            ("[]", 1, "a name inside", ""),
            ("a | ^b", 4, "Found '^'", "very beginning"),
            ('a -> "x', 5, "never closes", ""),
            ("a -> within", 5, "Found 'within'", 'quotes: "within"'),
            ("cart → order", 5, "means nothing", "Did you mean '->'?"),
            ("", 0, "ends too early", ""),
            ("(" * 101 + "a" + ")" * 101, 101, "at most 100 brackets", ""),
        ],
    )
    def test_points_at_the_character(self, text, at, message, hint):
        with pytest.raises(PatternUnreadable) as caught:
            parse(text)
        sentence, shown, caret = str(caught.value).split("\n")
        assert caught.value.at == at
        assert message in sentence
        assert f"at character {at + 1} " in sentence
        assert shown == f"  {text}"
        assert caret.index("^") == at + 2
        assert hint in caught.value.hint

    def test_refuses_an_unknown_event_type_where_the_log_is_known(self):
        with pytest.raises(PatternUnreadable, match="no event type 'oder'") as caught:
            parse("cart ~> oder", ["cart", "order"])
        assert caught.value.at == 8
        assert caught.value.hint == "Did you mean 'order'?"


class TestMatch:
    @settings(max_examples=200)
    @given(some_journeys(), patterns(st.sampled_from("abcz")))
    def test_equals_the_naive_matcher(self, journeys, pattern):
        np.testing.assert_array_equal(matches(journeys, pattern), naive_matches(journeys, pattern))

    @settings(max_examples=100)
    @given(some_journeys(), trees(st.sampled_from("abcz")), st.integers(0, 5))
    def test_equals_the_naive_matcher_with_a_window_as_long_as_a_wait(self, journeys, tree, nth):
        waits = np.unique(np.diff(journeys.time))
        waits = waits[waits >= 0]
        within = float(waits[nth % len(waits)]) / 1e6 if len(waits) else 1.0
        pattern = Pattern(tree, within)
        np.testing.assert_array_equal(matches(journeys, pattern), naive_matches(journeys, pattern))

    @given(some_journeys(), trees(st.sampled_from("abcz")), st.booleans())
    def test_following_places_equals_the_table(self, journeys, tree, from_start):
        longest = Pattern(tree, 1e11, from_start=from_start)
        table = Pattern(tree, None, from_start=from_start)
        np.testing.assert_array_equal(matches(journeys, longest), matches(journeys, table))

    @given(some_journeys(), trees(st.sampled_from("abc")), st.integers(0, 7))
    def test_shards_together_are_the_whole(self, journeys, tree, cut):
        pattern = Pattern(tree, 500.0)
        parts = [matches(shard, pattern) for shard in shards_at(journeys, [cut])]
        np.testing.assert_array_equal(np.any(parts, axis=0), matches(journeys, pattern))

    def test_holds_at_the_event_that_completes_it(self):
        journeys = journeys_of([[("cart", 0), ("view", 1), ("order", 2), ("order", 3)]])
        held = matches(journeys, parse("cart -> [^order]* -> order"))
        assert held.tolist() == [False, False, True, False]

    def test_a_pattern_with_too_many_states_for_a_table_is_followed_by_places(self):
        pattern = parse("a -> .{14}")
        made = automaton.places(pattern.tree)
        assert automaton.table(made, from_start=False) is None
        journeys = journeys_of([[("ab"[i % 3 > 0], i) for i in range(40)]])
        np.testing.assert_array_equal(matches(journeys, pattern), naive_matches(journeys, pattern))

    @pytest.mark.parametrize("text", ["((a{1000}){1000})", "(a? -> (b | c)?){900}"])
    def test_refuses_what_spells_out_too_much(self, text):
        with pytest.raises(PatternTooLarge, match="spells out more than") as caught:
            matches(journeys_of([[("a", 0)]]), parse(text))
        assert "smaller numbers" in caught.value.hint

    def test_compiles_a_pattern_once(self):
        journeys = journeys_of([[("a", 0)]])
        pattern = parse("a -> a -> a -> b")
        matches(journeys, pattern)
        before = walking._compiled.cache_info().misses
        matches(journeys, pattern)
        assert walking._compiled.cache_info().misses == before


class TestGuide:
    """docs/patterns.md: what it shows is what happens."""

    TEXT = (Path(__file__).parents[2] / "docs" / "patterns.md").read_text(encoding="utf-8")
    ROWS = re.findall(r"^\| `([^`]+)` \| ([a-z ]+) \| ([0-9 ]*)\|$", TEXT, re.MULTILINE)
    ERRORS = re.findall(r"^>>> parse\((.+)\)\n((?:.+\n)+?)```", TEXT, re.MULTILINE)

    def test_has_examples(self):
        assert len(self.ROWS) == 15
        assert len(self.ERRORS) == 2

    @pytest.mark.parametrize(("text", "journey", "places"), ROWS)
    def test_its_examples_hold_where_it_says(self, text, journey, places):
        walk = [(name, 3600 * i) for i, name in enumerate(journey.split())]
        held = matches(journeys_of([walk]), parse(text.replace("\\|", "|")))
        assert [str(i + 1) for i in np.flatnonzero(held)] == places.split()

    def test_its_patterns_can_be_read(self):
        shown = re.findall(r"```pattern\n(.+)\n```", self.TEXT)
        assert shown
        assert [to_text(parse(text)) for text in shown] == shown

    @pytest.mark.parametrize(("call", "message"), ERRORS)
    def test_its_errors_are_as_shown(self, call, message):
        arguments = ast.literal_eval(f"({call.replace('events=', '')},)")
        with pytest.raises(PatternUnreadable) as caught:
            parse(*arguments)
        assert f"{caught.value}\n{caught.value.hint}" == message.rstrip("\n")

    def test_every_unit_and_limit_is_told(self):
        assert all(f"`{unit}`" in self.TEXT for unit in lexing.UNITS)
        assert f"{automaton.MOST_STATES:,} states" in self.TEXT
        assert f"more than {automaton.MOST_PLACES:,}\nevents" in self.TEXT
